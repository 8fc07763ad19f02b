namespace TicketWorld.Grains.Batches;

/// <summary>Opens the files of a batch over its stored parts. Nothing is put together before it is read.</summary>
internal sealed class DatasetStreams(IChunkStore chunks, IReadModel readModel)
{
    /// <summary>A seekable stream of the file; null when a part of it is not stored.</summary>
    public async Task<Stream?> OpenAsync(string batchId, string name, int tickets, CancellationToken cancellation)
    {
        if (name is not (DatasetFiles.TicketArray or DatasetFiles.TicketLines))
            return await chunks.FindAsync(batchId, name, cancellation) is { } whole ? chunks.OpenRead(whole) : null;
        var parts = await readModel.QueryAsync<PartRow>("list_ticket_chunks", new { batch = batchId }, cancellation);
        var expected = (tickets + BatchOptions.ChunkTickets - 1) / BatchOptions.ChunkTickets;
        if (parts.Count != expected)
            return null;
        var lines = parts.Select((part, number) => new TicketChunk(
            new KeptChunk(new(batchId, part.Chunk, new(part.Epoch)), part.Bytes),
            Math.Min(BatchOptions.ChunkTickets, tickets - (number * BatchOptions.ChunkTickets)))).ToArray();
        return name == DatasetFiles.TicketLines ? Lines(lines) : Array(lines);
    }

    private JoinedStream Lines(IEnumerable<TicketChunk> parts) =>
        new([.. parts.Select(part => new StreamPart(part.Stored.Bytes, () => chunks.OpenRead(part.Stored)))]);

    /// <summary>The same lines between brackets, with a comma before every line feed but the last.</summary>
    private JoinedStream Array(TicketChunk[] parts)
    {
        var joined = new List<StreamPart> { StreamPart.Of("[\n"u8) };
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            var last = i == parts.Length - 1;
            joined.Add(new(
                part.Stored.Bytes + part.Tickets - (last ? 1 : 0),
                () => new CommaStream(chunks.OpenRead(part.Stored), part.Tickets, last)));
        }

        joined.Add(StreamPart.Of("]\n"u8));
        return new(joined);
    }

    private sealed record TicketChunk(KeptChunk Stored, int Tickets);

    private sealed record PartRow(string Chunk, long Epoch, long Bytes);
}
