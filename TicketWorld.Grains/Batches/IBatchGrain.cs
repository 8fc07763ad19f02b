namespace TicketWorld.Grains.Batches;

/// <summary>One generation job. Its key is the batch id. Its turns are short: worlds, chunks and files are made by other grains.</summary>
[GrainKind("batch")]
public interface IBatchGrain : IGrainWithStringKey
{
    /// <summary>Accepts the job. The same request again gives the same view; another request for the same key is refused (<c>batch_exists</c>).</summary>
    /// <exception cref="GrainCallException"><c>unknown_pack</c> and the codes of the world engine, such as <c>invalid_option</c>.</exception>
    Task<BatchView> Start(BatchRequest request);

    /// <summary>The state of the job; refused with <c>not_found</c> before it was started.</summary>
    Task<BatchView> View();

    /// <summary>Ends the job. One that is already over is left as it is. Chunks that run finish without effect.</summary>
    Task<BatchView> Cancel();

    /// <summary>The world is made, or cannot be.</summary>
    Task Prepared(Reply<PreparedWorld> reply);

    /// <summary>A chunk answers.</summary>
    Task ChunkFinished(Reply<ChunkResult> reply);

    /// <summary>The files beside the tickets are stored.</summary>
    Task CompanyFilesFinished(Reply reply);

    /// <summary>The manifest is stored, with which the dataset is whole.</summary>
    Task Sealed(Reply<SealedDataset> reply);
}
