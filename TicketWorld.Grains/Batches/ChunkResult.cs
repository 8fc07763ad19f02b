namespace TicketWorld.Grains.Batches;

/// <summary>A stored chunk. Its tickets count once the batch grain has taken this in.</summary>
/// <param name="Number">The number of the chunk, from 0.</param>
/// <param name="Tickets">How many tickets it holds.</param>
/// <param name="Epoch">The lease under which its rows were written.</param>
/// <param name="Bytes">The length of its JSON lines.</param>
public sealed record ChunkResult(int Number, int Tickets, LeaseEpoch Epoch, long Bytes);

/// <summary>The stored files beside the tickets.</summary>
/// <param name="Epoch">The lease under which their rows were written.</param>
public sealed record CompanyFiles(LeaseEpoch Epoch);

/// <summary>What the manifest is made from.</summary>
public sealed record SealPlan(BatchRequest Request, CompanyFiles CompanyFiles, IReadOnlyList<ChunkResult> Chunks);

/// <summary>The stored manifest and the files that it names.</summary>
/// <param name="Epoch">The lease under which the manifest was written.</param>
/// <param name="Files">Every file of the dataset, manifest.json last.</param>
public sealed record SealedDataset(LeaseEpoch Epoch, IReadOnlyList<BatchFile> Files);
