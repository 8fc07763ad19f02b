using TicketWorld.Worlds.Messages;

namespace TicketWorld.Worlds.Verification;

/// <summary>
/// Finds what a message quotes of earlier ones: lines that begin with <c>></c>, the attribution line right before them, and all
/// that follows a line such as <c>-----Original Message-----</c>.
/// </summary>
internal sealed class QuotedText(Vocabulary vocabulary)
{
    private readonly string[] _attributions = [.. vocabulary.QuoteMarkers];
    private readonly string[] _threads = [.. vocabulary.ThreadMarkers];

    /// <summary>Cuts off an earlier message and blanks out quoted lines, both as far as the text is new.</summary>
    /// <param name="lower">The text in lower case; quoted lines become spaces.</param>
    /// <param name="orderNumber">Where the first order number in a quotation stands, or default.</param>
    /// <returns>How many characters from the start are to be read; or -1 when nothing is quoted.</returns>
    public int Blank(Span<char> lower, out Range? orderNumber)
    {
        orderNumber = null;
        var length = -1;
        foreach (var marker in _threads)
        {
            if (LineOf(lower, marker) is not (>= 0 and var at))
                continue;
            Note(lower[at..], at, ref orderNumber);
            lower = lower[..at];
            length = at;
        }

        if (lower.Length == 0 || (lower[0] != '>' && lower.IndexOf("\n>") < 0))
            return length;
        var before = 0;
        for (var start = 0; start < lower.Length;)
        {
            var end = lower[start..].IndexOf('\n');
            end = end < 0 ? lower.Length : start + end;
            if (end > start && lower[start] == '>')
            {
                Note(lower[start..end], start, ref orderNumber);
                lower[start..end].Fill(' ');
                var attribution = lower[before..start];
                if (EndsWithMarker(attribution))
                    attribution.Fill(' ');
            }
            else if (end > start && !lower[start..end].IsWhiteSpace())
            {
                before = start;
            }

            start = end + 1;
        }

        return lower.Length;
    }

    private bool EndsWithMarker(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        foreach (var marker in _attributions)
        {
            if (line.EndsWith(marker))
                return true;
        }

        return false;
    }

    /// <summary>Where a line begins that consists of the marker, or -1.</summary>
    private static int LineOf(ReadOnlySpan<char> text, string marker)
    {
        for (var from = 0; ;)
        {
            var at = text[from..].IndexOf(marker);
            if (at < 0)
                return -1;
            at += from;
            var end = at + marker.Length;
            if ((at == 0 || text[at - 1] == '\n') && (end == text.Length || text[end] is '\n' or ' ' or '\r'))
                return at;
            from = end;
        }
    }

    private static void Note(ReadOnlySpan<char> quoted, int offset, ref Range? orderNumber)
    {
        for (var from = 0; orderNumber is null;)
        {
            var at = quoted[from..].IndexOf("ord");
            if (at < 0)
                return;
            at += from;
            if (PhraseTrie.IsBoundary(quoted, at) && MessageTokens.TryOrderNumber(quoted, at, out var end))
                orderNumber = (offset + at)..(offset + end);
            from = at + 3;
        }
    }
}
