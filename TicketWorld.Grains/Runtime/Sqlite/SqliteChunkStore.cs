namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>Chunks in a file of their own, with a writer of its own.</summary>
internal sealed class SqliteChunkStore(SqliteFiles files, SqlCatalog chunkSql, IReadModel readModel, TimeProvider time) : IChunkStore, IAsyncDisposable
{
    public const int PieceBytes = 256 * 1024;

    private SqliteWriter? _writer;

    private SqliteWriter Writer => _writer ?? throw new GrainStoreException("The chunk store is not open. It opens when the host starts.");

    public async Task OpenAsync()
    {
        var connection = files.Chunks.OpenWriter(pageSize: 32768);
        try
        {
            SqliteMigrations.Apply(connection, files.Chunks, chunkSql.Migrations, time.GetUtcNow());
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        _writer = new SqliteWriter(files.Chunks, new SqliteSession(connection, chunkSql));
        await SweepAsync();
    }

    public async Task CloseAsync()
    {
        if (_writer is { } writer)
        {
            await writer.DisposeAsync();
            files.Chunks.ClosePool();
            _writer = null;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    public ChunkWriteStream OpenWrite(ChunkId chunk) => new SqliteChunkWriteStream(Writer, chunk);

    public async Task<KeptChunk?> FindAsync(string batch, string chunk, CancellationToken cancellationToken = default)
    {
        var row = await readModel.FirstAsync<KeptRow>("find_kept_chunk", new { batch, chunk }, cancellationToken);
        return row is null ? null : new(new(batch, chunk, new(row.Epoch)), row.Bytes);
    }

    public Stream OpenRead(KeptChunk chunk) => new ChunkReadStream(chunk, PieceBytes, number => ReadPiece(chunk.Id, number));

    /// <summary>
    /// Removes the chunks that no commit has named. It runs when the store opens: no turn runs then, and a turn that is
    /// run again writes under a higher epoch.
    /// </summary>
    public async Task<int> SweepAsync()
    {
        var stored = await Writer.WriteAsync(session =>
        {
            var chunks = new List<ChunkId>();
            using var reader = session.Query("list_chunks");
            while (reader.Read())
                chunks.Add(new(reader.GetString(0), reader.GetString(1), new(reader.GetInt64(2))));
            return chunks;
        });
        var kept = (await readModel.QueryAsync<NamedRow>("list_kept_chunks"))
            .Select(row => new ChunkId(row.Batch, row.Chunk, new(row.Epoch))).ToHashSet();
        var swept = 0;
        foreach (var chunk in stored.Where(chunk => !kept.Contains(chunk)))
        {
            await Writer.WriteAsync(session => session.Execute(
                "delete_chunk", ("batch", chunk.Batch), ("chunk", chunk.Chunk), ("epoch", chunk.Epoch.Value)));
            swept++;
        }

        return swept;
    }

    private byte[] ReadPiece(ChunkId chunk, long number)
    {
        using var connection = files.Chunks.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = chunkSql["read_piece"];
        command.Parameters.AddWithValue("@batch", chunk.Batch);
        command.Parameters.AddWithValue("@chunk", chunk.Chunk);
        command.Parameters.AddWithValue("@epoch", chunk.Epoch.Value);
        command.Parameters.AddWithValue("@number", number);
        return (byte[]?)command.ExecuteScalar() ?? throw new GrainStoreException(
            $"Piece {number} of the chunk {chunk} is missing in {files.Chunks.Path}. Restore the file from a copy, or make the batch again with the same options.");
    }

    private sealed record KeptRow(long Epoch, long Bytes);

    private sealed record NamedRow(string Batch, string Chunk, long Epoch);
}
