namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>A stream that compares what is written with what another holds, and keeps nothing.</summary>
internal sealed class ComparingStream(Stream other) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private bool _equal = true;

    /// <summary>Whether all that was written is all that the other stream holds.</summary>
    public bool IsEqual => _equal && other.ReadByte() < 0;

    /// <summary>Whether all that was written is what the other stream begins with.</summary>
    public bool IsEqualSoFar => _equal;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (_equal && buffer.Length > 0)
        {
            var part = Math.Min(buffer.Length, _buffer.Length);
            var read = other.ReadAtLeast(_buffer.AsSpan(0, part), part, throwOnEndOfStream: false);
            _equal = read == part && buffer[..part].SequenceEqual(_buffer.AsSpan(0, part));
            buffer = buffer[part..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            other.Dispose();
        base.Dispose(disposing);
    }
}
