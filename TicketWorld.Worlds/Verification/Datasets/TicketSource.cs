namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>A ticket as bytes: from the array, and from the lines where they differ.</summary>
/// <param name="Line">The line that should be equal; null when it is, or when there is none.</param>
internal readonly record struct RawTicket(long Number, ReadOnlyMemory<byte> Element, ReadOnlyMemory<byte>? Line);

/// <summary>Reads the two ticket files side by side, a batch at a time. Where one is missing, the other alone is read.</summary>
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

    /// <summary>Fills the batch; false when it stays empty.</summary>
    public bool Read(List<RawTicket> batch, int most)
    {
        batch.Clear();
        while (batch.Count < most && !(_arrayEnded && _linesEnded))
        {
            var element = NextElement();
            var line = NextLine();
            if (element is { } fromArray)
                batch.Add(new RawTicket(_arrayCount, fromArray.ToArray(), line is { } other && !other.Span.SequenceEqual(fromArray.Span) ? (ReadOnlyMemory<byte>?)other.ToArray() : null));
            else if (line is { } alone)
                batch.Add(new RawTicket(_lineCount, alone.ToArray(), null));
        }

        return batch.Count > 0;
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

    private ReadOnlyMemory<byte>? NextElement()
    {
        _arrayEnded = _arrayEnded || !_array!.Next();
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
