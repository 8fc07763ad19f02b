using TicketWorld.Support.Analysis.Evidence;

namespace TicketWorld.Support.Extraction;

/// <summary>Words that are no names: a name is mostly a word that nobody else writes, or two ordinary ones in one.</summary>
internal sealed class OrdinaryWords
{
    private const int LongestWord = 48;

    /// <summary>Shorter parts stand in most words by chance.</summary>
    private const int ShortestPart = 3;

    private readonly HashSet<ulong> _hashes = [];

    /// <param name="words">The words, in small letters without accents.</param>
    public OrdinaryWords(IEnumerable<string> words)
    {
        foreach (var word in words)
            _hashes.Add(Hash.Of(word));
    }

    public WordKind KindOf(ReadOnlySpan<char> word)
    {
        Span<char> folded = stackalloc char[LongestWord];
        var length = WordBook.Fold(word, folded);
        if (length <= 0)
            return WordKind.Unknown;
        folded = folded[..length];
        if (_hashes.Contains(Hash.Of(folded)))
            return WordKind.Ordinary;
        for (var cut = ShortestPart; cut <= length - ShortestPart; cut++)
        {
            if (_hashes.Contains(Hash.Of(folded[..cut])) && _hashes.Contains(Hash.Of(folded[cut..])))
                return WordKind.Compound;
        }

        return WordKind.Unknown;
    }
}
