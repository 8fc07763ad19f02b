namespace TicketWorld.Grains.Batches;

/// <summary>One piece of a joined stream: its length, and how it is opened when it is read.</summary>
internal sealed record StreamPart(long Length, Func<Stream> Open)
{
    public static StreamPart Of(ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        return new(copy.Length, () => new MemoryStream(copy, writable: false));
    }
}

/// <summary>Reads streams one after the other as if they were one; at most one of them is open.</summary>
internal sealed class JoinedStream : Stream
{
    private readonly IReadOnlyList<StreamPart> _parts;
    private readonly long[] _starts;
    private Stream? _open;
    private int _openPart = -1;
    private long _position;

    public JoinedStream(IReadOnlyList<StreamPart> parts)
    {
        _parts = parts;
        _starts = new long[parts.Count + 1];
        for (var i = 0; i < parts.Count; i++)
            _starts[i + 1] = _starts[i] + parts[i].Length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _starts[^1];

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty)
            return 0;
        var part = PartAt(_position);
        if (part != _openPart)
        {
            _open?.Dispose();
            _open = _parts[part].Open();
            _openPart = part;
        }

        var within = _position - _starts[part];
        if (_open!.Position != within)
            _open.Position = within;
        var read = _open.Read(buffer[..(int)Math.Min(buffer.Length, _parts[part].Length - within)]);
        if (read == 0)
            throw new EndOfStreamException($"A part of the file ends at {within} of {_parts[part].Length} bytes.");
        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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
        _ => Length + offset,
    };

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException("A file of a dataset does not change.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A file of a dataset does not change.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _open?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The part that holds the byte; parts of no length hold none.</summary>
    private int PartAt(long position)
    {
        var found = Array.BinarySearch(_starts, position);
        if (found < 0)
            return ~found - 1;
        while (_parts[found].Length == 0)
            found++;
        return found;
    }
}
