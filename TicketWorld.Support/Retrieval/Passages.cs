namespace TicketWorld.Support.Retrieval;

/// <summary>The part of an article to show with a hit.</summary>
public static class Passages
{
    private const int Longest = 300;

    /// <summary>
    /// The sentence of the body with most of the words, the first of several; the beginning of the body when none has any. At most 300 characters,
    /// taken from the text as it stands.
    /// </summary>
    public static string Best(string body, IReadOnlySet<string> words)
    {
        var (best, most) = (default(Range), -1);
        foreach (var sentence in Sentences(body))
        {
            var found = Words.Of(body[sentence]).Where(words.Contains).Distinct(StringComparer.Ordinal).Count();
            if (found > most)
                (best, most) = (sentence, found);
        }

        return most < 0 ? "" : body[best].Trim();
    }

    private static IEnumerable<Range> Sentences(string body)
    {
        var start = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var last = i == body.Length - 1;
            var ends = last || body[i] is '\n' or '。' || (body[i] is '.' or '!' or '?' && char.IsWhiteSpace(body[i + 1]));
            if (!ends && i - start + 1 < Longest)
                continue;
            var end = ends ? i + 1 : Cut(body, start, i + 1);
            if (!string.IsNullOrWhiteSpace(body[start..end]))
                yield return start..end;
            start = end;
            i = end - 1;
        }
    }

    /// <summary>The end of the last whole word before the limit; never between the halves of a surrogate pair.</summary>
    private static int Cut(string body, int start, int limit)
    {
        for (var end = limit; end > start + (Longest / 2); end--)
        {
            if (char.IsWhiteSpace(body[end - 1]))
                return end;
        }

        return char.IsHighSurrogate(body[limit - 1]) ? limit - 1 : limit;
    }
}
