using System.Text.Json;

namespace TicketWorld.Grains.Batches;

/// <inheritdoc cref="IBatchQueries"/>
internal sealed class BatchQueries(IReadModel readModel) : IBatchQueries
{
    /// <summary>The most parameters that a query may have everywhere.</summary>
    private const int MostIds = 500;

    public async Task<BatchPage> ListAsync(int page = 1, int pageSize = 20, BatchStatus? status = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 100);
        var word = status is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(status.Value.ToString());
        var rows = await readModel.QueryAsync<string>(
            "list_batches", new { status = word, limit = pageSize, offset = (page - 1L) * pageSize }, cancellationToken);
        var total = await readModel.FirstAsync<int>("count_batches", new { status = word }, cancellationToken);
        return new([.. rows.Select(Read)], total, page, pageSize);
    }

    public async Task<BatchView?> GetAsync(string batchId, CancellationToken cancellationToken = default) =>
        await readModel.FirstAsync<string>("find_batch", new { batch_id = batchId }, cancellationToken) is { } row ? Read(row) : null;

    public async Task<IReadOnlyList<BatchView>> GetAsync(IReadOnlyCollection<string> batchIds, CancellationToken cancellationToken = default)
    {
        var found = new List<BatchView>();
        foreach (var some in batchIds.Chunk(MostIds))
            found.AddRange((await readModel.QueryAsync<string>("find_batches", new { batch_ids = some }, cancellationToken)).Select(Read));
        return found;
    }

    private static BatchView Read(string json) => JsonSerializer.Deserialize<BatchView>(json, GrainJson.Options)!;
}
