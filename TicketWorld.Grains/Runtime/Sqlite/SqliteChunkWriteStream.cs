namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>Hands full pieces to the writer's thread while the next one is filled; a few may be under way at a time.</summary>
internal sealed class SqliteChunkWriteStream(SqliteWriter writer, ChunkId chunk) : ChunkWriteStream
{
    private const int PiecesUnderWay = 4;

    private readonly Queue<Task<int>> _underWay = new();
    private byte[] _piece = new byte[SqliteChunkStore.PieceBytes];
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
            if (_filled < _piece.Length)
                continue;
            Send();
            while (_underWay.Count > PiecesUnderWay)
                _underWay.Dequeue().GetAwaiter().GetResult();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            buffer = buffer[^Fill(buffer.Span).Length..];
            if (_filled < _piece.Length)
                continue;
            Send();
            while (_underWay.Count > PiecesUnderWay)
                await _underWay.Dequeue();
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
        if (!_completed)
        {
            _completed = true;
            if (_filled > 0 || _number == 0)
                Send();
        }

        while (_underWay.TryDequeue(out var step))
            await step;
        return _length;
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

    /// <summary>Sends the piece off.</summary>
    private void Send()
    {
        var content = _filled == _piece.Length ? _piece : _piece[.._filled];
        var number = _number++;
        _underWay.Enqueue(writer.WriteAsync(session =>
        {
            // An earlier attempt of the same turn may have left pieces under the same epoch.
            if (number == 0)
                session.Execute("delete_chunk", ("batch", chunk.Batch), ("chunk", chunk.Chunk), ("epoch", chunk.Epoch.Value));
            return session.Execute(
                "insert_piece",
                ("batch", chunk.Batch), ("chunk", chunk.Chunk), ("epoch", chunk.Epoch.Value), ("number", number), ("content", content));
        }));
        _piece = new byte[SqliteChunkStore.PieceBytes];
        _filled = 0;
    }
}
