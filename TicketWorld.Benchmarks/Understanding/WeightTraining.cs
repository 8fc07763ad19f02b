using System.Globalization;
using System.Text;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Vocabulary;
using Rows = System.Collections.Generic.Dictionary<ulong, System.Collections.Generic.List<(byte Class, int Weight)>>;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>
/// Learns the weights of the analyser from all labelled messages but the measured part, which is not read, and how often they are right by leaving out one
/// writer at a time.
/// </summary>
internal sealed class WeightTraining
{
    /// <summary>Parts of the examples for which topics are guessed in turn.</summary>
    /// <summary>Parts of the examples for which topics are guessed in turn.</summary>
    private const int Folds = 4;

    private const float LongWeight = 1.5f;
    private const float FixtureWeight = 3f;
    private const float PhraseWeight = 0.7f;

    /// <summary>Parts that one writer each wrote.</summary>
    private static readonly string[] Written = ["development", "training-shops", "training-software", "training-money", "training-services"];

    private readonly AnalyserParts _parts;
    private readonly List<Part> _written;
    private readonly List<LabelledTicket> _others;
    private readonly List<Example> _phrases;
    private readonly Dictionary<ulong, string> _names = [];
    private readonly Dictionary<LabelledTicket, Seen> _seen = new(ReferenceEqualityComparer.Instance);

    /// <param name="training">A file instead of <c>training.txt</c>; null for that.</param>
    public WeightTraining(AnalyserParts parts, string? training)
    {
        _parts = parts;
        _written = [.. Written.Select(name => new Part(name, LabelledTickets.Read(name)))];
        _others = [.. LabelledTickets.ReadTraining(training), .. LabelledTickets.Read("fixtures")];
        foreach (var ticket in _written.SelectMany(part => part.Tickets).Concat(_others))
        {
            var read = parts.Reader.Read(new TicketText(ticket.Subject, ticket.Body, ticket.Sender));
            var observed = parts.Observer.Observe(read);
            _seen.Add(ticket, new Seen(parts.Features.Of(read, observed, _names), observed));
        }

        _phrases = [.. LabelledTickets.ReadPhrases().Select(phrase =>
        {
            var read = parts.Reader.Read(phrase.Text);
            return new Example(parts.Features.Of(read, parts.Observer.Observe(read), _names), (int)Enum.Parse<Topic>(Pascal(phrase.Topic)), PhraseWeight);
        })];
    }

    /// <summary>What an analyser says of each part that learnt from all others.</summary>
    public List<(string Part, List<(LabelledTicket Ticket, TicketAnalysis Analysis)> Results)> LeaveWritersOut(Calibrations calibrations)
    {
        var results = new (string, List<(LabelledTicket, TicketAnalysis)>)[_written.Count];
        Parallel.For(0, _written.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
        {
            var part = _written[number];
            var learnt = Learn([.. _written.Where(other => other != part).SelectMany(other => other.Tickets), .. _others]);
            var analyser = new RuleAnalyser(_parts, new Weights(
                Topic.Model(learnt.Topic), Severity.Model(learnt.Severity), Sentiment.Model(learnt.Sentiment), Urgent.Model(learnt.Urgent), calibrations));
            results[number] = (part.Name, [.. part.Tickets.Select(ticket => (ticket, analyser.Analyse(ticket.Text)))]);
        });
        return [.. results];
    }

    /// <summary>The text of <c>weights.yaml</c>.</summary>
    public string Weights()
    {
        var learnt = Learn([.. _written.SelectMany(part => part.Tickets), .. _others]);
        var yaml = new StringBuilder();
        yaml.Append("# Learnt weights; made by: dotnet run -c Release --project TicketWorld.Benchmarks -- understanding learn\n");
        yaml.Append(CultureInfo.InvariantCulture, $"# A line is a feature, a tab, and for each class its letter (A is the first) and its weight in parts of {LinearModel.Scale}.\n");
        Append(yaml, "topic", learnt.Topic);
        Append(yaml, "severity", learnt.Severity);
        Append(yaml, "sentiment", learnt.Sentiment);
        Append(yaml, "urgent", learnt.Urgent);
        return yaml.ToString();
    }

