using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Analysis;

/// <summary>
/// Understands messages by rules. A message is read (what is not the writer's own text is passed over), patterns of concepts are looked for, and learnt
/// weights turn what was seen into a probability for each topic, severity and sentiment; rules of precedence have the last word on the topic, and the table of
/// severities is one voice among the weights. The same text gives the same answer, on every machine. Safe for any number of threads.
/// </summary>
public sealed class RuleAnalyser : ITicketAnalyser, IInjectionFinder
{
    /// <summary>A further topic has at least this part of the probability.</summary>
    private const double AlsoFrom = 0.25;

    private const int MostAlso = 3;
    private const int MostSecondary = 2;

    /// <summary>Severity is weighed beside each topic of at least this probability.</summary>
    private const double SeverityFrom = 0.15;

    private readonly AnalyserParts _parts;
    private readonly Weights _weights;
    private readonly Findings _findings;

    /// <exception cref="Worlds.Packs.PackException">A rule file is at fault; names file and line.</exception>
    public RuleAnalyser(RuleFiles files)
        : this(new AnalyserParts(files), Weights.Read(files))
    {
    }

    internal RuleAnalyser(AnalyserParts parts, Weights weights)
    {
        (_parts, _weights) = (parts, weights);
        _findings = new Findings(parts);
    }

    public int CountInjections(TicketText text) => _parts.Reader.Read(text).Injected.Count;

    public TicketAnalysis Analyse(TicketText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var read = _parts.Reader.Read(text);
        var seen = _parts.Observer.Observe(read);
        if (WithoutMatter(read, seen) is { } severity)
            return Empty(read, severity);

        using var features = new FeatureList();
        _parts.Features.AddBeyondWords(read, seen, features);
        Span<double> scores = stackalloc double[Weights.Classes];
        scores.Clear();
        _weights.Model.ScoreWords(read, scores);
        _weights.Model.Score(features, scores);
        var topics = scores[..Weights.SeverityAt];
        LinearModel.Softmax(topics);
        var found = BestTopic(topics);
        var topic = _parts.Precedence.Apply(found, seen);
        if (topic != found)
            (topics[(int)topic], topics[(int)found]) = (topics[(int)topic] + topics[(int)found], 0);
        var also = Also(topic, found, topics, seen);
        var category = _parts.Categories.Of(topic);

        var severities = scores[Weights.SeverityAt..Weights.SentimentAt];
        WeighSeverities(topics, severities, read, seen, features);
        var grave = (Severity)Best(severities);

        var sentiments = scores[Weights.SentimentAt..Weights.UrgentAt];
        LinearModel.Softmax(sentiments);
        var feeling = (Sentiment)Best(sentiments);

        var urgent = scores[Weights.UrgentAt..];
        var keywords = _findings.Keywords(read, seen, topic, also);
        return new TicketAnalysis
        {
            Topic = topic,
            TopicConfidence = _weights.Calibrations.Topic.Of(topics[(int)topic]),
            Also = also,
            Category = category,
            CategoryConfidence = _weights.Calibrations.Category.Of(Sum(category, topics)),
            SecondaryCategories = Secondary(category, also),
            Severity = grave,
            SeverityConfidence = _weights.Calibrations.Severity.Of(severities[(int)grave]),
            Sentiment = feeling,
            SentimentConfidence = _weights.Calibrations.Sentiment.Of(sentiments[(int)feeling]),
            Urgent = grave == Severity.Critical || urgent[1] > urgent[0],
            Language = Evidence.Languages.All[read.Language],
            LanguageConfidence = read.LanguageConfidence,
            Reasoning = Findings.Reasoning(topic, category, grave, keywords),
            InjectedPassages = read.Injected.Count,
            KeywordsMatched = keywords,
            UrgencyIndicators = _findings.UrgencyIndicators(read, seen),
        };
    }

