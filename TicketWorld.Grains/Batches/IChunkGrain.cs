namespace TicketWorld.Grains.Batches;

/// <summary>Makes, checks and stores one part of a batch's tickets. Its key is <c>batch/number</c>.</summary>
[GrainKind("chunk")]
public interface IChunkGrain : IGrainWithStringKey
{
    /// <summary>Generates and verifies the tickets of the plan and stores them under this turn's epoch.</summary>
    [Priority(MessagePriority.Bulk)]
    Task<ChunkResult> Generate(ChunkPlan plan);
}

/// <summary>Makes the files of a batch that are not its tickets. Its key is the batch id.</summary>
[GrainKind("dataset")]
public interface IDatasetGrain : IGrainWithStringKey
{
    /// <summary>Stores the customer database, the policy text and the policy graph under this turn's epoch.</summary>
    [Priority(MessagePriority.Bulk)]
    Task<CompanyFiles> WriteCompanyFiles(BatchRequest request);

    /// <summary>Hashes every file and stores the manifest that names them.</summary>
    [Priority(MessagePriority.Bulk)]
    Task<SealedDataset> Seal(SealPlan plan);
}

/// <summary>Which tickets a chunk makes.</summary>
/// <param name="Request">The options of the batch.</param>
/// <param name="Number">The number of the chunk, from 0.</param>
/// <param name="First">The index of its first ticket.</param>
/// <param name="Count">How many tickets.</param>
public sealed record ChunkPlan(BatchRequest Request, int Number, int First, int Count);
