using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TicketWorld.Grains.Runtime;

/// <summary>Runs a claimed turn to its end: committed, refused, to be tried again, parked, or lost.</summary>
internal sealed class TurnRunner(
    IGrainStore store,
    IServiceProvider services,
    IGrainFactory factory,
    GrainClasses classes,
    Activations activations,
    RunningTurns running,
    IBackOff backOff,
    LiveEvents live,
    TimeProvider time,
    IOptions<GrainOptions> options,
    ILogger<TurnRunner> log)
{
    /// <param name="claimed">The turn; its lease is held.</param>
    /// <param name="invoke">Runs the grain's code where the lane wants it to run.</param>
    /// <param name="stopping">The silo stops without waiting any longer.</param>
    public async Task RunAsync(ClaimedTurn claimed, Func<Func<Task>, Task> invoke, CancellationToken stopping)
    {
        using var activity = StartActivity(claimed);
        var started = time.GetTimestamp();
        var activation = activations.Get(claimed.Lease.Grain);
        await activation.Gate.WaitAsync(CancellationToken.None);
        using var turn = running.Add(claimed, stopping);
        CrashPoints.Pass(CrashPoints.TurnBegun);
        try
        {
            var end = await AttemptAsync(claimed, activation, invoke, turn.Cancellation);
            GrainTelemetry.Turns.Add(1, new("kind", claimed.Lease.Grain.Kind), new("outcome", end));
            GrainTelemetry.TurnDuration.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("kind", claimed.Lease.Grain.Kind));
            activity?.SetTag("grain.outcome", end);
        }
        finally
        {
            activation.LastUsed = time.GetUtcNow();
            activation.Gate.Release();
        }
    }

    private static Activity? StartActivity(ClaimedTurn claimed)
    {
        var activity = GrainTelemetry.Source.StartActivity($"turn {claimed.Lease.Grain.Kind}.{claimed.Method}", ActivityKind.Consumer, claimed.TraceParent);
        activity?.SetTag("grain.key", claimed.Lease.Grain.ShownKey);
        activity?.SetTag("grain.message", claimed.MessageId);
        activity?.SetTag("grain.epoch", claimed.Lease.Epoch.Value);
        activity?.SetTag("grain.attempt", claimed.FailedAttempts + 1);
        return activity;
    }

    private async Task<string> AttemptAsync(ClaimedTurn claimed, Activation activation, Func<Func<Task>, Task> invoke, CancellationToken cancellation)
    {
        TurnEffects effects;
        try
        {
            effects = await HandleAsync(claimed, activation, invoke, cancellation);
        }
        catch (GrainCallException refusal) when (refusal.Code != GrainCallException.BadMessage)
        {
            activation.Drop();
            effects = Effects(claimed, new(null, refusal.ToFailure()), [], [], []);
        }
        catch (GrainStoreException away) when (away.IsPassing)
        {
            log.LogWarning("{Grain} could not end {Method} (message {Message}) and begins again: {Reason}", claimed.Lease.Grain, claimed.Method, claimed.MessageId, away.Message);
            activation.Drop();
            return await HandBackAsync(claimed, backOff.After(1));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            activation.Drop();
            return await HandBackAsync(claimed);
        }
        catch (Exception error)
        {
            activation.Drop();
            return await FailAsync(claimed, error);
        }

        return await CommitAsync(claimed, activation, effects);
    }

    /// <summary>Loads the grain and runs its method; nothing is written yet.</summary>
    private async Task<TurnEffects> HandleAsync(ClaimedTurn claimed, Activation activation, Func<Func<Task>, Task> invoke, CancellationToken cancellation)
    {
        if (claimed.Interruptions > options.Value.MaxInterruptions)
            throw new GrainCallException(GrainCallException.BadMessage, $"The process ended {claimed.Interruptions} times while {claimed.Lease.Grain} handled this message. Find what ends it, then replay the message.");
        var grainClass = classes.Of(claimed.Lease.Grain.Kind);
        var method = grainClass.Interface.FindMethod(claimed.Method) ?? throw new GrainCallException(
            GrainCallException.BadMessage, $"{grainClass.Interface.Type.Name} has no method {claimed.Method}. Discard the message, or replay it on a version that has the method.");
        var arguments = method.ReadArguments(claimed.Arguments, cancellation);
        var turn = new TurnContext(claimed, grainClass, time.GetUtcNow(), cancellation);
        string? result = null;
        IReadOnlyList<StateChange> states = [];
        try
        {
            await invoke(async () =>
            {
                turn.Enter();
                var grain = await activation.LoadAsync(claimed.Lease, grainClass, services, factory, store, turn);
                result = await method.InvokeAsync(grain, arguments);
                states = activation.Changes();
            });
        }
        finally
        {
            turn.Close();
            activation.EndTurn();
        }

        CrashPoints.Pass(CrashPoints.TurnRan);
        var (messages, statements, events) = turn.Close();
        return Effects(claimed, new(result, null), states, messages, statements) with { Events = events };
    }

    private TurnEffects Effects(
        ClaimedTurn claimed, MessageOutcome outcome, IReadOnlyList<StateChange> states, IReadOnlyList<NewMessage> messages, IReadOnlyList<StagedStatement> statements)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Lease = claimed.Lease,
            Seq = claimed.Seq,
            MessageId = claimed.MessageId,
            Priority = claimed.Priority,
            Outcome = outcome,
            States = states,
            Messages = Reply(claimed, outcome) is { } reply ? [.. messages, reply] : messages,
            Statements = statements,
            Now = now,
            ExpiresAt = now + options.Value.LeaseDuration,
        };
    }

    private async Task<string> CommitAsync(ClaimedTurn claimed, Activation activation, TurnEffects effects)
    {
        CommitResult result;
        try
        {
            result = await PersistAsync(() => store.CommitAsync(effects));
        }
        catch (Exception error) when (error is StagedStatementException or InvalidOperationException)
        {
            activation.Drop();
            return await FailAsync(claimed, error);
        }

        switch (result)
        {
            case CommitResult.Committed:
                activation.Accept(effects.States);
                foreach (var happened in effects.Events)
                    live.Announce(happened);
                return effects.Outcome.Failure is null ? "committed" : "refused";
            case CommitResult.VersionConflict:
                activation.Drop();
                return await FailAsync(claimed, new InvalidOperationException(
                    $"A state of {claimed.Lease.Grain} was changed by something else than its turns. The turn is run again on the new state."));
            default:
                activation.Drop();
                return Lost(claimed);
        }
    }

    private async Task<string> FailAsync(ClaimedTurn claimed, Exception error)
    {
        var hopeless = error is AwaitInTurnException or GrainCallException;
        var attempt = claimed.FailedAttempts + 1;
        var park = hopeless || attempt >= options.Value.MaxAttempts;
        var failure = new GrainFailure(error.GetType().Name, error.Message, CodeOf(error));
        var now = time.GetUtcNow();
        if (park)
            log.LogError(error, "{Grain} parked {Method} (message {Message}) after {Attempts} attempts", claimed.Lease.Grain, claimed.Method, claimed.MessageId, attempt);
        else
            log.LogWarning(error, "{Grain} failed {Method} (message {Message}), attempt {Attempt}", claimed.Lease.Grain, claimed.Method, claimed.MessageId, attempt);
        var result = await PersistAsync(() => store.FailAsync(new TurnFailure
        {
            Lease = claimed.Lease,
            Seq = claimed.Seq,
            MessageId = claimed.MessageId,
            Error = failure,
            Detail = error.ToString(),
            RetryAt = park ? null : now + backOff.After(attempt),
            Reply = park ? Reply(claimed, new(null, failure)) : null,
            Now = now,
        }));
        if (result == CommitResult.LeaseLost)
            return Lost(claimed);
        (park ? GrainTelemetry.Parked : GrainTelemetry.Retries).Add(1, new KeyValuePair<string, object?>("kind", claimed.Lease.Grain.Kind));
        return park ? "parked" : "retried";
    }

    /// <summary>
    /// The silo stops, the store was away, or the lease is lost: the message goes back as if it had not been handed out. Also for a turn that does
    /// not end when it is called off: whatever it still does, its commit finds the lease gone.
    /// </summary>
    public async Task<string> HandBackAsync(ClaimedTurn claimed, TimeSpan pause = default)
    {
        var now = time.GetUtcNow();
        var result = await PersistAsync(() => store.FailAsync(new TurnFailure
        {
            Lease = claimed.Lease,
            Seq = claimed.Seq,
            MessageId = claimed.MessageId,
            Error = new(nameof(OperationCanceledException), "The turn was called off.", "called_off"),
            Detail = "",
            RetryAt = now + pause,
            CountsAsAttempt = false,
            Now = now,
        }));
        return result == CommitResult.LeaseLost ? Lost(claimed) : "called_off";
    }

    private string Lost(ClaimedTurn claimed)
    {
        log.LogWarning("{Grain} lost its lease ({Epoch}) while it handled {Method} (message {Message}); the turn had no effect", claimed.Lease.Grain, claimed.Lease.Epoch, claimed.Method, claimed.MessageId);
        return "lease_lost";
    }

    /// <summary>
    /// Writes until the store takes it. A store that refuses (a full disk) is not the turn's fault, and the turn's
    /// effects are at hand; if the refused write took effect after all, the next one is told that the lease is gone.
    /// </summary>
    private async Task<CommitResult> PersistAsync(Func<Task<CommitResult>> write)
    {
        while (true)
        {
            try
            {
                return await write();
            }
            catch (GrainStoreException error) when (!running.Stopping.IsCancellationRequested)
            {
                log.LogError(error, "The grain store refused a turn; it is tried again");
                await Task.Delay(options.Value.PollInterval, time, running.Stopping);
            }
        }
    }

    private NewMessage? Reply(ClaimedTurn claimed, MessageOutcome outcome)
    {
        if (claimed.ReplyTo is not { } address)
            return null;
        var now = time.GetUtcNow();
        return new NewMessage
        {
            Id = DerivedMessageId.Of(claimed.MessageId, claimed.Seq, -1),
            Target = address.Grain,
            Method = address.Method,
            Arguments = ReplyArguments(claimed, address, outcome),
            Priority = claimed.Priority is MessagePriority.Bulk or MessagePriority.Outside ? MessagePriority.Normal : claimed.Priority,
            CreatedAt = now,
            DueAt = now,
            TraceParent = Activity.Current?.Id,
        };
    }

    private static string ReplyArguments(ClaimedTurn claimed, ReplyAddress address, MessageOutcome outcome)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WritePropertyName("from");
            JsonSerializer.Serialize(writer, claimed.Lease.Grain, GrainJson.Options);
            writer.WriteString("message_id", claimed.MessageId);
            if (address.Tag is not null)
                writer.WriteString("tag", address.Tag);
            if (outcome.Failure is not null)
            {
                writer.WritePropertyName("failure");
                JsonSerializer.Serialize(writer, outcome.Failure, GrainJson.Options);
            }
            else if (outcome.Result is not null)
            {
                writer.WritePropertyName("value");
                writer.WriteRawValue(outcome.Result, skipInputValidation: true);
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string CodeOf(Exception error) => error switch
    {
        AwaitInTurnException => GrainCallException.AwaitInTurn,
        GrainCallException call => call.Code,
        _ => GrainCallException.Parked,
    };
}
