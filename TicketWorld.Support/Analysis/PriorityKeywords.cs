using TicketWorld.Support.Analysis.Reading;
using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Analysis;

/// <summary>A priority keyword in a text.</summary>
/// <param name="Keyword">As the rule file has it.</param>
/// <param name="Start">Index in the text, in UTF-16 code units.</param>
/// <param name="Text">As it stands there.</param>
public sealed record PriorityKeyword(string Keyword, int Start, string Text);

/// <summary>Finds the words of <c>priority_keywords.yaml</c>: whole words only (no "soon" in "sooner"), the longest at each place, each keyword once.</summary>
public sealed class PriorityKeywords
{
    private readonly Dictionary<string, List<(string[] Words, string Keyword)>> _byFirst = new(StringComparer.Ordinal);

    /// <exception cref="Worlds.Packs.PackException">The file is at fault; names file and line.</exception>
    public PriorityKeywords(RuleFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var root = files.Read("priority_keywords.yaml");
        root.Only("keywords");
        foreach (var item in root["keywords"].Items)
        {
            var words = item.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Folding.Fold).ToArray();
            if (words.Length == 0)
                throw item.Error("A keyword is empty.", "Write a word, or remove the line.");
            if (!_byFirst.TryGetValue(words[0], out var list))
                _byFirst[words[0]] = list = [];
            list.Add((words, item.Text));
            list.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length));
        }
    }

    /// <summary>The keywords in a text, in the order of their first appearance.</summary>
    public IReadOnlyList<PriorityKeyword> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = Words(text);
        var found = new List<PriorityKeyword>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count;)
        {
            var taken = 1;
            if (_byFirst.TryGetValue(words[i].Folded, out var candidates))
            {
                foreach (var (parts, keyword) in candidates)
                {
                    if (!StandsAt(words, i, parts))
                        continue;
                    taken = parts.Length;
                    var start = words[i].Span.Start;
                    if (known.Add(string.Join(' ', parts)))
                        found.Add(new PriorityKeyword(keyword, start, text[start..words[i + taken - 1].Span.End]));
                    break;
                }
            }

            i += taken;
        }

        return found;
    }

    private static bool StandsAt(List<(TextSpan Span, string Folded)> words, int at, string[] parts)
    {
        if (at + parts.Length > words.Count)
            return false;
        for (var i = 1; i < parts.Length; i++)
        {
            // Words of one keyword stand side by side: one sign between them at most.
            if (words[at + i].Folded != parts[i] || words[at + i].Span.Start - words[at + i - 1].Span.End > 1)
                return false;
        }

        return true;
    }

    private static List<(TextSpan Span, string Folded)> Words(string text)
    {
        var words = new List<(TextSpan, string)>();
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || Folding.IsPassedOver(text[i]) || text[i] == '_'))
                i++;
            if (i - start <= 40)
                words.Add((new TextSpan(start, i - start), Folding.Fold(text[start..i])));
        }

        return words;
    }
}
