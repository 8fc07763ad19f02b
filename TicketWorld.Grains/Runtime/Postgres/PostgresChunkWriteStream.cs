using Npgsql;
using NpgsqlTypes;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>Copies pieces into the database as they fill; the whole chunk is one transaction, which ends with <see cref="CompleteAsync"/>.</summary>
internal sealed class PostgresChunkWriteStream(PostgresDatabase database, SqlCatalog catalog, ChunkId chunk) : ChunkWriteStream
{
    private readonly byte[] _piece = new byte[PostgresChunkStore.PieceBytes];
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private NpgsqlBinaryImporter? _copy;
    private int _filled;
    private int _number;
    private long _length;
    private bool _completed;

    public override long Length => _length;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            buffer = Fill(buffer);
            if (_filled == _piece.Length)
                database.Wait(SendPieceAsync);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            buffer = buffer[^Fill(buffer.Span).Length..];
            if (_filled == _piece.Length)
                await SendAsync();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Pieces go out when they are full, and the last one with CompleteAsync.
    }

    public override async Task<long> CompleteAsync()
    {
        if (_completed)
            return _length;
        if (_filled > 0 || _number == 0)
            await SendAsync();
        await database.RunAsync(async () =>
        {
            await _copy!.CompleteAsync();
            await _copy.DisposeAsync();
            _copy = null;
            CrashPoints.Pass(CrashPoints.ChunkCopied);
            await _transaction!.CommitAsync();
            return true;
        });
        CrashPoints.Pass(CrashPoints.ChunkCommitted);
        _completed = true;
        await CloseAsync();
        return _length;
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Task.Run(async () => await CloseAsync()).GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    /// <summary>Puts what fits into the piece; gives the rest.</summary>
    private ReadOnlySpan<byte> Fill(ReadOnlySpan<byte> bytes)
    {
        var fits = Math.Min(bytes.Length, _piece.Length - _filled);
        bytes[..fits].CopyTo(_piece.AsSpan(_filled));
        _filled += fits;
        _length += fits;
        return bytes[fits..];
    }

    private Task<bool> SendAsync() => database.RunAsync(SendPieceAsync);

    private async Task<bool> SendPieceAsync()
    {
        if (_copy is null)
            await BeginAsync();
        await _copy!.StartRowAsync();
        await _copy.WriteAsync(chunk.Batch, NpgsqlDbType.Text);
        await _copy.WriteAsync(chunk.Chunk, NpgsqlDbType.Text);
        await _copy.WriteAsync(chunk.Epoch.Value, NpgsqlDbType.Bigint);
        await _copy.WriteAsync(_number++, NpgsqlDbType.Integer);
        await _copy.WriteAsync(_piece.AsMemory(0, _filled), NpgsqlDbType.Bytea);
        _filled = 0;
        CrashPoints.Pass(CrashPoints.ChunkPiece);
        return true;
    }

    private async Task BeginAsync()
    {
        _connection = await database.Writer.OpenConnectionAsync();
        _transaction = await _connection.BeginTransactionAsync();
        await using (var batch = new StatementBatch(_connection, catalog, now: null))
        {
            // An earlier attempt of the same turn may have left pieces under the same epoch.
            batch.Add("delete_chunk", ("batch", chunk.Batch), ("chunk", chunk.Chunk), ("epoch", chunk.Epoch.Value));
            batch.Add("begin_chunk", ("batch", chunk.Batch), ("chunk", chunk.Chunk), ("epoch", chunk.Epoch.Value));
            await batch.ExecuteAsync();
        }

        CrashPoints.Pass(CrashPoints.ChunkBegun);
        _copy = await _connection.BeginBinaryImportAsync("COPY pieces (batch, chunk, epoch, number, content) FROM STDIN (FORMAT binary)");
    }

    private async ValueTask CloseAsync()
    {
        try
        {
            if (_copy is { } copy)
                await copy.DisposeAsync();
            if (_transaction is { } transaction)
                await transaction.DisposeAsync();
            if (_connection is { } connection)
                await connection.DisposeAsync();
        }
        catch (Exception error) when (database.Explain(error) is not null)
        {
            // The transaction is gone with its connection, and so is what it wrote.
        }

        (_copy, _transaction, _connection) = (null, null, null);
    }
}
