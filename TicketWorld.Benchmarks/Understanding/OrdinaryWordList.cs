using TicketWorld.Support.Extraction;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>The words of the labelled messages that are no names: at least two writers write them, with a small letter or never as part of a name.</summary>
internal static class OrdinaryWordList
{
    private const int FewestWriters = 2;
    private const int ShortestWord = 3;
    private const int LongestWord = 48;

    /// <summary>The words in small letters without accents, in order.</summary>
    public static string[] OfLabelled()
    {
        var writers = new Dictionary<string, (HashSet<string> Small, HashSet<string> Capital)>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in LabelledTickets.Written)
        {
            foreach (var message in LabelledTickets.Read(part))
            {
                foreach (var word in WordsOf($"{message.Subject}\n{message.Body}"))
                {
                    var key = Folded(word);
                    if (!writers.TryGetValue(key, out var seen))
                        writers[key] = seen = ([], []);
                    (char.IsUpper(word[0]) ? seen.Capital : seen.Small).Add(part);
                }

                foreach (var name in message.Entities.Where(entity => entity.Field == FieldNames.ProductName))
                    names.UnionWith(WordsOf(name.Text).Select(Folded));
            }
        }

        foreach (var ticket in LabelledTickets.ShortParts.SelectMany(LabelledTickets.ReadShort))
        {
            foreach (var word in WordsOf(ticket.Body).Where(word => !char.IsUpper(word[0])))
            {
                if (writers.TryGetValue(Folded(word), out var seen))
                    seen.Small.Add("training");
                else
                    writers[Folded(word)] = (["training"], []);
            }
        }

        return [.. writers.Where(word => word.Value.Small.Count >= FewestWriters || (word.Value.Small.Count + word.Value.Capital.Count >= FewestWriters && !names.Contains(word.Key))).Select(word => word.Key).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsLetter(text[start]))
                continue;
            var end = start;
            while (end < text.Length && char.IsLetter(text[end]))
                end++;
            if (end - start is >= ShortestWord and < LongestWord / 2)
                yield return text[start..end];
            start = end;
        }
    }

    private static string Folded(string word)
    {
        Span<char> folded = stackalloc char[LongestWord];
        return folded[..WordBook.Fold(word, folded)].ToString();
    }
}
