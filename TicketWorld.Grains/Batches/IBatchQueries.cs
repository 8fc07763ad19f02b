namespace TicketWorld.Grains.Batches;

/// <summary>Batches as the read model knows them: committed, and without waking a grain.</summary>
public interface IBatchQueries
{
    /// <summary>One page, the newest first.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 100.</param>
    /// <param name="status">Null lists every status.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<BatchPage> ListAsync(int page = 1, int pageSize = 20, BatchStatus? status = null, CancellationToken cancellationToken = default);

    /// <summary>The batch, or null when there is none of this id.</summary>
    Task<BatchView?> GetAsync(string batchId, CancellationToken cancellationToken = default);

    /// <summary>Those of the batches that there are, in one query.</summary>
    Task<IReadOnlyList<BatchView>> GetAsync(IReadOnlyCollection<string> batchIds, CancellationToken cancellationToken = default);
}
