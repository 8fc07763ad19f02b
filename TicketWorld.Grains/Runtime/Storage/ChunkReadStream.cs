namespace TicketWorld.Grains.Runtime;

/// <summary>Reads a chunk piece by piece; holds one piece in memory and a connection only while it reads.</summary>
/// <param name="chunk">What is read.</param>
/// <param name="pieceBytes">The size of every piece but the last.</param>
/// <param name="readPiece">Gives a piece by its number.</param>
internal sealed class ChunkReadStream(KeptChunk chunk, int pieceBytes, Func<long, byte[]> readPiece) : Stream
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
        var (number, within) = Math.DivRem(_position, pieceBytes);
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
        _piece = readPiece(number);
        _pieceNumber = number;
    }
}
