using System.Runtime.InteropServices;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis.Evidence;

/// <summary>Where a pattern was found.</summary>
/// <param name="Label">Index of the label that the pattern speaks for.</param>
/// <param name="First">The first token.</param>
/// <param name="Count">How many tokens it spans.</param>
internal readonly record struct PatternHit(int Label, float Weight, int First, int Count);

/// <summary>
/// Patterns of words, each for a label with a weight. A pattern is a list of elements; an element is a word or concept, or several with bars between
/// (<c>lost|gone|@missing</c>), with a question mark if it may be absent. <c>..</c> skips up to 4 tokens, <c>...</c> up to 9; <c>a ~ b</c> takes both within 7
/// tokens in either order. No pattern leaves its sentence. A number before it is its weight (1 without). A pattern that does not itself deny is not found
/// behind a denial (<c>@not</c>) in the same clause.
/// </summary>
internal sealed class PatternSet
{
    private const int ShortGap = 4;
    private const int LongGap = 9;
    private const int PairGap = 7;
    private const int DenialReach = 3;

    private readonly Lexicon _lexicon;
    private readonly int _not;
    private readonly List<Pattern> _patterns = [];

    /// <summary>By element, the symbols that it may be: one bit for each.</summary>
    private readonly List<ulong[]> _elements = [];

    /// <summary>By language and first symbol, the patterns that may start with it.</summary>
    private readonly Dictionary<int, List<int>>[] _byFirst = [.. Languages.All.Select(_ => new Dictionary<int, List<int>>())];

    public PatternSet(Lexicon lexicon, PackNode node)
    {
        _lexicon = lexicon;
        _not = lexicon.Symbol("@not", node);
    }

    /// <summary>Adds the patterns of one label: lists by language, or one list for all.</summary>
    public void Add(int label, PackNode node)
    {
        if (node.IsList)
        {
            AddList(label, node, -1);
            return;
        }

        node.Only([Languages.Any, .. Languages.All]);
        foreach (var (language, list) in node.Entries)
            AddList(label, list, Languages.IndexOf(language));
    }

    /// <summary>Every pattern that is found, in the order of first tokens. A label may be found several times.</summary>
    public void Find(ReadTokens tokens, int language, List<PatternHit> hits)
    {
        var byFirst = _byFirst[language];
        for (var i = 0; i < tokens.Count; i++)
        {
            var symbols = tokens.SymbolsAt(i);
            foreach (var at in symbols)
            {
                if (!byFirst.TryGetValue(at.Symbol, out var candidates))
                    continue;
                foreach (var index in CollectionsMarshal.AsSpan(candidates))
                {
                    var pattern = _patterns[index];
                    var end = Match(tokens, pattern.Steps, 1, i + at.Tokens, tokens.Tokens[i].Sentence);
                    if (end > 0 && (pattern.Denies || !Denied(tokens, i)))
                        hits.Add(new PatternHit(pattern.Label, pattern.Weight, i, end - i));
                }
            }
        }
    }

    /// <summary>Whether a denial stands close before a token in its clause.</summary>
    public bool Denied(ReadTokens tokens, int token)
    {
        for (var i = token - 1; i >= 0 && i >= token - DenialReach && tokens.Tokens[i].Clause == tokens.Tokens[token].Clause; i--)
        {
            foreach (var at in tokens.SymbolsAt(i))
            {
                if (at.Symbol == _not)
                    return true;
            }
        }

        return false;
    }

    /// <returns>The token after the match, or 0.</returns>
    private int Match(ReadTokens tokens, Step[] steps, int step, int at, int sentence)
    {
        if (step == steps.Length)
            return at;
        var (element, gap, optional) = steps[step];
        var symbols = _elements[element];
        for (var i = at; i <= at + gap && i < tokens.Count && tokens.Tokens[i].Sentence == sentence; i++)
        {
            foreach (var symbol in tokens.SymbolsAt(i))
            {
                if (Holds(symbols, symbol.Symbol) && Match(tokens, steps, step + 1, i + symbol.Tokens, sentence) is > 0 and var end)
                    return end;
            }
        }

        return optional ? Match(tokens, steps, step + 1, at, sentence) : 0;
    }

    private void AddList(int label, PackNode list, int language)
    {
        foreach (var item in list.Items)
        {
            var parts = item.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var weight = 1f;
            var from = 0;
            if (parts.Length > 1 && float.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out var given) && Math.Abs(given) < 100)
                (weight, from) = (given, 1);
            if (parts.Length > from + 2 && parts[from + 1] == "~")
            {
                if (parts.Length != from + 3)
                    throw item.Error($"'{item.Text}' joins more than two elements by '~'.", "Write 'a ~ b'.");
                Add(item, label, weight, language, [parts[from], "~", parts[from + 2]]);
                Add(item, label, weight, language, [parts[from + 2], "~", parts[from]]);
                continue;
            }

            Add(item, label, weight, language, parts.AsSpan(from));
        }
    }

    private void Add(PackNode item, int label, float weight, int language, ReadOnlySpan<string> parts)
    {
        var steps = new List<Step>();
        int[]? first = null;
        var gap = 0;
        foreach (var part in parts)
        {
            switch (part)
            {
                case "..":
                    gap = ShortGap;
                    continue;
                case "...":
                    gap = LongGap;
                    continue;
                case "~":
                    gap = PairGap;
                    continue;
            }

            var optional = part[^1] == '?';
            var words = part.TrimEnd('?').Split('|', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                throw item.Error($"'{item.Text}' has an element without a word.", "Write a word, a concept, or several with bars between.");
            _elements.Add(Bits([.. words.Select(word => _lexicon.Symbol(word, item))]));
            first ??= [.. words.Select(word => _lexicon.Symbol(word, item)).Distinct()];
            steps.Add(new Step(_elements.Count - 1, gap, optional));
            gap = 0;
        }

        if (steps.Count == 0 || steps[0].Optional || gap > 0)
            throw item.Error($"'{item.Text}' is no pattern.", "A pattern starts and ends with a word or concept, and the first must not be optional.");
        _patterns.Add(new Pattern(label, weight, steps.Exists(step => Holds(_elements[step.Element], _not)), [.. steps]));
        for (var at = 0; at < _byFirst.Length; at++)
        {
            if (language >= 0 && language != at)
                continue;
            foreach (var symbol in first!)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_byFirst[at], symbol, out _);
                (list ??= []).Add(_patterns.Count - 1);
            }
        }
    }

    private static ulong[] Bits(int[] symbols)
    {
        var bits = new ulong[symbols.Max() / 64 + 1];
        foreach (var symbol in symbols)
            bits[symbol / 64] |= 1ul << symbol;
        return bits;
    }

    private static bool Holds(ulong[] bits, int symbol) => symbol >> 6 < bits.Length && (bits[symbol >> 6] >> symbol & 1) != 0;

    private readonly record struct Step(int Element, int Gap, bool Optional);

    private sealed record Pattern(int Label, float Weight, bool Denies, Step[] Steps);
}
