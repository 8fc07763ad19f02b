namespace TicketWorld.Grains.Batches;

/// <inheritdoc cref="IBatchFiles"/>
internal sealed class BatchFiles(IReadModel readModel, IBatchQueries batches, DatasetStreams streams) : IBatchFiles
{
    public async Task<IReadOnlyList<BatchFile>?> ListAsync(string batchId, CancellationToken cancellationToken = default)
    {
        var files = await readModel.QueryAsync<BatchFile>("list_batch_files", new { batch_id = batchId }, cancellationToken);
        return files.Count > 0 || await batches.GetAsync(batchId, cancellationToken) is not null ? files : null;
    }

    public async Task<BatchFileContent?> OpenAsync(string batchId, string name, CancellationToken cancellationToken = default)
    {
        // The name is compared with those of the dataset and never becomes a path.
        var files = await ListAsync(batchId, cancellationToken);
        if (files?.FirstOrDefault(f => f.Name == name) is not { } file || await batches.GetAsync(batchId, cancellationToken) is not { } batch)
            return null;
        return await streams.OpenAsync(batchId, name, batch.TicketsTotal, cancellationToken) is { } content ? new(file, content) : null;
    }
}
