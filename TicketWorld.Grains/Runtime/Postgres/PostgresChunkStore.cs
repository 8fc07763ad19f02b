namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>Chunks as rows of pieces, which come in by COPY.</summary>
internal sealed class PostgresChunkStore(PostgresDatabase database, SqlCatalog catalog, IReadModel readModel) : IChunkStore
{
    public const int PieceBytes = 256 * 1024;

    /// <summary>A chunk that no commit has named so long after its writing began is of a turn that was lost.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromHours(6);

    public ChunkWriteStream OpenWrite(ChunkId chunk) => new PostgresChunkWriteStream(database, catalog, chunk);

    public async Task<KeptChunk?> FindAsync(string batch, string chunk, CancellationToken cancellationToken = default)
    {
        var row = await readModel.FirstAsync<KeptRow>("find_kept_chunk", new { batch, chunk }, cancellationToken);
        return row is null ? null : new(new(batch, chunk, new(row.Epoch)), row.Bytes);
    }

    public Stream OpenRead(KeptChunk chunk) => new ChunkReadStream(chunk, PieceBytes, number => ReadPiece(chunk.Id, number));

    /// <summary>Removes what lost turns have left; gives the number of pieces.</summary>
    public Task<int> SweepAsync() => database.RunAsync(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync();
        await using var batch = new StatementBatch(connection, catalog, now: null);
        var place = batch.Add("sweep_chunks", ("age", (long)LongestTurn.TotalMilliseconds));
        await batch.ExecuteAsync();
        return batch.Rows(place);
    });

    private byte[] ReadPiece(ChunkId chunk, long number) => database.Wait(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync();
        await using var batch = new StatementBatch(connection, catalog, now: null);
        batch.Add("read_piece", ("batch", chunk.Batch), ("chunk", chunk.Chunk), ("epoch", chunk.Epoch.Value), ("number", (int)number));
        await using var reader = await batch.ReadAsync();
        return await reader.ReadAsync()
            ? reader.GetFieldValue<byte[]>(0)
            : throw new GrainStoreException($"Piece {number} of the chunk {chunk} is missing in {database.Place}. Restore the database from a copy, or make the batch again with the same options.");
    });

    private sealed record KeptRow(long Epoch, long Bytes);
}
