using System.Globalization;
using System.Text;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>
/// Learns the weights of the analyser from all labelled messages but the measured part, which is not read, and how often they are right by leaving out one
/// writer at a time.
/// </summary>
internal sealed class WeightTraining
{
    private const float LongWeight = 1.5f;
    private const float FixtureWeight = 3f;
    private static readonly float PhraseWeight = float.Parse(Environment.GetEnvironmentVariable("K_PH") ?? "0.5", CultureInfo.InvariantCulture);

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
            var learnt = _written.Where(other => other != part).SelectMany(other => other.Tickets).Concat(_others).ToList();
            var analyser = new RuleAnalyser(_parts, new Weights(
                Topic.Train([.. Examples(learnt, Head.Topic), .. _phrases]), Severity.Train(Examples(learnt, Head.Severity)),
                Sentiment.Train(Examples(learnt, Head.Sentiment)), Urgent.Train(Examples(learnt, Head.Urgent)), calibrations));
            results[number] = (part.Name, [.. part.Tickets.Select(ticket => (ticket, analyser.Analyse(ticket.Text)))]);
        });
        return [.. results];
    }

    /// <summary>The text of <c>weights.yaml</c>.</summary>
    public string Weights()
    {
        var all = _written.SelectMany(part => part.Tickets).Concat(_others).ToList();
        var yaml = new StringBuilder();
        yaml.Append("# Learnt weights; made by: dotnet run -c Release --project TicketWorld.Benchmarks -- understanding learn\n");
        yaml.Append(CultureInfo.InvariantCulture, $"# A line is a feature, a tab, and class:weight pairs; a weight is in parts of {LinearModel.Scale}.\n");
        Append(yaml, "topic", Topic.Rows([.. Examples(all, Head.Topic), .. _phrases]));
        Append(yaml, "severity", Severity.Rows(Examples(all, Head.Severity)));
        Append(yaml, "sentiment", Sentiment.Rows(Examples(all, Head.Sentiment)));
        Append(yaml, "urgent", Urgent.Rows(Examples(all, Head.Urgent)));
        return yaml.ToString();
    }

    private static LinearTrainer Topic => new(Names.Topics.Count, Lab.Recipe("T", new(20, 0.1f, 2e-4f, 18, 4)));

    private static LinearTrainer Severity => new(Names.Severities.Count, Lab.Recipe("V", new(12, 0.05f, 1e-2f, 5, 4)));

    private static LinearTrainer Sentiment => new(Names.Sentiments.Count, Lab.Recipe("M", new(20, 0.05f, 3e-3f, 8, 4)));

    private static LinearTrainer Urgent => new(2, Lab.Recipe("U", new(20, 0.05f, 3e-3f, 8, 4)));

    private List<Example> Examples(IEnumerable<LabelledTicket> tickets, Head head) => [.. tickets.Select(ticket =>
    {
        var seen = _seen[ticket];
        var weight = ticket.Id[0] switch { 't' => 1f, 'f' => FixtureWeight, _ => LongWeight };
        return head switch
        {
            Head.Topic => new Example(seen.Features, (int)TopicOf(ticket), weight),
            Head.Severity => new Example(WithTopic(seen, TopicOf(ticket)), (int)Enum.Parse<Severity>(Pascal(ticket.Severity)), weight),
            Head.Sentiment => new Example(seen.Features, (int)Enum.Parse<Sentiment>(Pascal(ticket.Sentiment)), weight),
            _ => new Example(seen.Features, ticket.Urgent ? 1 : 0, weight),
        };
    })];

    private FeatureList WithTopic(Seen seen, Topic topic)
    {
        var both = new FeatureList();
        both.AddAll(seen.Features);
        lock (_names)
            both.AddAll(_parts.Features.ForSeverity(topic, seen.Observed, _names));
        return both;
    }

    private void Append(StringBuilder yaml, string head, Dictionary<ulong, List<(byte Class, int Weight)>> rows)
    {
        yaml.Append(head).Append(": |\n");
        foreach (var (key, row) in rows.Select(row => (Name: _names[row.Key], row.Value)).OrderBy(row => row.Name, StringComparer.Ordinal))
        {
            yaml.Append("  ").Append(key).Append('\t').AppendJoin(' ', row.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Class}:{w.Weight}"))).Append('\n');
        }
    }

    private static Topic TopicOf(LabelledTicket ticket) => Enum.Parse<Topic>(Pascal(ticket.Topic));

    internal static string Pascal(string snake) => string.Concat(snake.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private sealed record Part(string Name, List<LabelledTicket> Tickets);

    private sealed record Seen(FeatureList Features, Observations Observed);

    private enum Head
    {
        Topic,
        Severity,
        Sentiment,
        Urgent,
    }
}
