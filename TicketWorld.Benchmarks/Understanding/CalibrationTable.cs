using System.Globalization;
using System.Text;
using TicketWorld.Support.Analysis;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>
/// Makes <c>calibration.yaml</c>: answers are ordered by raw probability and cut into equal groups, the share of right ones is made to rise by pooling
/// neighbours (isotonic regression), and each group is one point.
/// </summary>
internal static class CalibrationTable
{
    private const int Groups = 8;

    public static string Of(IReadOnlyList<(LabelledTicket Ticket, TicketAnalysis Analysis)> results)
    {
        var yaml = new StringBuilder();
        yaml.Append("# How often an answer of a raw probability was right on messages that were not learnt from; between the points is a straight line.\n");
        yaml.Append("# Made by: dotnet run -c Release --project TicketWorld.Benchmarks -- understanding learn\n");
        Append(yaml, "topic", results.Select(r => (r.Analysis.TopicConfidence, UnderstandingReport.TopicOf(r.Analysis) == r.Ticket.Topic)));
        Append(yaml, "category", results.Select(r => (r.Analysis.CategoryConfidence, UnderstandingReport.CategoryOf(r.Analysis) == r.Ticket.Category)));
        Append(yaml, "severity", results.Select(r => (r.Analysis.SeverityConfidence, UnderstandingReport.SeverityOf(r.Analysis) == r.Ticket.Severity)));
        Append(yaml, "sentiment", results.Select(r => (r.Analysis.SentimentConfidence, Names.Sentiments[(int)r.Analysis.Sentiment] == r.Ticket.Sentiment)));
        return yaml.ToString();
    }

    private static void Append(StringBuilder yaml, string name, IEnumerable<(double Raw, bool Right)> answers)
    {
        var ordered = answers.OrderBy(a => a.Raw).ToList();
        var pools = new List<(double Raw, double Right, int Count)>();
        for (var group = 0; group < Groups; group++)
        {
            var members = ordered[(ordered.Count * group / Groups)..(ordered.Count * (group + 1) / Groups)];
            if (members.Count == 0)
                continue;
            pools.Add((members.Average(m => m.Raw), members.Average(m => m.Right ? 1.0 : 0), members.Count));
            while (pools.Count > 1 && pools[^1].Right < pools[^2].Right)
            {
                var (a, b) = (pools[^2], pools[^1]);
                var count = a.Count + b.Count;
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add(((a.Raw * a.Count + b.Raw * b.Count) / count, (a.Right * a.Count + b.Right * b.Count) / count, count));
            }
        }

        yaml.Append(name).Append(":\n");
        yaml.Append(CultureInfo.InvariantCulture, $"  - [0, {Math.Min(0.2, pools[0].Right / 2):F3}]\n");
        double last = 0, most = 0;
        foreach (var (raw, right, count) in pools)
        {
            // Half a wrong answer more than was seen, so that no confidence is certainty.
            most = Math.Max(most, (right * count + 0.5) / (count + 1));
            if (raw > last + 0.0005 && raw < 0.9995)
                yaml.Append(CultureInfo.InvariantCulture, $"  - [{last = raw:F3}, {most:F3}]\n");
        }

        yaml.Append(CultureInfo.InvariantCulture, $"  - [1, {most:F3}]\n");
    }
}