    private static LinearTrainer Topic => new(Names.Topics.Count, new Recipe(20, 0.1f, 1e-3f, 2, 3));

    private static LinearTrainer Severity => new(Names.Severities.Count, new Recipe(20, 0.05f, 3e-3f, 1, 4));

    private static LinearTrainer Sentiment => new(Names.Sentiments.Count, new Recipe(20, 0.05f, 3e-3f, 1, 4));

    private static LinearTrainer Urgent => new(2, new Recipe(20, 0.05f, 3e-3f, 1, 4));

    private Learnt Learn(List<LabelledTicket> tickets)
    {
        var topics = Examples(tickets, ticket => (int)TopicOf(ticket));
        var guesses = Guesses(tickets, topics);
        return new(
            Topic.Rows([.. topics, .. _phrases]),
            Severity.Rows([.. tickets.Select((ticket, i) => topics[i] with { Features = WithTopic(ticket, guesses[i]), Label = (int)Enum.Parse<Severity>(Pascal(ticket.Severity)) })]),
            Sentiment.Rows(Examples(tickets, ticket => (int)Enum.Parse<Sentiment>(Pascal(ticket.Sentiment)))),
            Urgent.Rows(Examples(tickets, ticket => ticket.Urgent ? 1 : 0)));
    }

    /// <summary>
    /// The topic that is found for each message without having learnt from it: severity is learnt beside the topics that will be found, not the right ones.
    /// </summary>
    private List<Topic> Guesses(List<LabelledTicket> tickets, List<Example> topics)
    {
        var guesses = new List<Topic>(tickets.Select(TopicOf));
        Span<double> scores = stackalloc double[Names.Topics.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = Topic.Model(Topic.Rows([.. topics.Where((_, i) => i % Folds != fold), .. _phrases]));
            for (var i = fold; i < tickets.Count; i += Folds)
            {
                scores.Clear();
                model.Score(topics[i].Features, scores);
                var best = 0;
                for (var c = 1; c < scores.Length; c++)
                    best = scores[c] > scores[best] ? c : best;
                guesses[i] = (Topic)best;
            }
        }

        return guesses;
    }

    private List<Example> Examples(List<LabelledTicket> tickets, Func<LabelledTicket, int> label) =>
        [.. tickets.Select(ticket => new Example(_seen[ticket].Features, label(ticket), ticket.Id[0] switch { 't' => 1f, 'f' => FixtureWeight, _ => LongWeight }))];

    private FeatureList WithTopic(LabelledTicket ticket, Topic topic)
    {
        var seen = _seen[ticket];
        var both = new FeatureList();
        both.AddAll(seen.Features);
        lock (_names)
            both.AddAll(_parts.Features.ForSeverity(topic, seen.Observed, _names));
        return both;
    }

    private void Append(StringBuilder yaml, string head, Rows rows)
    {
        yaml.Append(head).Append(": |\n");
        foreach (var (key, row) in rows.Select(row => (Name: _names[row.Key], row.Value)).OrderBy(row => row.Name, StringComparer.Ordinal))
        {
            yaml.Append("  ").Append(key).Append('\t').AppendJoin("", row.Select(w => string.Create(CultureInfo.InvariantCulture, $"{LinearModel.LetterOf(w.Class)}{w.Weight}"))).Append('\n');
        }
    }

    private static Topic TopicOf(LabelledTicket ticket) => Enum.Parse<Topic>(Pascal(ticket.Topic));

    internal static string Pascal(string snake) => string.Concat(snake.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private sealed record Part(string Name, List<LabelledTicket> Tickets);

    private sealed record Seen(FeatureList Features, Observations Observed);

    private sealed record Learnt(Rows Topic, Rows Severity, Rows Sentiment, Rows Urgent);
}
