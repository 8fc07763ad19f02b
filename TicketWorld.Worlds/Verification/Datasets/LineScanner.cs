namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Cuts a stream into its lines without holding more than one.</summary>
internal sealed class LineScanner(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[1 << 20];
    private int _start;
    private int _end;

    /// <summary>Bytes of the line without its end; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Why the scan ended early, or null.</summary>
    public string? Problem { get; private set; }

    public bool Next()
    {
        var searched = 0;
        while (Problem is null)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                Line = _buffer.AsMemory(_start, searched + at);
                _start += searched + at + 1;
                return true;
            }

            searched = _end - _start;
            if (searched >= JsonElementScanner.LongestElement)
            {
                Problem = $"a line is longer than {JsonElementScanner.LongestElement} bytes";
                return false;
            }

            if (!Fill())
            {
                Problem = searched > 0 ? "the last line has no end" : null;
                return false;
            }
        }

        return false;
    }

    public void Dispose() => stream.Dispose();

    private bool Fill()
    {
        if (_end == _buffer.Length)
        {
            var kept = _end - _start;
            var room = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
            _buffer.AsSpan(_start, kept).CopyTo(room);
            (_buffer, _start, _end) = (room, 0, kept);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
