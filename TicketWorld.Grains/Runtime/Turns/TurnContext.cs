namespace TicketWorld.Grains.Runtime;

/// <summary>
/// A turn while it runs. It is found through the execution context, so a reference made anywhere in the turn knows
/// that it is inside one. It collects what the turn wants; nothing of it leaves before the commit.
/// </summary>
internal sealed class TurnContext(
    ClaimedTurn claimed, GrainClass grainClass, DateTimeOffset now, CancellationToken cancellation) : ITurn
{
    private static readonly AsyncLocal<TurnContext?> Running = new();

    private readonly List<NewMessage> _messages = [];
    private readonly List<StagedStatement> _statements = [];
    private readonly List<LiveEvent> _events = [];
    private readonly Lock _gate = new();
    private bool _over;

    public static TurnContext? Current => Running.Value;

    public string MessageId => claimed.MessageId;

    public int Attempt => claimed.FailedAttempts + 1;

    public LeaseEpoch Epoch => claimed.Lease.Epoch;

    public DateTimeOffset Now => now;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Makes this the current turn of the calling flow and of all that it starts.</summary>
    public void Enter() => Running.Value = this;

    /// <summary>Ends the turn: from now on nothing can be added to it.</summary>
    public (IReadOnlyList<NewMessage> Messages, IReadOnlyList<StagedStatement> Statements, IReadOnlyList<LiveEvent> Events) Close()
    {
        lock (_gate)
        {
            _over = true;
            return (_messages, _statements, _events);
        }
    }

    public void Stage(string statement, object parameters)
    {
        lock (_gate)
        {
            CheckOpen($"stage the statement '{statement}'");
            _statements.Add(new(statement, parameters));
        }
    }

    public void Announce(LiveEvent happened)
    {
        lock (_gate)
        {
            CheckOpen($"announce an event of {happened.Topic}");
            _events.Add(happened);
        }
    }

    public void Keep(ChunkId chunk, long bytes)
    {
        if (chunk.Epoch != Epoch)
            throw new InvalidOperationException($"The chunk {chunk} was not written under the lease of this turn ({Epoch}). Write it with ITurn.Epoch.");
        Stage("keep_chunk", new { batch = chunk.Batch, chunk = chunk.Chunk, epoch = chunk.Epoch.Value, bytes });
    }

    /// <summary>Adds a message to those that leave with the commit; the task that comes back can not be asked for a value.</summary>
    public Task Send(GrainId target, GrainMethod method, object?[] arguments, SendOptions? options)
    {
        lock (_gate)
        {
            CheckOpen($"send {target.Kind}.{method.Name}");
            if (options?.MessageId is not null)
                throw new InvalidOperationException($"SendOptions.MessageId is '{options.MessageId}', but a message sent in a turn has an identity derived from the message that the turn handles. Leave it null.");
            _messages.Add(new NewMessage
            {
                Id = DerivedMessageId.Of(claimed.MessageId, claimed.Seq, _messages.Count),
                Target = target,
                Method = method.Name,
                Arguments = method.WriteArguments(arguments),
                Priority = options?.Priority ?? method.Priority ?? MessagePriority.Normal,
                CreatedAt = now,
                DueAt = now + (options?.Delay is { } delay && delay > TimeSpan.Zero ? delay : TimeSpan.Zero),
                ReplyTo = options?.ReplyTo is { } reply ? AddressReply(reply, method, options.Tag) : null,
                TraceParent = System.Diagnostics.Activity.Current?.Id,
            });
        }

        return method.ResultType is null ? Task.CompletedTask : SentOnly.For(method, claimed.Lease.Grain);
    }

    private ReplyAddress AddressReply(string methodName, GrainMethod called, string? tag)
    {
        var wanted = called.ResultType is null ? typeof(Reply) : typeof(Reply<>).MakeGenericType(called.ResultType);
        var receiver = grainClass.Interface.FindMethod(methodName);
        if (receiver?.SingleArgument != wanted)
        {
            var type = called.ResultType is null ? nameof(Reply) : $"Reply<{called.ResultType.Name}>";
            throw new InvalidOperationException(
                $"SendOptions.ReplyTo names '{methodName}', but {grainClass.Interface.Type.Name} has no method {methodName}({type}). Name a method of the sending grain that takes the reply of {called.Name}.");
        }

        return new(claimed.Lease.Grain, methodName, tag);
    }

    private void CheckOpen(string what)
    {
        if (_over)
        {
            throw new InvalidOperationException(
                $"{claimed.Lease.Grain} tried to {what} after its turn had ended. Await all work of a turn within it, or send a message to go on later.");
        }
    }
}
