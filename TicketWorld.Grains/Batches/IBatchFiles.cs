namespace TicketWorld.Grains.Batches;

/// <summary>The files of a completed batch, put together from the stored chunks while they are read.</summary>
public interface IBatchFiles
{
    /// <summary>The files, manifest.json last; empty while the batch is not completed, null when there is no such batch.</summary>
    Task<IReadOnlyList<BatchFile>?> ListAsync(string batchId, CancellationToken cancellationToken = default);

    /// <summary>The file's bytes as a seekable stream that the caller disposes; null when there is no such batch or file.</summary>
    Task<BatchFileContent?> OpenAsync(string batchId, string name, CancellationToken cancellationToken = default);
}

/// <summary>One file of a dataset.</summary>
/// <param name="Name">Such as <c>support_tickets.jsonl</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="ContentType">The media type.</param>
public sealed record BatchFile(string Name, long Size, string Sha256, string ContentType);

/// <summary>A file with its bytes.</summary>
public sealed record BatchFileContent(BatchFile File, Stream Content) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
