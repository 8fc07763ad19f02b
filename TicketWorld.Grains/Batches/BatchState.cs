namespace TicketWorld.Grains.Batches;

/// <summary>What a batch grain remembers. Its size does not grow with the number of chunks.</summary>
internal sealed class BatchState
{
    public BatchRequest? Request { get; set; }

    public BatchStatus Status { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public int ChunksTotal { get; set; }

    /// <summary>Chunks with a smaller number have been sent out.</summary>
    public int NextChunk { get; set; }

    public int TicketsDone { get; set; }

    public ChunkSet Done { get; set; } = new();

    public bool CompanyFilesDone { get; set; }

    public bool Sealing { get; set; }

    /// <summary>The last time that a chunk was finished.</summary>
    public DateTimeOffset? LastChunkAt { get; set; }

    public BatchError? Error { get; set; }

    /// <summary>Messages of the batch that failed and have not been replayed with success.</summary>
    public SortedSet<string> Failed { get; set; } = new(StringComparer.Ordinal);

    public long Revision { get; set; }
}

/// <summary>The finished chunks: all below a bound, and the few above it that overtook others.</summary>
internal sealed class ChunkSet
{
    /// <summary>Every chunk with a smaller number is finished.</summary>
    public int Prefix { get; set; }

    public SortedSet<int> Ahead { get; set; } = [];

    public int Count => Prefix + Ahead.Count;

    /// <summary>False when it was there already.</summary>
    public bool Add(int number)
    {
        if (number < Prefix || !Ahead.Add(number))
            return false;
        while (Ahead.Remove(Prefix))
            Prefix++;
        return true;
    }
}
