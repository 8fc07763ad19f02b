namespace TicketWorld.Worlds.Messages;

/// <summary>A wording of the vocabulary in a piece of text.</summary>
/// <param name="Cue">The value that it states, or null.</param>
/// <param name="Timing">The time that it states, or null.</param>
/// <param name="IsNegation">Whether it takes what follows back.</param>
internal readonly record struct CueHit(int Start, int Length, Cue? Cue, TimingCue? Timing, bool IsNegation = false);

/// <summary>
/// Finds the wordings of a vocabulary in the literal pieces of phrases, as readers of whole messages do: in lower
/// case, at word boundaries, leftmost first, the longest of those, without overlap.
/// </summary>
internal sealed class CueScanner
{
    private readonly Dictionary<string, List<Entry>> _byFirstWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public CueScanner(Vocabulary vocabulary)
    {
        foreach (var cue in vocabulary.Cues)
            Add(new Entry(cue.Text, cue, null));
        foreach (var timing in vocabulary.Timing)
            Add(new Entry(timing.Text, null, timing));
        foreach (var marker in vocabulary.TargetMarkers)
            Add(new Entry(marker, null, null));
        foreach (var marker in vocabulary.Negations)
            Add(new Entry(marker, null, null, IsNegation: true));

        // Read alone it is the request; so a phrase that holds it is for that request only.
        foreach (var weak in vocabulary.Weak.Where(w => w.Otherwise is not null))
            Add(new Entry(weak.Text, new Cue(vocabulary.RequestFact, weak.Request, weak.Text), null));
        foreach (var list in _byFirstWord.Values)
            list.Sort((a, b) => b.Text.Length.CompareTo(a.Text.Length));
        _lookup = _byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <param name="lower">The text in lower case.</param>
    public List<CueHit> Find(string lower)
    {
        var hits = new List<CueHit>();
        for (var at = 0; at < lower.Length; at++)
        {
            if (!char.IsLetterOrDigit(lower[at]) || (at > 0 && char.IsLetterOrDigit(lower[at - 1])) || Longest(lower, at) is not { } found)
                continue;
            var negated = hits is [.., { IsNegation: true } before] && string.IsNullOrWhiteSpace(lower[(before.Start + before.Length)..at]);
            hits.Add(negated && found.Cue is not null ? new CueHit(at, found.Text.Length, null, null) : new CueHit(at, found.Text.Length, found.Cue, found.Timing, found.IsNegation));
            at += found.Text.Length - 1;
        }

        return hits;
    }

    private Entry? Longest(string lower, int at)
    {
        if (!_lookup.TryGetValue(FirstWord(lower.AsSpan(at)), out var entries))
            return null;
        foreach (var entry in entries)
        {
            var end = at + entry.Text.Length;
            if (end <= lower.Length && string.CompareOrdinal(lower, at, entry.Text, 0, entry.Text.Length) == 0 && (end == lower.Length || !char.IsLetterOrDigit(lower[end])))
                return entry;
        }

        return null;
    }

    private void Add(Entry entry)
    {
        var word = FirstWord(entry.Text).ToString();
        if (!_byFirstWord.TryGetValue(word, out var list))
            _byFirstWord[word] = list = [];
        list.Add(entry);
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
            end++;
        return text[..end];
    }

    private sealed record Entry(string Text, Cue? Cue, TimingCue? Timing, bool IsNegation = false);
}
