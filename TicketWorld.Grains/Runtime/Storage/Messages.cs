namespace TicketWorld.Grains.Runtime;

/// <summary>A process that runs grains. Each start of a process is a new silo.</summary>
internal sealed record SiloId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Who may act on a grain now: the owner and the epoch of its lease.</summary>
internal readonly record struct GrainLease(GrainId Grain, SiloId Owner, LeaseEpoch Epoch);

/// <summary>A message on its way into a line.</summary>
internal sealed record NewMessage
{
    public required string Id { get; init; }

    public required GrainId Target { get; init; }

    public required string Method { get; init; }

    /// <summary>A JSON array.</summary>
    public required string Arguments { get; init; }

    public required MessagePriority Priority { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>After <see cref="CreatedAt"/> for a delayed message.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Where the reply goes as a new turn; null for none.</summary>
    public ReplyAddress? ReplyTo { get; init; }

    /// <summary>Whether a caller outside of grains waits for the end.</summary>
    public bool Awaited { get; init; }

    /// <summary>W3C trace context of the sender.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>The method of a grain that takes a reply.</summary>
internal sealed record ReplyAddress(GrainId Grain, string Method, string? Tag);

internal enum EnqueueResult
{
    Accepted,

    /// <summary>The same message is known already; nothing was changed.</summary>
    Duplicate,

    /// <summary>Another message has this identity; nothing was changed.</summary>
    Conflict,
}

internal sealed record ClaimRequest(
    SiloId Silo, MessagePriority Priority, int Max, DateTimeOffset Now, DateTimeOffset ExpiresAt);

/// <param name="Turns">Claimed turns.</param>
/// <param name="NextDue">When the next message of the priority is due, if fewer than asked for were claimed and one waits.</param>
internal sealed record ClaimResult(IReadOnlyList<ClaimedTurn> Turns, DateTimeOffset? NextDue);

/// <summary>A message that this silo may handle now.</summary>
internal sealed record ClaimedTurn
{
    public required GrainLease Lease { get; init; }

    public required long Seq { get; init; }

    public required string MessageId { get; init; }

    public required string Method { get; init; }

    public required string Arguments { get; init; }

    public required MessagePriority Priority { get; init; }

    /// <summary>How many attempts have failed before.</summary>
    public required int FailedAttempts { get; init; }

    /// <summary>How many attempts were cut off by the death of their silo.</summary>
    public required int Interruptions { get; init; }

    public ReplyAddress? ReplyTo { get; init; }

    public string? TraceParent { get; init; }
}

/// <summary>How a message ended: with the result's JSON (null for a method without value), or with a failure.</summary>
internal sealed record MessageOutcome(string? Result, GrainFailure? Failure);

internal sealed record StoredState(long Version, byte[] Json);

/// <param name="Name">The state's name.</param>
/// <param name="ExpectedVersion">The version that the turn started from; 0 for none.</param>
/// <param name="Json">The new content; null removes the state.</param>
internal sealed record StateChange(string Name, long ExpectedVersion, byte[]? Json);

internal sealed record StagedStatement(string Name, object Parameters);

/// <summary>All that a finished turn wants to be true.</summary>
internal sealed record TurnEffects
{
    public required GrainLease Lease { get; init; }

    public required long Seq { get; init; }

    public required string MessageId { get; init; }

    /// <summary>The priority of the message; what is urgent is not written behind what is not.</summary>
    public required MessagePriority Priority { get; init; }

    public required MessageOutcome Outcome { get; init; }

    public IReadOnlyList<StateChange> States { get; init; } = [];

    /// <summary>Sent messages, the reply to a grain among them.</summary>
    public IReadOnlyList<NewMessage> Messages { get; init; } = [];

    public IReadOnlyList<StagedStatement> Statements { get; init; } = [];

    /// <summary>Told to listeners after the commit; nothing of the store.</summary>
    public IReadOnlyList<LiveEvent> Events { get; init; } = [];

    public required DateTimeOffset Now { get; init; }

    /// <summary>The expiry of the lease that the activation keeps.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The end of an attempt that had no effect.</summary>
internal sealed record TurnFailure
{
    public required GrainLease Lease { get; init; }

    public required long Seq { get; init; }

    public required string MessageId { get; init; }

    public required GrainFailure Error { get; init; }

    /// <summary>The error with its stack.</summary>
    public required string Detail { get; init; }

    /// <summary>When the message is due again; null parks it.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>False when the attempt was called off rather than failed.</summary>
    public bool CountsAsAttempt { get; init; } = true;

    /// <summary>The failure as a reply to a grain; sent when the message is parked.</summary>
    public NewMessage? Reply { get; init; }

    public required DateTimeOffset Now { get; init; }
}

internal enum CommitResult
{
    Committed,

    /// <summary>Another silo has taken the grain over; nothing was changed.</summary>
    LeaseLost,

    /// <summary>A state is not at the version that the turn started from; nothing was changed.</summary>
    VersionConflict,
}

/// <summary>How many messages are in each state.</summary>
internal sealed record QueueDepth(long Ready, long Delayed, long Leased, long Parked);