    /// <summary>Where the text that instructs its reader stands in a message, in the subject, a line break and the body as one text.</summary>
    public IReadOnlyList<InjectedText> FindInjections(TicketText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. _parts.Reader.Read(text).Injected.Select(span => new InjectedText(span.Start, span.Length))];
    }

    /// <summary>The severity of a message in which no matter is named; null where one may be.</summary>
    private static Severity? WithoutMatter(ReadMessage read, Observations seen)
    {
        if (read.Tokens.Count == 0)
            return read.Injected.Count > 0 ? Severity.Medium : Severity.Low;
        if (read.BodyHasWords)
            return null;
        return read.Injected.Count > 0 ? Severity.Medium : Findings.NamesMatter(seen) ? null : Severity.Low;
    }

    private TicketAnalysis Empty(ReadMessage read, Severity severity) => new()
    {
        Topic = Topic.Question,
        TopicConfidence = Findings.EmptyConfidence,
        Category = _parts.Categories.Of(Topic.Question),
        CategoryConfidence = Findings.EmptyConfidence,
        Severity = severity,
        SeverityConfidence = Findings.EmptyConfidence,
        Sentiment = Sentiment.Neutral,
        SentimentConfidence = Findings.EmptyConfidence,
        Urgent = false,
        Language = Evidence.Languages.All[read.Language],
        LanguageConfidence = read.LanguageConfidence,
        Reasoning = Findings.EmptyReasoning(read.Injected.Count > 0),
        InjectedPassages = read.Injected.Count,
    };

    private List<Topic> Also(Topic topic, Topic found, ReadOnlySpan<double> topics, Observations seen)
    {
        var also = new List<Topic>();
        foreach (var other in _parts.Precedence.Along(topic, seen))
            Add(other);
        if (found != topic && found is not (Topic.Question or Topic.HowTo))
            Add(found);
        for (var i = 0; i < topics.Length; i++)
        {
            if (topics[i] >= AlsoFrom)
                Add((Topic)i);
        }

        return also;

        void Add(Topic other)
        {
            if (other != topic && also.Count < MostAlso && !also.Contains(other))
                also.Add(other);
        }
    }

    private List<Category> Secondary(Category category, List<Topic> also)
    {
        var secondary = new List<Category>(MostSecondary);
        foreach (var topic in also)
        {
            var other = _parts.Categories.Of(topic);
            if (other != category && !secondary.Contains(other) && secondary.Count < MostSecondary)
                secondary.Add(other);
        }

        return secondary;
    }

    /// <summary>The severity by each likely topic, in the parts in which those are likely.</summary>
    /// <param name="features">Is used again.</param>
    private void WeighSeverities(ReadOnlySpan<double> topics, Span<double> severities, ReadMessage read, Observations seen, FeatureList features)
    {
        Span<double> mixed = stackalloc double[severities.Length], all = stackalloc double[Weights.Classes];
        mixed.Clear();
        var own = all[Weights.SeverityAt..Weights.SentimentAt];
        var best = Best(topics);
        for (var i = 0; i < topics.Length; i++)
        {
            if (i != best && topics[i] < SeverityFrom)
                continue;
            severities.CopyTo(own);
            features.Clear();
            _parts.Features.AddForSeverity((Topic)i, read, seen, features);
            _weights.Model.Score(features, all);
            LinearModel.Softmax(own);
            for (var c = 0; c < own.Length; c++)
                mixed[c] += topics[i] * own[c];
        }

        double sum = 0;
        foreach (var value in mixed)
            sum += value;
        for (var c = 0; c < mixed.Length; c++)
            severities[c] = mixed[c] / sum;
    }

    /// <summary>The best topic of the best category.</summary>
    private Topic BestTopic(ReadOnlySpan<double> topics)
    {
        Span<double> categories = stackalloc double[Names.Categories.Count];
        categories.Clear();
        for (var i = 0; i < topics.Length; i++)
            categories[(int)_parts.Categories.Of((Topic)i)] += topics[i];
        var category = (Category)Best(categories);
        var best = -1;
        for (var i = 0; i < topics.Length; i++)
        {
            if (_parts.Categories.Of((Topic)i) == category && (best < 0 || topics[i] > topics[best]))
                best = i;
        }

        return (Topic)best;
    }

    private double Sum(Category category, ReadOnlySpan<double> topics)
    {
        double sum = 0;
        for (var i = 0; i < topics.Length; i++)
        {
            if (_parts.Categories.Of((Topic)i) == category)
                sum += topics[i];
        }

        return Math.Min(1, sum);
    }

    private static int Best(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
                best = i;
        }

        return best;
    }
}
