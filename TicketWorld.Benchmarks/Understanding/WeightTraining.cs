using System.Globalization;
using System.Text;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>
/// Learns the weights of the analyser from <c>development.jsonl</c>, <c>fixtures.jsonl</c> and <c>training.txt</c>, and how often they are right by leaving
/// out a tenth of the development part at a time. The measured part is not read.
/// </summary>
internal sealed class WeightTraining
{
    private const int Folds = 10;
    private const int Epochs = 20;
    private const float DevelopmentWeight = 1.5f;
    private const float FixtureWeight = 3f;

    private readonly AnalyserParts _parts;
    private readonly List<LabelledTicket> _development = LabelledTickets.Read("development");
    private readonly List<LabelledTicket> _others;
    private readonly Dictionary<ulong, string> _names = [];
    private readonly Dictionary<LabelledTicket, Seen> _seen = new(ReferenceEqualityComparer.Instance);

    /// <param name="training">A file instead of <c>training.txt</c>; null for that.</param>
    public WeightTraining(AnalyserParts parts, string? training)
    {
        _parts = parts;
        _others = [.. LabelledTickets.ReadTraining(training), .. LabelledTickets.Read("fixtures")];
        foreach (var ticket in _development.Concat(_others))
        {
            var read = parts.Reader.Read(new TicketText(ticket.Subject, ticket.Body, ticket.Sender));
            var observed = parts.Observer.Observe(read);
            var features = parts.Features.Of(read, observed, _names);
            var both = new FeatureList();
            both.AddAll(features);
            both.AddAll(parts.Features.ForSeverity(Enum.Parse<Topic>(Pascal(ticket.Topic)), observed, _names));
            _seen.Add(ticket, new Seen(features, both));
        }
    }

    /// <summary>What an analyser says of each ticket of the development part that learnt from all others but its tenth.</summary>
    public List<(LabelledTicket Ticket, TicketAnalysis Analysis)> CrossValidate(Calibrations calibrations)
    {
        var results = new List<(LabelledTicket, TicketAnalysis)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var learnt = _development.Where((_, i) => i % Folds != fold).Concat(_others).ToList();
            var analyser = new RuleAnalyser(_parts, new Weights(
                Topic.Train(Examples(learnt, Head.Topic)), Severity.Train(Examples(learnt, Head.Severity)),
                Sentiment.Train(Examples(learnt, Head.Sentiment)), Urgent.Train(Examples(learnt, Head.Urgent)), calibrations));
            results.AddRange(_development.Where((_, i) => i % Folds == fold).Select(ticket => (ticket, analyser.Analyse(new TicketText(ticket.Subject, ticket.Body, ticket.Sender)))));
        }

        return results;
    }

    /// <summary>The text of <c>weights.yaml</c>.</summary>
    public string Weights()
    {
        var all = _development.Concat(_others).ToList();
        var yaml = new StringBuilder();
        yaml.Append("# Learnt weights; made by: dotnet run -c Release --project TicketWorld.Benchmarks -- understanding learn\n");
        yaml.Append(CultureInfo.InvariantCulture, $"# A line is a feature, a tab, and class:weight pairs; a weight is in parts of {LinearModel.Scale}.\n");
        Append(yaml, "topic", Topic.Rows(Examples(all, Head.Topic)));
        Append(yaml, "severity", Severity.Rows(Examples(all, Head.Severity)));
        Append(yaml, "sentiment", Sentiment.Rows(Examples(all, Head.Sentiment)));
        Append(yaml, "urgent", Urgent.Rows(Examples(all, Head.Urgent)));
        return yaml.ToString();
    }

    private static LinearTrainer Topic => new(Names.Topics.Count, Epochs, 0.1, 2e-4, 18);

    private static LinearTrainer Severity => new(Names.Severities.Count, 12, 0.05, 1e-2, 5);

    private static LinearTrainer Sentiment => new(Names.Sentiments.Count, 20, 0.05, 3e-3, 8);

    private static LinearTrainer Urgent => new(2, 20, 0.05, 3e-3, 8);

    private List<Example> Examples(IEnumerable<LabelledTicket> tickets, Head head) => [.. tickets.Select(ticket =>
    {
        var seen = _seen[ticket];
        var weight = ticket.Id[0] switch { 'd' => DevelopmentWeight, 'f' => FixtureWeight, _ => 1f };
        return head switch
        {
            Head.Topic => new Example(seen.Features, (int)Enum.Parse<Topic>(Pascal(ticket.Topic)), weight),
            Head.Severity => new Example(seen.ForSeverity, (int)Enum.Parse<Severity>(Pascal(ticket.Severity)), weight),
            Head.Sentiment => new Example(seen.Features, (int)Enum.Parse<Sentiment>(Pascal(ticket.Sentiment)), weight),
            _ => new Example(seen.Features, ticket.Urgent ? 1 : 0, weight),
        };
    })];

    private void Append(StringBuilder yaml, string head, Dictionary<ulong, List<(byte Class, int Weight)>> rows)
    {
        yaml.Append(head).Append(": |\n");
        foreach (var (key, row) in rows.Select(row => (Name: _names[row.Key], row.Value)).OrderBy(row => row.Name, StringComparer.Ordinal))
        {
            yaml.Append("  ").Append(key).Append('\t').AppendJoin(' ', row.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Class}:{w.Weight}"))).Append('\n');
        }
    }

    internal static string Pascal(string snake) => string.Concat(snake.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private sealed record Seen(FeatureList Features, FeatureList ForSeverity);

    private enum Head
    {
        Topic,
        Severity,
        Sentiment,
        Urgent,
    }
}
