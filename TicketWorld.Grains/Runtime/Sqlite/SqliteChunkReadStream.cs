namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>Reads a chunk piece by piece; holds one piece in memory and a connection only while it reads.</summary>
internal sealed class SqliteChunkReadStream(SqliteDatabase database, string readPiece, KeptChunk chunk) : Stream
{
    private byte[] _piece = [];
    private long _pieceNumber = -1;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => chunk.Bytes;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position >= chunk.Bytes || buffer.IsEmpty)
            return 0;
        var (number, within) = Math.DivRem(_position, SqliteChunkStore.PieceBytes);
        if (number != _pieceNumber)
            Load(number);
        var count = Math.Min(buffer.Length, _piece.Length - (int)within);
        _piece.AsSpan((int)within, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => chunk.Bytes + offset,
    };

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException("A stored chunk does not change.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stored chunk does not change.");

    private void Load(long number)
    {
        using var connection = database.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = readPiece;
        command.Parameters.AddWithValue("@batch", chunk.Id.Batch);
        command.Parameters.AddWithValue("@chunk", chunk.Id.Chunk);
        command.Parameters.AddWithValue("@epoch", chunk.Id.Epoch.Value);
        command.Parameters.AddWithValue("@number", number);
        _piece = (byte[]?)command.ExecuteScalar() ?? throw new GrainStoreException(
            $"Piece {number} of the chunk {chunk.Id} is missing in {database.Path}. Restore the file from a copy, or make the batch again with the same options.");
        _pieceNumber = number;
    }
}
