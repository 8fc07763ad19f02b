using TicketWorld.Support.Analysis.Evidence;
using TicketWorld.Support.Analysis.Reading;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Analysis;

/// <summary>What an answer shows of the text for itself: keywords, what presses, and a sentence for a person.</summary>
internal sealed class Findings
{
    /// <summary>That nothing is said is seen at once.</summary>
    public const double EmptyConfidence = 0.95;

    private const int MostKeywords = 12;

    /// <summary>Signals that press or weigh.</summary>
    private static readonly string[] Pressing = ["urgent", "pressing", "standstill", "danger"];

    private readonly AnalyserParts _parts;
    private readonly int[] _pressing;
    private readonly bool[] _telling;

    public Findings(AnalyserParts parts)
    {
        _parts = parts;
        var names = parts.Observer.SignalNames;
        _pressing = [.. Pressing.Select(name => names.ToList().IndexOf(name)).Where(index => index >= 0)];
        _telling = [.. Enumerable.Range(0, parts.Reader.Lexicon.Concepts).Select(symbol => !parts.Reader.Lexicon.IsGrammar(symbol))];
    }

    /// <summary>Whether the subject alone names something to be settled.</summary>
    public static bool NamesMatter(Observations seen)
    {
        for (var topic = 0; topic < seen.Topics.Length; topic++)
        {
            if (seen.Topics[topic] > 0 && (Topic)topic is not (Topic.Question or Topic.HowTo or Topic.Praise))
                return true;
        }

        return false;
    }

    /// <summary>The words that speak for the topics and their categories, as they stand in the text, each once.</summary>
    public List<string> Keywords(ReadMessage read, Observations seen, Topic topic, List<Topic> also)
    {
        var spans = new List<TextSpan>();
        foreach (var hit in seen.TopicHits)
        {
            if (hit.Weight <= 0 || !Speaks((Topic)hit.Label, topic, also))
                continue;
            for (var i = hit.First; i < hit.First + hit.Count; i++)
            {
                if (Telling(read.Tokens, i) is > 0 and var tokens)
                    spans.Add(read.Tokens.Span(i, Math.Min(tokens, read.Tokens.Count - i)));
            }
        }

        return Texts(read.Message, spans, MostKeywords);
    }

    public List<string> UrgencyIndicators(ReadMessage read, Observations seen)
    {
        var spans = new List<TextSpan>();
        foreach (var hit in seen.SignalHits)
        {
            if (_pressing.Contains(hit.Label))
                spans.Add(read.Tokens.Span(hit.First, hit.Count));
        }

        return Texts(read.Message, spans, MostKeywords);
    }

    public static string Reasoning(Topic topic, Category category, Severity severity, List<string> keywords)
    {
        var about = Names.Topics[(int)topic].Replace('_', ' ');
        var evidence = keywords.Count == 0 ? "no single word decides it" : $"it says {string.Join(", ", keywords.Take(5).Select(word => $"\"{word}\""))}";
        return $"The ticket is about {about} ({Names.Categories[(int)category]}): {evidence}. Its impact is {Names.Severities[(int)severity]}.";
    }

    public static string EmptyReasoning(bool injected) => injected
        ? "The ticket contains only minimal information: beside instructions to its reader, which are passed over, it says nothing."
        : "The ticket contains only minimal information: it does not say what it is about.";

    private bool Speaks(Topic label, Topic topic, List<Topic> also) =>
        label == topic || also.Contains(label) || _parts.Categories.Of(label) is var category && (category == _parts.Categories.Of(topic) || also.Exists(other => _parts.Categories.Of(other) == category));

    /// <summary>How many tokens the longest telling concept at a token spans; 0 without one.</summary>
    private int Telling(ReadTokens tokens, int at)
    {
        var longest = 0;
        foreach (var symbol in tokens.SymbolsAt(at))
        {
            if (symbol.Symbol < _telling.Length && _telling[symbol.Symbol])
                longest = Math.Max(longest, symbol.Tokens);
        }

        return longest;
    }

    private static List<string> Texts(Message message, List<TextSpan> spans, int most)
    {
        var texts = new List<string>();
        foreach (var span in spans.OrderBy(span => span.Start).ThenByDescending(span => span.Length))
        {
            var text = message.Cut(span);
            if (texts.Count < most && !texts.Contains(text, StringComparer.OrdinalIgnoreCase))
                texts.Add(text);
        }

        return texts;
    }
}
