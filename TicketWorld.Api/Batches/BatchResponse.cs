using TicketWorld.Grains.Batches;

namespace TicketWorld.Api.Batches;

/// <summary>A batch as the API shows it.</summary>
internal sealed record BatchResponse
{
    public required string BatchId { get; init; }

    public required BatchStatus Status { get; init; }

    /// <summary>What the batch holds, with defaults filled in.</summary>
    public required BatchRequest Options { get; init; }

    public required int TicketsDone { get; init; }

    public required int TicketsTotal { get; init; }

    public required ChunkCounts Chunks { get; init; }

    /// <summary>Null before the first chunk is done.</summary>
    public double? TicketsPerSecond { get; init; }

    /// <summary>When the tickets will be done at this rate; null unless the batch runs.</summary>
    public DateTimeOffset? Eta { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why the batch failed.</summary>
    public BatchError? Error { get; init; }

    public required BatchLinks Links { get; init; }

    public static BatchResponse From(BatchView view)
    {
        var self = BatchEndpoints.AddressOf(view.BatchId);
        return new()
        {
            BatchId = view.BatchId,
            Status = view.Status,
            Options = view.Options,
            TicketsDone = view.TicketsDone,
            TicketsTotal = view.TicketsTotal,
            Chunks = new(view.ChunksDone, view.ChunksTotal),
            TicketsPerSecond = view.TicketsPerSecond is { } rate ? Math.Round(rate, 1) : null,
            Eta = view.Eta,
            CreatedAt = view.CreatedAt,
            StartedAt = view.StartedAt,
            FinishedAt = view.FinishedAt,
            Error = view.Error,
            Links = new(self, self + "/events", self + "/files", self + "/tickets", self + "/cancel"),
        };
    }
}

/// <summary>How many chunks of a batch are done.</summary>
internal sealed record ChunkCounts(int Done, int Total);

/// <summary>Addresses of a batch and what belongs to it.</summary>
internal sealed record BatchLinks(string Self, string Events, string Files, string Tickets, string Cancel);
