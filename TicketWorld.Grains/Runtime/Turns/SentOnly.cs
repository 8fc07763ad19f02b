using System.Collections.Concurrent;
using System.Reflection;

namespace TicketWorld.Grains.Runtime;

/// <summary>The tasks that a call with a value gives inside a turn: the message is sent, and asking for the value is an error.</summary>
internal static class SentOnly
{
    private static readonly MethodInfo Typed = typeof(SentOnly).GetMethod(nameof(Refuse), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly ConcurrentDictionary<Type, MethodInvoker> Invokers = new();

    public static Task For(GrainMethod method, GrainId sender) => (Task)Invokers
        .GetOrAdd(method.ResultType!, type => MethodInvoker.Create(Typed.MakeGenericMethod(type)))
        .Invoke(null, method, sender)!;

    private static Task<T> Refuse<T>(GrainMethod method, GrainId sender)
    {
        var task = Task.FromException<T>(new AwaitInTurnException(
            $"{sender} awaited {method.Info.DeclaringType?.Name}.{method.Name}. Inside a turn a grain only sends; the reply is a new turn: "
            + $"send with SendOptions.ReplyTo naming a method that takes Reply<{typeof(T).Name}>, or read what you need from the read model."));

        // A sender that does not await is right, so the error is marked as seen.
        _ = task.Exception;
        return task;
    }
}

/// <summary>Grain code asked for a result inside a turn: a mistake in the grain, which no retry can mend.</summary>
internal sealed class AwaitInTurnException(string message) : InvalidOperationException(message);
