using TicketWorld.Grains.Batches.Worlds;

namespace TicketWorld.Grains.Batches;

/// <inheritdoc cref="IChunkGrain"/>
internal sealed class ChunkGrain(IWorlds worlds, IChunkStore chunks, IBatchQueries batches, LineBuffers buffers) : Grain, IChunkGrain
{
    public async Task<ChunkResult> Generate(ChunkPlan plan)
    {
        // A chunk that waits in line when its batch is cancelled need not be made.
        if (await batches.GetAsync(plan.BatchId, Turn.Cancellation) is { Status: BatchStatus.Cancelled })
            throw new GrainCallException("cancelled", $"The batch {plan.BatchId} was cancelled before chunk {plan.Number} was made.");
        var lines = buffers.Rent(plan.Count);
        try
        {
            worlds.Get(plan.Request).WriteTickets(plan.First, plan.Count, lines, Turn.Cancellation);
            Turn.Cancellation.ThrowIfCancellationRequested();
            var index = TicketIndex.Of(lines.WrittenSpan, plan.Count).ToBytes();
            await StoreAsync(new(plan.BatchId, ChunkNames.Tickets(plan.Number), Turn.Epoch), lines.WrittenMemory);
            await StoreAsync(new(plan.BatchId, ChunkNames.Index(plan.Number), Turn.Epoch), index);
            return new(plan.Number, plan.Count, lines.WrittenCount);
        }
        finally
        {
            buffers.Return(lines);
        }
    }

    private async Task StoreAsync(ChunkId chunk, ReadOnlyMemory<byte> bytes)
    {
        await using var stream = chunks.OpenWrite(chunk);
        await stream.WriteAsync(bytes, Turn.Cancellation);
        Turn.Keep(chunk, await stream.CompleteAsync());
    }
}
