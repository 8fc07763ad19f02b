namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Reads the two ticket files side by side, a block at a time. Where one is missing, the other alone is read.</summary>
internal sealed class TicketSource : IDisposable
{
    public const string ArrayName = "support_tickets.json";
    public const string LinesName = "support_tickets.jsonl";

    private readonly JsonElementScanner? _array;
    private readonly LineScanner? _lines;
    private bool _arrayEnded;
    private bool _linesEnded;
    private long _arrayCount;
    private long _lineCount;

    public TicketSource(Stream? array, Stream? lines)
    {
        _array = array is null ? null : new JsonElementScanner(array, hasSections: false);
        _lines = lines is null ? null : new LineScanner(lines);
        _arrayEnded = array is null;
        _linesEnded = lines is null;
    }

    /// <summary>The file that findings on tickets name.</summary>
    public string FileName => _array is null ? LinesName : ArrayName;

    /// <summary>Tickets read.</summary>
    public long Count => Math.Max(_arrayCount, _lineCount);

    /// <summary>Whether both files are there, and what was read of them is without a fault of its own.</summary>
    public bool IsWhole => _array is { Problem: null } && _lines is { Problem: null } && _arrayCount == _lineCount;

    /// <summary>Fills the block; false when it stays empty.</summary>
    public bool Read(RawTickets block, int most)
    {
        block.Clear();
        while (block.Tickets.Count < most && !(_arrayEnded && _linesEnded))
        {
            var line = NextLine();
            var element = NextElement(line is { } likely ? likely.Span : []);
            if (element is { } fromArray)
                block.Add(_arrayCount, fromArray, line is { } other && !other.Span.SequenceEqual(fromArray.Span) ? (ReadOnlyMemory<byte>?)other : null);
            else if (line is { } alone)
                block.Add(_lineCount, alone, null);
        }

        return block.Tickets.Count > 0;
    }

    /// <summary>Reports what is wrong with the files as a whole; call it at the end.</summary>
    public void Report(VerificationReport report)
    {
        if (_array?.Problem is { } arrayProblem)
            report.Add(new Finding(VerificationLayer.Files, ArrayName, "(file)", "", arrayProblem, $"after {_arrayCount} tickets", "an array of tickets"));
        if (_lines?.Problem is { } lineProblem)
            report.Add(new Finding(VerificationLayer.Files, LinesName, "(file)", "", lineProblem, $"after {_lineCount} tickets", "one ticket a line"));
        if (_array is not null && _lines is not null && _arrayCount != _lineCount)
            report.Add(new Finding(VerificationLayer.Files, LinesName, "(file)", "", "the two ticket files hold different numbers of tickets", $"{_lineCount}", $"{_arrayCount}"));
    }

    public void Dispose()
    {
        _array?.Dispose();
        _lines?.Dispose();
    }

    /// <param name="likely">The element that should come next.</param>
    private ReadOnlyMemory<byte>? NextElement(ReadOnlySpan<byte> likely)
    {
        _arrayEnded = _arrayEnded || !_array!.Next(likely);
        if (_arrayEnded)
            return null;
        _arrayCount++;
        return _array!.Element;
    }

    private ReadOnlyMemory<byte>? NextLine()
    {
        _linesEnded = _linesEnded || !_lines!.Next();
        if (_linesEnded)
            return null;
        _lineCount++;
        return _lines!.Line;
    }
}
