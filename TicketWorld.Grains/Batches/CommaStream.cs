namespace TicketWorld.Grains.Batches;

/// <summary>
/// JSON lines as the inside of an array: a comma before every line feed, but none in the last line of all. A ticket's JSON
/// has no line feed of its own, so every one ends a line. Seeking forward reads on; seeking back begins again.
/// </summary>
/// <param name="lines">The lines.</param>
/// <param name="count">How many lines.</param>
/// <param name="last">Whether the array ends with them.</param>
internal sealed class CommaStream(Stream lines, int count, bool last) : Stream
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _from;
    private int _to;
    private int _line;
    private bool _commaGiven;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => lines.Length + count - (last ? 1 : 0);

    public override long Position
    {
        get => _position;
        set
        {
            if (value < _position)
                Restart();
            Span<byte> skipped = stackalloc byte[4096];
            while (_position < value)
            {
                var read = Read(skipped[..(int)Math.Min(skipped.Length, value - _position)]);
                if (read == 0)
                    return;
            }
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length && Fill())
        {
            var rest = _buffer.AsSpan(_from, _to - _from);
            if (rest[0] == (byte)'\n')
            {
                if (!_commaGiven && !(last && _line == count - 1))
                {
                    buffer[written++] = (byte)',';
                    _commaGiven = true;
                    continue;
                }

                buffer[written++] = (byte)'\n';
                _commaGiven = false;
                _line++;
                _from++;
                continue;
            }

            var end = rest.IndexOf((byte)'\n');
            var text = rest[..Math.Min(end < 0 ? rest.Length : end, buffer.Length - written)];
            text.CopyTo(buffer[written..]);
            written += text.Length;
            _from += text.Length;
        }

        _position += written;
        return written;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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
            lines.Dispose();
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        if (_from < _to)
            return true;
        (_from, _to) = (0, lines.Read(_buffer));
        return _to > 0;
    }

    private void Restart()
    {
        lines.Position = 0;
        (_from, _to, _line, _position, _commaGiven) = (0, 0, 0, 0, false);
    }
}
