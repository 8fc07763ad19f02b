using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TicketWorld.Support.Analysis.Reading;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Analysis.Evidence;

/// <summary>Concepts that no list of words holds: a token is one by its form. Their names are those of concepts, in lower case.</summary>
internal enum Given
{
    /// <summary>A number of 3 or more, in digits.</summary>
    Number,

    /// <summary>A number of 10 or more without decimals that is no money.</summary>
    Many,

    /// <summary>A sum of money.</summary>
    Money,

    /// <summary>A sum of at least 100, of <c>R$</c> 500.</summary>
    Hundred,

    /// <summary>A sum of at least 1,000, of <c>R$</c> 5,000.</summary>
    Thousand,

    /// <summary>Letters and digits together.</summary>
    Code,

    /// <summary>A number from 400 to 599 that HTTP knows.</summary>
    Http,

    Url,
    Mail,
}

/// <summary>
/// Words by what they mean. A symbol is a concept of the lexicon (<c>@parcel</c>) or a word that a pattern names; words and concepts are written folded, a
/// star stands for any ending, an underscore for the space between words. A concept's words count in their own language only.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>How many words are remembered per language; further ones are looked up each time.</summary>
    private const int Remembered = 30_000;

    private readonly Dictionary<string, int> _symbols = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly HashSet<int> _grammar = [];
    private readonly WordTable[] _tables = [.. Languages.All.Select(_ => new WordTable())];

    private Lexicon()
    {
    }

    public int Count => _names.Count;

    /// <summary>Symbols below this are concepts.</summary>
    public int Concepts { get; private set; }

    public static Lexicon Read(PackNode root)
    {
        root.Only("grammar", "concepts");
        var lexicon = new Lexicon();
        foreach (var kind in Enum.GetNames<Given>())
            lexicon.Add("@" + kind.ToLowerInvariant());
        foreach (var (name, node) in root["concepts"].Entries)
        {
            if (!lexicon._symbols.ContainsKey("@" + name))
                lexicon.Add("@" + name);
        }

        lexicon.Concepts = lexicon._names.Count;
        foreach (var (name, node) in root["concepts"].Entries)
        {
            node.Only([Languages.Any, .. Languages.All]);
            var symbol = lexicon._symbols["@" + name];
            foreach (var (language, words) in node.Entries)
            {
                foreach (var word in words.Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
                {
                    if (word[0] == '@')
                        throw words.Error($"'{word}' is no word.", "A concept holds words; a pattern may name several concepts.");
                    lexicon.AddWord(word, symbol, language, words);
                }
            }
        }

        foreach (var name in root["grammar"].Items)
            lexicon._grammar.Add(lexicon.Symbol("@" + name.Text, name));
        foreach (var given in (ReadOnlySpan<Given>)[Given.Number, Given.Many, Given.Money, Given.Hundred, Given.Thousand, Given.Url, Given.Mail])
            lexicon._grammar.Add((int)given);
        return lexicon;
    }

    /// <summary>Whether a concept says how something is said, not what.</summary>
    public bool IsGrammar(int symbol) => _grammar.Contains(symbol);

    public string NameOf(int symbol) => _names[symbol];

    /// <summary>The symbol of a concept, or of a word, which is made if it is new.</summary>
    public int Symbol(string text, PackNode node)
    {
        if (_symbols.TryGetValue(text, out var known))
            return known;
        if (text[0] == '@')
            throw node.Error($"There is no concept '{text}'.", "Use one of the lexicon, or add it there.");
        var symbol = Add(text);
        AddWord(text, symbol, Languages.Any, node);
        return symbol;
    }

    /// <summary>What a word is, in a language.</summary>
    public Word Find(ReadOnlySpan<char> word, int language) => _tables[language].Find(word);

    /// <summary>The table of word sequences of a language.</summary>
    public IReadOnlyDictionary<(int Node, ulong Word), int> Sequences(int language) => _tables[language].Steps;

    public int[] SequenceSymbols(int language, int node) => _tables[language].Ends.GetValueOrDefault(node, []);

    private int Add(string name)
    {
        _symbols.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }

    private void AddWord(string word, int symbol, string language, PackNode node)
    {
        var folded = Folding.Fold(word);
        if (folded.Length == 0 || folded == "*" || folded.IndexOf('*') is >= 0 and var star && star != folded.Length - 1)
            throw node.Error($"'{word}' is no word.", "Write a word, with a star at its end for any ending, or several joined by underscores.");
        if (language == Languages.Any)
        {
            foreach (var table in _tables)
                table.Add(folded, symbol);
        }
        else
        {
            _tables[Languages.IndexOf(language)].Add(folded, symbol);
        }
    }

    /// <summary>A folded word with the symbols that it alone stands for.</summary>
    /// <param name="Hash">Of the folded word.</param>
    /// <param name="Stem">Of its first <see cref="StemLength"/> characters.</param>
    /// <param name="Root">Of its first <see cref="RootLength"/> characters.</param>
    /// <param name="Parts">Hashes of all its stretches of <see cref="PartLength"/> characters, its ends marked by &lt; and &gt;: compounds and other forms share them.</param>
    internal sealed record Word(string Text, ulong Hash, ulong Stem, ulong Root, int[] Symbols, ulong[] Parts)
    {
        public const int StemLength = 5;
        public const int RootLength = 4;
        private const int PartLength = 4;

        /// <summary>What a reader has found out of this word and keeps for the next time; of one reader at most.</summary>
        public object? Kept { get; set; }

        public string Part(int part) => Marked(Text).Substring(part, PartLength);

        public static ulong[] PartsOf(string text)
        {
            var marked = Marked(text);
            var parts = new ulong[Math.Max(0, marked.Length - PartLength + 1)];
            for (var i = 0; i < parts.Length; i++)
                parts[i] = Evidence.Hash.Of(marked.AsSpan(i, PartLength));
            return parts;
        }

        private static string Marked(string text) => text.Length > 2 ? $"<{text}>" : "";
    }

    private sealed class WordTable
    {
        private const int LongestPrefix = 20;

        private readonly Dictionary<ulong, List<int>> _words = [];
        private readonly Dictionary<ulong, List<int>> _prefixes = [];
        private readonly ConcurrentDictionary<string, Word> _found = new(StringComparer.Ordinal);

        public Dictionary<(int Node, ulong Word), int> Steps { get; } = [];

        public Dictionary<int, int[]> Ends { get; } = [];

        public void Add(string word, int symbol)
        {
            var parts = word.Split('_', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length > 1)
            {
                var node = 0;
                foreach (var part in parts)
                {
                    ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(Steps, (node, Hash.Of(part)), out _);
                    node = next == 0 ? next = Steps.Count : next;
                }

                Ends[node] = [.. Ends.GetValueOrDefault(node, []), symbol];
                return;
            }

            var list = word[^1] == '*' ? _prefixes : _words;
            ref var symbols = ref CollectionsMarshal.GetValueRefOrAddDefault(list, Hash.Of(word.AsSpan().TrimEnd('*')), out _);
            symbols ??= [];
            if (!symbols.Contains(symbol))
                symbols.Add(symbol);
        }

        public Word Find(ReadOnlySpan<char> folded)
        {
            var known = _found.GetAlternateLookup<ReadOnlySpan<char>>();
            if (known.TryGetValue(folded, out var word))
                return word;
            word = Make(folded.ToString());
            if (_found.Count < Remembered)
                _found.TryAdd(word.Text, word);
            return word;
        }

        private Word Make(string text)
        {
            var symbols = new List<int>();
            if (_words.TryGetValue(Hash.Of(text), out var own))
                symbols.AddRange(own);
            for (var length = 1; length <= Math.Min(LongestPrefix, text.Length); length++)
            {
                if (_prefixes.TryGetValue(Hash.Of(text.AsSpan(0, length)), out var more))
                    symbols.AddRange(more);
            }

            return new Word(text, Hash.Of(text), Start(Word.StemLength), Start(Word.RootLength), [.. symbols.Distinct()], Word.PartsOf(text));

            ulong Start(int length) => Hash.Of(text.AsSpan(0, Math.Min(length, text.Length)));
        }
    }
}
