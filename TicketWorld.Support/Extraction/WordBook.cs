using TicketWorld.Support.Analysis.Evidence;

namespace TicketWorld.Support.Extraction;

/// <summary>What a word means here.</summary>
/// <param name="Month">1 to 12, or 0.</param>
/// <param name="Currency">Index of a currency plus one, or 0.</param>
internal readonly record struct WordEntry(Sense Senses, byte Month, byte Currency)
{
    public WordEntry With(WordEntry other) =>
        new(Senses | other.Senses, Math.Max(Month, other.Month), Math.Max(Currency, other.Currency));
}

/// <summary>
/// The word lists, looked up without regard to case and accents. A word with a star at its end stands for all that begin so, with a star
/// at its start for all that end so. Looking up allocates nothing and takes time bounded by the number of lengths of starred words.
/// </summary>
internal sealed class WordBook
{
    /// <summary>Words above this length are in no list.</summary>
    private const int LongestWord = 48;

    /// <summary>A star may not stand for nearly everything.</summary>
    public const int ShortestStem = 3;

    private readonly Dictionary<ulong, WordEntry> _words = [];
    private readonly Stems _beginnings = new();
    private readonly Stems _endings = new();

    /// <exception cref="FormatException">The word is empty, has two stars, or its stem is too short.</exception>
    public void Add(string word, WordEntry entry)
    {
        var bare = word.Trim('*');
        if (bare.Length == 0 || bare.Contains('*') || (word.StartsWith('*') && word.EndsWith('*')))
            throw new FormatException("A word is letters with at most one star, at its start or its end.");
        if (bare.Length != word.Length && bare.Length < ShortestStem)
            throw new FormatException($"A word with a star needs at least {ShortestStem} letters.");
        Span<char> folded = stackalloc char[LongestWord];
        var length = Fold(bare, folded);
        if (length < 0)
            throw new FormatException($"A word has at most {LongestWord} letters.");
        folded = folded[..length];
        if (word.StartsWith('*'))
        {
            folded.Reverse();
            _endings.Add(folded, entry);
        }
        else if (word.EndsWith('*'))
        {
            _beginnings.Add(folded, entry);
        }
        else
        {
            var key = Hash.Of(folded);
            _words[key] = _words.TryGetValue(key, out var known) ? known.With(entry) : entry;
        }
    }

    public WordEntry Find(ReadOnlySpan<char> word)
    {
        Span<char> folded = stackalloc char[LongestWord];
        var length = Fold(word, folded);
        if (length <= 0)
            return default;
        folded = folded[..length];
        _words.TryGetValue(Hash.Of(folded), out var entry);
        entry = _beginnings.Find(folded, entry);
        folded.Reverse();
        return _endings.Find(folded, entry);
    }

    /// <summary>Small letters without accents; -1 for a word that is too long.</summary>
    internal static int Fold(ReadOnlySpan<char> word, Span<char> folded)
    {
        var length = 0;
        foreach (var c in word)
        {
            if (length + 2 > folded.Length)
                return -1;
            switch (c)
            {
                case >= '\u0300' and <= '\u036f':
                    continue;
                case 'ß':
                    folded[length++] = 's';
                    folded[length++] = 's';
                    continue;
                case 'œ' or 'Œ':
                    folded[length++] = 'o';
                    folded[length++] = 'e';
                    continue;
                case 'æ' or 'Æ':
                    folded[length++] = 'a';
                    folded[length++] = 'e';
                    continue;
                case '’':
                    folded[length++] = '\'';
                    continue;
                default:
                    folded[length++] = c < 0x80 ? char.ToLowerInvariant(c) : Plain(char.ToLowerInvariant(c));
                    continue;
            }
        }

        return length;
    }

    private static char Plain(char c) => c switch
    {
        'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' or 'ā' or 'ą' => 'a',
        'ç' or 'ć' or 'č' => 'c',
        'è' or 'é' or 'ê' or 'ë' or 'ē' or 'ę' => 'e',
        'ì' or 'í' or 'î' or 'ï' or 'ī' => 'i',
        'ñ' or 'ń' => 'n',
        'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ø' or 'ō' => 'o',
        'ù' or 'ú' or 'û' or 'ü' or 'ū' => 'u',
        'ý' or 'ÿ' => 'y',
        _ => c,
    };

    /// <summary>Beginnings of words, tried by length, and only where the first letters are those of any.</summary>
    private sealed class Stems
    {
        private readonly Dictionary<ulong, WordEntry> _stems = [];
        private readonly bool[] _lengths = new bool[LongestWord + 1];
        private readonly bool[] _starts = new bool[4096];
        private int _longest;

        public void Add(ReadOnlySpan<char> stem, WordEntry entry)
        {
            var key = Hash.Of(stem);
            _stems[key] = _stems.TryGetValue(key, out var known) ? known.With(entry) : entry;
            _lengths[stem.Length] = true;
            _longest = Math.Max(_longest, stem.Length);
            _starts[Start(stem)] = true;
        }

        public WordEntry Find(ReadOnlySpan<char> word, WordEntry entry)
        {
            if (word.Length < ShortestStem || !_starts[Start(word)])
                return entry;
            var hash = Hash.Of(word[..(ShortestStem - 1)]);
            var longest = Math.Min(_longest, word.Length);
            for (var length = ShortestStem; length <= longest; length++)
            {
                hash = Hash.Next(hash, word[length - 1]);
                if (_lengths[length] && _stems.TryGetValue(hash, out var found))
                    entry = entry.With(found);
            }

            return entry;
        }

        private static int Start(ReadOnlySpan<char> word) => ((word[0] * 31 + word[1]) * 31 + word[2]) & 4095;
    }
}
