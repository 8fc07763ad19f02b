namespace TicketWorld.Grains;

/// <summary>The answer to a message that one grain sent to another, delivered as a new turn of the sender.</summary>
public record Reply
{
    /// <summary>The grain that answers.</summary>
    public required GrainId From { get; init; }

    /// <summary>The message that is answered.</summary>
    public required string MessageId { get; init; }

    /// <summary>What the sender put into <see cref="SendOptions.Tag"/>.</summary>
    public string? Tag { get; init; }

    /// <summary>Null on success; else why the call failed: refused by the grain, or parked after its last attempt.</summary>
    public GrainFailure? Failure { get; init; }
}

/// <summary>An answer that carries a value.</summary>
public sealed record Reply<T> : Reply
{
    /// <summary>The result of the call; the default of <typeparamref name="T"/> when <see cref="Reply.Failure"/> is set.</summary>
    public T? Value { get; init; }
}

/// <summary>Why a call failed.</summary>
/// <param name="Type">The exception's type name in the grain.</param>
/// <param name="Message">What happened.</param>
/// <param name="Code">A stable word for programs, such as <c>not_found</c>.</param>
public sealed record GrainFailure(string Type, string Message, string Code);
