using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Analysis.Reading;
using TicketWorld.Support.Rules;

namespace TicketWorld.Support.Analysis;

/// <summary>Text in a message that instructs its reader, or a machine, instead of telling something.</summary>
/// <param name="Start">Index in the subject, a line break and the body as one text.</param>
public sealed record InjectedText(int Start, int Length);

/// <summary>
/// Finds text that tells the reader or a machine how to label, route or answer. Such text is no content: analysis passes over it, and a pipeline may warn.
/// A stretch between marks (<c>[INST]</c>) goes as a whole; else the sentence, with the sentences after it that go on instructing.
/// </summary>
internal sealed class InjectionFinder
{
    private const int Sentence = 0;
    private const int Paragraph = 1;
    private const int Continuing = 2;

    private readonly PatternSet _patterns;
    private readonly List<(string Open, string Close)> _marks;
    private readonly string[] _lineStarts;

    public InjectionFinder(Lexicon lexicon, RuleFiles files)
    {
        var root = files.Read("injection.yaml");
        root.Only("marks", "line_starts", "sentence", "paragraph", "continuing");
        _marks = root["marks"].Each((item, _) =>
        {
            item.Only("open", "close");
            return (item["open"].Text, item["close"].Text);
        });
        _lineStarts = [.. root["line_starts"].Texts().Select(Folding.Fold)];
        _patterns = new PatternSet(lexicon, root);
        _patterns.Add(Sentence, root["sentence"]);
        _patterns.Add(Paragraph, root["paragraph"]);
        _patterns.Add(Continuing, root["continuing"]);
    }

    /// <summary>The stretches, in order, none inside another.</summary>
    public List<TextSpan> Find(Message message, ReadTokens tokens, int language)
    {
        var spans = new List<TextSpan>();
        AddMarked(message, spans);
        AddLines(message, spans);
        AddSentences(message, tokens, language, spans);
        return Merge(spans);
    }

    private void AddMarked(Message message, List<TextSpan> spans)
    {
        var text = message.Text;
        foreach (var (open, close) in _marks)
        {
            for (var at = text.IndexOf(open, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(open, at + open.Length, StringComparison.OrdinalIgnoreCase))
            {
                var end = text.IndexOf(close, at + open.Length, StringComparison.OrdinalIgnoreCase);
                var line = text.IndexOf('\n', at);
                var stop = end >= 0 ? end + close.Length : line < 0 ? text.Length : line;
                spans.Add(new TextSpan(at, stop - at));
                at = stop - open.Length;
                if (at < 0 || at + open.Length >= text.Length)
                    break;
            }
        }
    }

    private void AddLines(Message message, List<TextSpan> spans)
    {
        if (SubjectLine(message) is { } subject)
            spans.Add(subject);
        foreach (var line in Lines.Of(message))
        {
            var folded = Lines.Fold(message, line, 60).TrimStart('>', '*', ' ', '(', '"', '#', '-', '=');
            if (_lineStarts.Any(start => folded.StartsWith(start, StringComparison.Ordinal)))
                spans.Add(line);
        }
    }

    private TextSpan? SubjectLine(Message message)
    {
        var subject = new TextSpan(0, message.BodyStart - 1);
        var folded = Lines.Fold(message, subject, 60);
        return _lineStarts.Any(start => folded.StartsWith(start, StringComparison.Ordinal)) ? subject : null;
    }

    private void AddSentences(Message message, ReadTokens tokens, int language, List<TextSpan> spans)
    {
        var hits = new List<PatternHit>();
        _patterns.Find(tokens, language, hits);
        if (hits.Count == 0)
            return;
        var kinds = new Dictionary<int, int>();
        foreach (var hit in hits)
        {
            var sentence = tokens.Tokens[hit.First].Sentence;
            var known = kinds.GetValueOrDefault(sentence, Continuing);
            kinds[sentence] = hit.Label == Paragraph || known == Paragraph ? Paragraph : Math.Min(known, hit.Label);
        }

        var bounds = Sentences(tokens);
        for (var i = 0; i < bounds.Count; i++)
        {
            if (!kinds.TryGetValue(bounds[i].Number, out var kind) || kind == Continuing)
                continue;
            var last = i;
            while (last + 1 < bounds.Count && SameParagraph(message, bounds[last].Span, bounds[last + 1].Span)
                && (kind == Paragraph || kinds.ContainsKey(bounds[last + 1].Number)))
                last++;
            spans.Add(new TextSpan(bounds[i].Span.Start, bounds[last].Span.End - bounds[i].Span.Start));
            i = last;
        }
    }

    private static List<(int Number, TextSpan Span)> Sentences(ReadTokens tokens)
    {
        var sentences = new List<(int Number, TextSpan Span)>();
        for (int i = 0, first = 0; i < tokens.Count; i++)
        {
            if (i + 1 < tokens.Count && tokens.Tokens[i + 1].Sentence == tokens.Tokens[i].Sentence)
                continue;
            sentences.Add((tokens.Tokens[i].Sentence, tokens.Span(first, i - first + 1)));
            first = i + 1;
        }

        return sentences;
    }

    private static bool SameParagraph(Message message, TextSpan one, TextSpan next)
    {
        var between = message.Read[one.End..next.Start];
        return next.Start >= message.BodyStart == one.Start >= message.BodyStart && between.Count('\n') < 2;
    }

    private static List<TextSpan> Merge(List<TextSpan> spans)
    {
        spans.Sort((a, b) => a.Start.CompareTo(b.Start));
        var merged = new List<TextSpan>();
        foreach (var span in spans)
        {
            if (merged.Count > 0 && span.Start <= merged[^1].End)
                merged[^1] = new TextSpan(merged[^1].Start, Math.Max(merged[^1].End, span.End) - merged[^1].Start);
            else
                merged.Add(span);
        }

        return merged;
    }
}
