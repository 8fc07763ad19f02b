namespace TicketWorld.Grains.Batches;

/// <summary>Where a batch stands.</summary>
public enum BatchStatus
{
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>A batch as its callers see it.</summary>
public sealed record BatchView
{
    /// <summary>The topic of the live events that a batch has changed; their payload is its revision.</summary>
    public static string Topic(string batchId) => "batch/" + batchId;

    public required string BatchId { get; init; }

    public required BatchStatus Status { get; init; }

    public required BatchRequest Options { get; init; }

    public required int TicketsDone { get; init; }

    public required int TicketsTotal { get; init; }

    public required int ChunksDone { get; init; }

    public required int ChunksTotal { get; init; }

    /// <summary>Tickets done for each second since the job began to run; null before its first chunk is done.</summary>
    public double? TicketsPerSecond { get; init; }

    /// <summary>When the tickets will be done at this rate; null unless the batch runs and has a rate.</summary>
    public DateTimeOffset? Eta { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Rises with every change, so that a watcher can tell an old view from a new one.</summary>
    public required long Revision { get; init; }

    /// <summary>Set when the batch failed.</summary>
    public BatchError? Error { get; init; }
}

/// <summary>Why a batch failed.</summary>
public sealed record BatchError(string Code, string Message);

/// <summary>One page of batches, the newest first.</summary>
public sealed record BatchPage(IReadOnlyList<BatchView> Items, int Total, int Page, int PageSize);
