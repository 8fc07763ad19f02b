namespace TicketWorld.Grains;

/// <summary>The messages that failed at every attempt. They wait here until somebody replays or discards them.</summary>
public interface IParkedMessages
{
    /// <summary>The parked messages, the longest parked first.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 500.</param>
    /// <param name="kind">The kind of grain whose messages are listed; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ParkedPage> ListAsync(int page = 1, int pageSize = 50, string? kind = null, CancellationToken cancellationToken = default);

    /// <summary>The parked message, or null when no message of this id is parked.</summary>
    Task<ParkedMessage?> FindAsync(string messageId, CancellationToken cancellationToken = default);

    /// <summary>What has become of a message, parked or not; null when there is none of this id, or its end was so long ago that it is forgotten.</summary>
    Task<MessageFate?> FateAsync(string messageId, CancellationToken cancellationToken = default);

    /// <summary>Puts the message at the end of its grain's line with all its attempts before it. False if it is not parked.</summary>
    Task<bool> ReplayAsync(string messageId, CancellationToken cancellationToken = default);

    /// <summary>Ends the message without effect; the reason is kept with it. False if it is not parked.</summary>
    Task<bool> DiscardAsync(string messageId, string reason, CancellationToken cancellationToken = default);
}

/// <summary>Where a message stands.</summary>
public enum MessageFate
{
    /// <summary>In its grain's line, or handled just now.</summary>
    Waiting,

    /// <summary>Handled, or refused with an answer.</summary>
    Ended,

    Parked,

    Discarded,
}

/// <summary>One page of parked messages.</summary>
public sealed record ParkedPage(IReadOnlyList<ParkedMessage> Items, long Total, int Page, int PageSize);

/// <summary>A message that failed at every attempt.</summary>
public sealed record ParkedMessage
{
    public required string MessageId { get; init; }

    public required GrainId Grain { get; init; }

    public required string Method { get; init; }

    /// <summary>The arguments, as a JSON array.</summary>
    public required string Arguments { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ParkedAt { get; init; }

    /// <summary>The last error.</summary>
    public required GrainFailure Error { get; init; }

    /// <summary>The last error with its stack.</summary>
    public required string Detail { get; init; }
}
