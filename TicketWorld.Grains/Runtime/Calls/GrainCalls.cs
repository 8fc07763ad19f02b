using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace TicketWorld.Grains.Runtime;

/// <summary>
/// Calls from outside a turn: the message is made durable first, then its reply is awaited. A caller that goes away,
/// or whose time is up, does not undo the call.
/// </summary>
internal sealed class GrainCalls(
    IGrainStore store, ReplyWaiters waiters, IMessageIds ids, TimeProvider time, IOptions<GrainOptions> options)
{
    private static readonly MethodInfo TypedCall =
        typeof(GrainCalls).GetMethod(nameof(CallForValueAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private readonly ConcurrentDictionary<Type, MethodInvoker> _typed = new();

    public Task Call(GrainId target, GrainMethod method, object?[] arguments, SendOptions? send)
    {
        if (send?.ReplyTo is not null)
            throw new InvalidOperationException($"SendOptions.ReplyTo is '{send.ReplyTo}', but this call comes from outside a grain. Await the call, or send it from a turn.");
        if (method.ResultType is null)
            return CallAsync(target, method, arguments, send);
        var invoker = _typed.GetOrAdd(method.ResultType, type => MethodInvoker.Create(TypedCall.MakeGenericMethod(type)));
        return (Task)invoker.Invoke(this, target, method, arguments, send)!;
    }

    private async Task<T?> CallForValueAsync<T>(GrainId target, GrainMethod method, object?[] arguments, SendOptions? send)
    {
        var result = await CallAsync(target, method, arguments, send);
        return result is null ? default : JsonSerializer.Deserialize<T>(result, GrainJson.Options);
    }

    private async Task<string?> CallAsync(GrainId target, GrainMethod method, object?[] arguments, SendOptions? send)
    {
        if (send?.MessageId is { Length: 0 or > 200 } id)
            throw new ArgumentException($"A message id has 1 to 200 characters; this one has {id.Length}.", nameof(send));
        var oneWay = send?.OneWay == true;
        using var activity = GrainTelemetry.Source.StartActivity($"call {target.Kind}.{method.Name}", ActivityKind.Producer);
        activity?.SetTag("grain.key", target.ShownKey);
        var cancellation = method.CancellationIn(arguments);
        var now = time.GetUtcNow();
        var message = new NewMessage
        {
            Id = send?.MessageId ?? ids.Next(),
            Target = target,
            Method = method.Name,
            Arguments = method.WriteArguments(arguments),
            Priority = send?.Priority ?? method.Priority ?? (oneWay ? MessagePriority.Normal : MessagePriority.Interactive),
            CreatedAt = now,
            DueAt = now + (send?.Delay ?? TimeSpan.Zero),
            Awaited = !oneWay,
            TraceParent = Activity.Current?.Id,
        };
        if (oneWay)
        {
            Check(await store.EnqueueAsync(message, cancellation), message);
            return null;
        }

        using var waiter = waiters.Join(message.Id);
        var accepted = Check(await store.EnqueueAsync(message, cancellation), message);
        var outcome = await OutcomeAsync(message, waiter.Outcome, accepted, send?.TimeLimit, cancellation);
        return outcome.Failure is null ? outcome.Result : throw GrainCallException.From(outcome.Failure);
    }

    private static bool Check(EnqueueResult result, NewMessage message) => result switch
    {
        EnqueueResult.Accepted => true,
        EnqueueResult.Duplicate => false,
        _ => throw new GrainCallException(
            "message_id_reused",
            $"The message id '{message.Id}' was used before for another call than {message.Target.Kind}.{message.Method} with these arguments. Use a new id for a new call."),
    };

    /// <summary>Hints bring the outcome at once; the store is asked after each poll interval in case one was lost.</summary>
    private async Task<MessageOutcome> OutcomeAsync(
        NewMessage message, Task<MessageOutcome> hinted, bool accepted, TimeSpan? limit, CancellationToken cancellation)
    {
        var poll = options.Value.PollInterval;
        var remaining = limit ?? options.Value.CallTimeLimit;
        var ask = !accepted;
        while (true)
        {
            if (ask && await store.FindOutcomeAsync(message.Id, cancellation) is { } found)
                return found;
            if (remaining <= TimeSpan.Zero)
            {
                throw new GrainCallException(
                    GrainCallException.TimedOut,
                    $"{message.Target} did not answer {message.Method} in time. The call (message {message.Id}) still stands; send it again with the same id to get its reply.");
            }

            var slice = remaining < poll ? remaining : poll;
            try
            {
                return await hinted.WaitAsync(slice, time, cancellation);
            }
            catch (TimeoutException)
            {
                remaining -= slice;
                ask = true;
            }
        }
    }
}
