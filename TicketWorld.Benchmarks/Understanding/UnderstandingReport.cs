using TicketWorld.Support.Analysis;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>How far answers agree with labels.</summary>
internal sealed class UnderstandingReport(IReadOnlyList<(LabelledTicket Ticket, TicketAnalysis Analysis)> results)
{
    private static readonly double[] Bounds = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001];

    private static readonly (string Name, Func<(LabelledTicket Ticket, TicketAnalysis Analysis), bool> Right)[] Measures =
    [
        ("topic", r => TopicOf(r.Analysis) == r.Ticket.Topic),
        ("category", r => CategoryOf(r.Analysis) == r.Ticket.Category),
        ("severity", r => SeverityOf(r.Analysis) == r.Ticket.Severity),
        ("severity within one", r => Math.Abs((int)r.Analysis.Severity - Rank(r.Ticket.Severity)) <= 1),
        ("team", r => Team(SeverityOf(r.Analysis), CategoryOf(r.Analysis)) == r.Ticket.Team),
        ("sentiment", r => Names.Sentiments[(int)r.Analysis.Sentiment] == r.Ticket.Sentiment),
        ("urgent", r => r.Analysis.Urgent == r.Ticket.Urgent),
        ("language", r => r.Analysis.Language == r.Ticket.Language),
    ];

    /// <summary>For each part a line with one column for each measure, in percent, and the means of the long parts and of the short ones.</summary>
    public static void PrintTable(IReadOnlyList<PartResults> parts)
    {
        Console.WriteLine($"{"each writer by weights learnt without them, %",-46}{string.Concat(Measures.Select(measure => $"{measure.Name,21}"))}");
        foreach (var group in parts.GroupBy(part => part.Short))
        {
            var rows = group.Select(part => (part.Part, Shares: Measures.Select(measure => 100.0 * part.Results.Count(measure.Right) / part.Results.Count).ToArray())).ToList();
            foreach (var (part, shares) in rows)
                Console.WriteLine($"  {part,-44}{string.Concat(shares.Select(share => $"{share,21:F1}"))}");
            Console.WriteLine($"  {(group.Key ? "mean of short parts" : "mean of long parts"),-44}{string.Concat(Measures.Select((_, i) => $"{rows.Average(row => row.Shares[i]),21:F1}"))}");
        }
    }

    public void Print(string name)
    {
        Console.WriteLine($"{name}: {results.Count} tickets");
        foreach (var (measure, right) in Measures)
            Line(measure, right);
        Reliability("category", r => r.Analysis.CategoryConfidence, r => CategoryOf(r.Analysis) == r.Ticket.Category);
        Reliability("severity", r => r.Analysis.SeverityConfidence, r => SeverityOf(r.Analysis) == r.Ticket.Severity);
        Confusion("category", Names.Categories, r => r.Ticket.Category, r => CategoryOf(r.Analysis));
        Confusion("severity", Names.Severities, r => r.Ticket.Severity, r => SeverityOf(r.Analysis));
    }

    /// <summary>The team of the labelling guide, §6.</summary>
    public static string Team(string severity, string category) => (severity, category) switch
    {
        ("critical", _) => "escalation_team",
        (_, "billing") => "billing_team",
        (_, "account") => "account_management",
        (_, "feature_request") => "product_team",
        _ => "technical_support",
    };

    public static string TopicOf(TicketAnalysis analysis) => Names.Topics[(int)analysis.Topic];

    public static string CategoryOf(TicketAnalysis analysis) => Names.Categories[(int)analysis.Category];

    public static string SeverityOf(TicketAnalysis analysis) => Names.Severities[(int)analysis.Severity];

    private static int Rank(string severity) => Names.Severities.ToList().IndexOf(severity);

    private void Line(string name, Func<(LabelledTicket Ticket, TicketAnalysis Analysis), bool> right)
    {
        var count = results.Count(right);
        Console.WriteLine($"  {name,-20} {count,4} of {results.Count} = {100.0 * count / results.Count,5:F1} %");
    }

    private void Reliability(
        string name, Func<(LabelledTicket Ticket, TicketAnalysis Analysis), double> confidence, Func<(LabelledTicket Ticket, TicketAnalysis Analysis), bool> right)
    {
        Console.WriteLine($"  reliability of {name}: confidence, tickets, mean confidence, right");
        for (var i = 0; i + 1 < Bounds.Length; i++)
        {
            var inside = results.Where(r => confidence(r) >= Bounds[i] && confidence(r) < Bounds[i + 1]).ToList();
            if (inside.Count > 0)
                Console.WriteLine($"    {Bounds[i]:F1}-{Math.Min(1, Bounds[i + 1]):F1}  {inside.Count,4}  {inside.Average(confidence),5:F2}  {100.0 * inside.Count(right) / inside.Count,5:F1} %");
        }
    }

    private void Confusion(
        string name, IReadOnlyList<string> labels, Func<(LabelledTicket Ticket, TicketAnalysis Analysis), string> label,
        Func<(LabelledTicket Ticket, TicketAnalysis Analysis), string> answer)
    {
        Console.WriteLine($"  {name}, rows as labelled, columns as answered");
        Console.WriteLine($"    {"",-16}{string.Concat(labels.Select(l => $"{l,16}"))}");
        foreach (var row in labels)
            Console.WriteLine($"    {row,-16}{string.Concat(labels.Select(column => $"{results.Count(r => label(r) == row && answer(r) == column),16}"))}");
    }
}
