using TicketWorld.Worlds.Messages;

namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>
/// Finds phrases in which two wordings overlap: a reader takes the leftmost, and what begins inside of it is not read. Where that is another
/// answer to the same question, or a target marker, the text may be read as something else than its author meant.
/// </summary>
internal static class CueOverlaps
{
    public static void Check(GrammarRules grammar, Vocabulary vocabulary, PackNode file, FindingList findings)
    {
        var scanner = new CueScanner(vocabulary);
        var markers = vocabulary.TargetMarkers.ToHashSet(StringComparer.Ordinal);
        foreach (var rule in grammar.Rules.Where(r => !r.IsQuoted))
        {
            foreach (var (alternative, index) in rule.Alternatives.Select((a, i) => (a, i)))
            {
                foreach (var segment in grammar.SegmentsOf(alternative))
                {
                    if (segment.Kind == SegmentKind.Literal && Find(scanner, markers, grammar.Literals[segment.Index].Text.ToLowerInvariant()) is var (read, hidden))
                        findings.Warn("overlapping_cues", file["rules"][rule.Name].Items[index], $"In '{grammar.Literals[segment.Index].Text}' the cue '{read}' is read, and '{hidden}', which begins inside of it, is not.", "Word it otherwise, or make the whole a cue of its own.");
                }
            }
        }
    }

    private static (string Read, string Hidden)? Find(CueScanner scanner, HashSet<string> markers, string text)
    {
        foreach (var hit in scanner.Find(text))
        {
            var end = hit.Start + hit.Length;
            for (var at = hit.Start + 1; at < end; at++)
            {
                if (char.IsLetterOrDigit(text[at - 1]) || scanner.Find(text[at..]) is not [{ Start: 0 } inside, ..] || at + inside.Length <= end)
                    continue;
                var hidden = text.Substring(at, inside.Length);
                if (hit.Cue is { } cue && (inside.Cue is { } other ? other.Fact == cue.Fact && other.Value != cue.Value : markers.Contains(hidden)))
                    return (text.Substring(hit.Start, hit.Length), hidden);
            }
        }

        return null;
    }
}
