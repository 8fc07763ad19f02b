namespace TicketWorld.Grains.Batches;

/// <summary>Makes what of a batch is not its tickets. Its key is the batch id.</summary>
[GrainKind("dataset")]
public interface IDatasetGrain : IGrainWithStringKey
{
    /// <summary>Makes the world, so that a batch which cannot be is refused before any ticket is made.</summary>
    [Priority(MessagePriority.Bulk)]
    Task<PreparedWorld> Prepare(BatchRequest request);

    /// <summary>Stores the customer database, the policy text and the policy graph under this turn's epoch.</summary>
    [Priority(MessagePriority.Bulk)]
    Task WriteCompanyFiles(BatchRequest request);

    /// <summary>Hashes every file and stores the manifest that names them.</summary>
    [Priority(MessagePriority.Bulk)]
    Task<SealedDataset> Seal(BatchRequest request);
}

/// <summary>A world that can be generated from.</summary>
/// <param name="Tickets">How many tickets it has.</param>
public sealed record PreparedWorld(int Tickets);

/// <summary>A dataset that is whole.</summary>
/// <param name="Files">Every file, manifest.json last.</param>
public sealed record SealedDataset(IReadOnlyList<BatchFile> Files);
