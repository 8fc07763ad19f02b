using TicketWorld.Worlds.Messages;

namespace TicketWorld.Worlds.Verification;

/// <summary>
/// Finds in a message that states no request the wording that comes nearest to one. Only such messages are read a second time,
/// so those that say plainly what they want cost nothing here. Immutable.
/// </summary>
internal sealed class WeakRequests
{
    private const int Negation = int.MaxValue;
    private readonly IReadOnlyList<WeakCue> _cues;
    private readonly PhraseTable _phrases;
    private readonly QuotedText _quoted;

    public WeakRequests(Vocabulary vocabulary, QuotedText quoted)
    {
        _cues = vocabulary.Weak;
        _quoted = quoted;
        KeyValuePair<string, int>[] phrases =
        [
            .. _cues.Select((cue, i) => KeyValuePair.Create(cue.Text, i)),
            .. vocabulary.Negations.Select(marker => KeyValuePair.Create(marker, Negation)),
        ];
        _phrases = new PhraseTable([.. phrases, .. PhraseTable.WithoutApostrophes(phrases)]);
    }

    /// <summary>Index of the wording of least rank, of those the first; or -1.</summary>
    public int Find(ReadOnlySpan<char> subject, ReadOnlySpan<char> body) => Find(body, Find(subject, -1));

    private int Find(ReadOnlySpan<char> text, int best)
    {
        var lower = new char[text.Length].AsSpan();
        text.ToLowerInvariant(lower);
        if (_quoted.Blank(lower, out _) is >= 0 and var length)
            lower = lower[..length];
        var negationEnd = -1;
        for (var i = 0; i < lower.Length;)
        {
            if (!PhraseTrie.IsWord(lower[i]))
            {
                i++;
                continue;
            }

            var end = PhraseTable.First(lower, i, out var hash);
            var payload = _phrases.Longest(lower, i, end, hash, out var phraseEnd);
            if (payload == Negation)
                negationEnd = phraseEnd;
            else if (payload >= 0 && (best < 0 || _cues[payload].Rank < _cues[best].Rank) && (negationEnd < 0 || !lower[negationEnd..i].IsWhiteSpace()))
                best = payload;
            i = payload < 0 ? end : phraseEnd;
        }

        return best;
    }
}
