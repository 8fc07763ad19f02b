namespace TicketWorld.Grains;

/// <summary>
/// Large results, in pieces, outside of the transactions of turns. A turn writes a chunk under its own epoch and then
/// names it (<see cref="ITurn.Keep"/>); only with that commit does it count. What a lost turn wrote has another
/// epoch, is never read, and is swept away.
/// </summary>
public interface IChunkStore
{
    /// <summary>A stream that writes the chunk. It is durable when <see cref="ChunkWriteStream.CompleteAsync"/> has completed.</summary>
    ChunkWriteStream OpenWrite(ChunkId chunk);

    /// <summary>The chunk that counts under this name, or null when none does yet.</summary>
    Task<KeptChunk?> FindAsync(string batch, string chunk, CancellationToken cancellationToken = default);

    /// <summary>A seekable stream of the chunk's bytes, read piece by piece.</summary>
    Stream OpenRead(KeptChunk chunk);
}

/// <summary>The name of a chunk: its batch, its own name within it, and the lease under which it was written.</summary>
public readonly record struct ChunkId(string Batch, string Chunk, LeaseEpoch Epoch)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Batch}/{Chunk} of {Epoch}";
}

/// <summary>A chunk that counts.</summary>
public sealed record KeptChunk(ChunkId Id, long Bytes);
