using System.Runtime.CompilerServices;

namespace TicketWorld.Worlds.Verification;

/// <summary>
/// Finds the longest of many phrases that begins with a word of a text. A phrase is looked up by the hash of its first two
/// words, or of its first when it has one, so that most words of a text are settled by one probe. Immutable.
/// </summary>
internal sealed class PhraseTable
{
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    private readonly Group[] _one;
    private readonly Group[] _two;

    /// <summary>Hashes of first words that phrases of two words and more begin with, a bit each.</summary>
    private readonly ulong[] _leads = new ulong[256];

    /// <summary>Phrases that begin with neither letter nor digit, the longest first.</summary>
    private readonly Phrase[] _odd;

    /// <param name="phrases">Lower-cased phrases; of equal ones the first counts.</param>
    public PhraseTable(IEnumerable<KeyValuePair<string, int>> phrases)
    {
        var all = phrases.Where(p => p.Key.Length > 0).DistinctBy(p => p.Key, StringComparer.Ordinal).Select(p => new Phrase(p.Key, p.Value)).ToArray();
        _odd = [.. all.Where(p => !PhraseTrie.IsWord(p.Text[0])).OrderByDescending(p => p.Text.Length)];
        var words = all.Where(p => PhraseTrie.IsWord(p.Text[0])).ToLookup(p => Second(p.Text, First(p.Text, 0, out _), out _) > 0);
        _one = Table(words[false], text => Word(text, First(text, 0, out var hash), hash));
        _two = Table(words[true], text =>
        {
            var end = Second(text, First(text, 0, out var lead), out var hash);
            _leads[lead >> 6 & 255] |= 1UL << (int)(lead & 63);
            return Word(text, end, hash ^ lead * Prime);
        });
    }

    /// <summary>The same phrases as hasty people write them: <c>dont</c> for <c>don't</c>.</summary>
    public static IEnumerable<KeyValuePair<string, int>> WithoutApostrophes(IEnumerable<KeyValuePair<string, int>> phrases) =>
        phrases.Where(p => p.Key.Contains('\'', StringComparison.Ordinal)).Select(p => KeyValuePair.Create(p.Key.Replace("'", "", StringComparison.Ordinal), p.Value));

    /// <summary>The end of the word that begins at a place, and its hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int First(ReadOnlySpan<char> lower, int start, out uint hash)
    {
        hash = Basis;
        var at = start;
        while (at < lower.Length && PhraseTrie.IsWord(lower[at]))
            hash = (hash ^ lower[at++]) * Prime;
        return at;
    }

    /// <summary>The payload of the longest phrase that begins with a word and ends at a boundary, or -1.</summary>
    /// <param name="lower">The text in lower case.</param>
    /// <param name="start">Where the word begins.</param>
    /// <param name="wordEnd">Where it ends.</param>
    /// <param name="hash">Its hash, from <see cref="First"/>.</param>
    /// <param name="end">Where the phrase ends.</param>
    public int Longest(ReadOnlySpan<char> lower, int start, int wordEnd, uint hash, out int end)
    {
        if ((_leads[hash >> 6 & 255] >> (int)(hash & 63) & 1) != 0)
        {
            var secondEnd = Second(lower, wordEnd, out var second);
            if (secondEnd > 0 && Find(_two, lower, start, secondEnd, second ^ hash * Prime, out end) is var found and >= 0)
                return found;
        }

        return Find(_one, lower, start, wordEnd, hash, out end);
    }

    /// <summary>The same for a phrase that begins with a sign.</summary>
    public int LongestOdd(ReadOnlySpan<char> lower, int start, out int end) => Longest(_odd, lower, start, out end);

    private static int Find(Group[] table, ReadOnlySpan<char> lower, int start, int keyEnd, uint hash, out int end)
    {
        for (var slot = hash; ; slot++)
        {
            ref readonly var group = ref table[slot & (uint)(table.Length - 1)];
            if (group.Phrases is null)
                break;
            if (group.Hash == hash && lower[start..keyEnd].SequenceEqual(group.Key))
                return Longest(group.Phrases, lower, start, out end);
        }

        end = start;
        return -1;
    }

    private static int Longest(Phrase[] phrases, ReadOnlySpan<char> lower, int start, out int end)
    {
        foreach (var phrase in phrases)
        {
            end = start + phrase.Text.Length;
            if (end <= lower.Length && lower[start..end].SequenceEqual(phrase.Text) && PhraseTrie.IsBoundary(lower, end))
                return phrase.Payload;
        }

        end = start;
        return -1;
    }

    /// <summary>The end of the word after the one that ends at a place, and its hash; 0 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Second(ReadOnlySpan<char> lower, int firstEnd, out uint hash)
    {
        var at = firstEnd;
        while (at < lower.Length && !PhraseTrie.IsWord(lower[at]))
            at++;
        var end = First(lower, at, out hash);
        return end > at ? end : 0;
    }

    private static (string Key, uint Hash) Word(string text, int end, uint hash) => (text[..end], hash);

    private static Group[] Table(IEnumerable<Phrase> phrases, Func<string, (string Key, uint Hash)> keyOf)
    {
        var groups = phrases.GroupBy(p => keyOf(p.Text)).ToArray();
        var size = 16;
        while (size < groups.Length * 4)
            size *= 2;
        var table = new Group[size];
        foreach (var group in groups)
        {
            var slot = group.Key.Hash;
            while (table[slot & (uint)(size - 1)].Phrases is not null)
                slot++;
            table[slot & (uint)(size - 1)] = new Group(group.Key.Hash, group.Key.Key, [.. group.OrderByDescending(p => p.Text.Length)]);
        }

        return table;
    }

    private readonly record struct Phrase(string Text, int Payload);

    /// <summary>The phrases that begin with the same words, the longest first.</summary>
    private readonly record struct Group(uint Hash, string Key, Phrase[] Phrases);
}
