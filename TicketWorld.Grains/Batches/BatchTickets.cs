using System.Text.Json;

namespace TicketWorld.Grains.Batches;

/// <inheritdoc cref="IBatchTickets"/>
internal sealed class BatchTickets(IReadModel readModel, IBatchQueries batches, IChunkStore chunks) : IBatchTickets
{
    public async Task<TicketPage?> PageAsync(string batchId, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 100);
        if (await batches.GetAsync(batchId, cancellationToken) is not { } batch)
            return null;
        var ready = await readModel.FirstAsync<int>("count_ready_chunks", new { batch_id = batchId }, cancellationToken);
        var total = Math.Min(ready * BatchOptions.ChunkTickets, batch.TicketsTotal);
        var items = new List<JsonElement>(pageSize);
        var next = (page - 1L) * pageSize;
        var end = Math.Min(next + pageSize, total);
        while (next < end)
        {
            var (number, within) = Math.DivRem((int)next, BatchOptions.ChunkTickets);
            var count = (int)Math.Min(end - next, BatchOptions.ChunkTickets - within);
            items.AddRange(await ReadAsync(batchId, number, within, count, cancellationToken));
            next += count;
        }

        return new(items, total, page, pageSize);
    }

    public async Task<JsonElement?> GetAsync(string batchId, string ticketId, CancellationToken cancellationToken = default)
    {
        var ready = await readModel.FirstAsync<int>("count_ready_chunks", new { batch_id = batchId }, cancellationToken);
        for (var number = 0; number < ready; number++)
        {
            var index = await IndexAsync(batchId, number, cancellationToken);
            foreach (var position in index.Candidates(ticketId))
            {
                var ticket = (await ReadAsync(batchId, number, position, 1, cancellationToken))[0];
                if (ticket.GetProperty("ticket_id").GetString() == ticketId)
                    return ticket;
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<JsonElement>> ReadAsync(string batchId, int number, int position, int count, CancellationToken cancellationToken)
    {
        var index = await IndexAsync(batchId, number, cancellationToken);
        await using var stream = await OpenAsync(batchId, ChunkNames.Tickets(number), cancellationToken);
        stream.Position = index.OffsetOf(position);
        var tickets = new JsonElement[count];
        for (var i = 0; i < count; i++)
        {
            var line = new byte[index.Lengths[position + i]];
            await stream.ReadExactlyAsync(line, cancellationToken);
            tickets[i] = JsonElement.Parse(line);
        }

        return tickets;
    }

    private async Task<TicketIndex> IndexAsync(string batchId, int number, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(batchId, ChunkNames.Index(number), cancellationToken);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return TicketIndex.Read(bytes);
    }

    private async Task<Stream> OpenAsync(string batchId, string chunk, CancellationToken cancellationToken) =>
        chunks.OpenRead(await chunks.FindAsync(batchId, chunk, cancellationToken) ?? throw new GrainStoreException(
            $"The part {chunk} of the batch {batchId} is missing in the chunk store. Make the batch again with the same options."));
}
