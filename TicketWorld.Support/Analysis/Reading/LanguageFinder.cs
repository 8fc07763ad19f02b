using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Analysis.Reading;

/// <summary>Tells the language of a text by its small words and by pieces of words.</summary>
internal sealed class LanguageFinder
{
    /// <summary>Words after which a longer text says nothing new.</summary>
    private const int Enough = 400;

    private readonly Dictionary<string, float[]> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, float[]> _pieces = new(StringComparer.Ordinal);
    private readonly int _shortest = int.MaxValue;
    private readonly int _longest;

    public LanguageFinder(RuleFiles files)
    {
        var root = files.Read("languages.yaml");
        root.Only("languages");
        foreach (var (language, node) in root["languages"].Entries)
        {
            var index = Languages.IndexOf(language);
            if (index < 0)
                throw node.Error($"'{language}' is no language that is read.", $"Use {string.Join(", ", Languages.All)}.");
            node.Only("words", "pieces");
            foreach (var word in node["words"].Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
                Row(_words, word)[index] = 1;
            foreach (var piece in node["pieces"].Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            {
                Row(_pieces, piece)[index] = 0.6f;
                (_shortest, _longest) = (Math.Min(_shortest, piece.Length), Math.Max(_longest, piece.Length));
            }
        }
    }

    /// <summary>Index of the language, and how sure that is.</summary>
    public (int Language, double Confidence) Find(Message message, List<Token> tokens)
    {
        Span<double> scores = stackalloc double[Languages.All.Count];
        Span<char> word = stackalloc char[66];
        var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        var pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        var seen = 0;
        foreach (var token in tokens)
        {
            if (token.Kind != TokenKind.Word || seen >= Enough)
                continue;
            seen++;
            var text = message.Read.Slice(token.Span.Start, Math.Min(60, token.Span.Length));
            var length = 0;
            word[length++] = '^';
            foreach (var c in text)
            {
                if (!Folding.IsPassedOver(c))
                    word[length++] = char.ToLowerInvariant(c);
            }

            word[length++] = '$';
            if (words.TryGetValue(word[1..(length - 1)], out var row))
                Add(scores, row);
            for (var start = 0; start < length; start++)
            {
                for (var size = _shortest; size <= _longest && start + size <= length; size++)
                {
                    if (pieces.TryGetValue(word.Slice(start, size), out row))
                        Add(scores, row);
                }
            }
        }

        var best = 0;
        double sum = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            sum += scores[i];
            if (scores[i] > scores[best])
                best = i;
        }

        double second = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (i != best)
                second = Math.Max(second, scores[i]);
        }

        // One hit more than the next language says little, ten say all.
        var margin = scores[best] - second;
        return (best, sum == 0 ? 0.5 : Math.Min(0.99, 0.5 + 0.5 * margin / (margin + 1.5)));
    }

    private static void Add(Span<double> scores, float[] row)
    {
        for (var i = 0; i < row.Length; i++)
            scores[i] += row[i];
    }

    private static float[] Row(Dictionary<string, float[]> rows, string key)
    {
        if (!rows.TryGetValue(key, out var row))
            rows[key] = row = new float[Languages.All.Count];
        return row;
    }
}
