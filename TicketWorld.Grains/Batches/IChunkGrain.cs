namespace TicketWorld.Grains.Batches;

/// <summary>Makes, checks and stores one part of a batch's tickets. Its key is <c>batch/number</c>.</summary>
[GrainKind("chunk")]
public interface IChunkGrain : IGrainWithStringKey
{
    /// <summary>Generates and verifies the tickets of the plan and stores them under this turn's epoch.</summary>
    /// <exception cref="GrainCallException"><c>cancelled</c> when the batch is over.</exception>
    [Priority(MessagePriority.Bulk)]
    Task<ChunkResult> Generate(ChunkPlan plan);
}

/// <summary>Which tickets a chunk makes.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Request">The options of the batch.</param>
/// <param name="Number">The number of the chunk, from 0.</param>
/// <param name="First">The index of its first ticket.</param>
/// <param name="Count">How many tickets.</param>
public sealed record ChunkPlan(string BatchId, BatchRequest Request, int Number, int First, int Count);

/// <summary>A stored chunk.</summary>
/// <param name="Number">The number of the chunk, from 0.</param>
/// <param name="Tickets">How many tickets it holds.</param>
/// <param name="Bytes">The length of its JSON lines.</param>
public sealed record ChunkResult(int Number, int Tickets, long Bytes);
