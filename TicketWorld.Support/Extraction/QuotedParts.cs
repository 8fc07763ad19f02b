namespace TicketWorld.Support.Extraction;

/// <summary>
/// Finds earlier mail in a body: lines with &gt;, and all that stands below a header such as "On ... wrote". Where the writer adds only a
/// pointer ("see below"), the earlier mail is the message and nothing is left out.
/// </summary>
internal sealed class QuotedParts(QuotedRules rules)
{
    /// <summary>A header of earlier mail is at most this long, over at most two lines.</summary>
    private const int LongestHeader = 300;

    private const int LinesBetweenFromAndSent = 3;

    /// <summary>Ranges of the body that are earlier mail, in order.</summary>
    public IReadOnlyList<Range> Find(string body)
    {
        List<Range>? parts = null;
        var own = 0;
        for (var start = 0; start < body.Length; start = NextLine(body, start))
        {
            var line = LineAt(body, start);
            var bare = line.TrimStart();
            if (bare.IsEmpty)
                continue;
            if (bare[0] == '>' && bare.Length > 1)
            {
                (parts ??= []).Add(start..(start + line.Length));
                continue;
            }

            if (bare.StartsWith("&gt;", StringComparison.Ordinal))
            {
                (parts ??= []).Add(start..(start + line.Length));
                continue;
            }

            if (IsHeader(body, start, bare))
            {
                (parts ??= []).Add(start..body.Length);
                break;
            }

            own += Words(bare);
        }

        return parts is null || IsPointer(body, parts, own) ? [] : parts;
    }

    private bool IsHeader(string body, int start, ReadOnlySpan<char> line)
    {
        foreach (var divider in rules.Dividers)
        {
            if (line.StartsWith(divider, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        foreach (var from in rules.From)
        {
            if (line.StartsWith(from, StringComparison.OrdinalIgnoreCase) && IsFollowedBySent(body, start))
                return true;
        }

        var space = line.IndexOf(' ');
        if (space <= 0 || !rules.Openings.Contains(line[..space].ToString()))
            return false;
        var text = line.TrimEnd();
        if (EndsAsHeader(text))
            return true;
        var next = NextLine(body, start);
        return next < body.Length && text.Length < LongestHeader && text.IndexOfAnyInRange('0', '9') >= 0
            && LineAt(body, next).Trim() is { Length: > 0 and < LongestHeader } second && EndsAsHeader(second);
    }

    private bool EndsAsHeader(ReadOnlySpan<char> line)
    {
        foreach (var ending in rules.Endings)
        {
            if (line.Length <= LongestHeader && line.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private bool IsFollowedBySent(string body, int start)
    {
        for (var i = 0; i < LinesBetweenFromAndSent; i++)
        {
            start = NextLine(body, start);
            if (start >= body.Length)
                return false;
            var line = LineAt(body, start).TrimStart();
            foreach (var sent in rules.Sent)
            {
                if (line.StartsWith(sent, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    private bool IsPointer(string body, List<Range> parts, int words)
    {
        if (words == 0)
            return true;
        if (words > rules.MostWordsOfPointer)
            return false;
        var first = parts[0].Start.Value;
        foreach (var pointer in rules.Pointers)
        {
            if (body.AsSpan(0, first).Contains(pointer, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static int Words(ReadOnlySpan<char> line)
    {
        var words = 0;
        var inside = false;
        foreach (var c in line)
        {
            var letter = char.IsLetterOrDigit(c);
            if (letter && !inside)
                words++;
            inside = letter || c is '\'' or '’' or '-';
        }

        return words;
    }

    private static ReadOnlySpan<char> LineAt(string body, int start)
    {
        var end = body.AsSpan(start).IndexOfAny('\n', '\r');
        return end < 0 ? body.AsSpan(start) : body.AsSpan(start, end);
    }

    private static int NextLine(string body, int start)
    {
        var end = body.AsSpan(start).IndexOfAny('\n', '\r');
        return end < 0 ? body.Length : start + end + 1;
    }
}
