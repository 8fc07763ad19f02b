using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TicketWorld.Cli.Terminal;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Statistics;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld stats</c>: what a set is made of, and how alike its texts are.</summary>
internal static class StatsCommand
{
    private const int BarWidth = 40;

    public static Command Build()
    {
        var folder = CommonArguments.Set();
        var json = CommonArguments.Json();
        var command = new Command("stats", "Print what a set is made of: counts and shares, variety of the texts, coverage of the policy.") { folder, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var statistics = StatisticsCollector.Collect(DatasetReader.Open(result.GetValue(folder)!), cancellation);
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(statistics, JsonOutput.Options));
            else
                Print(statistics);
            return CommandLine.Done;
        })));
        return command;
    }

    private static void Print(DatasetStatistics statistics)
    {
        var console = Output.Console();
        console.WriteLine($"{statistics.Company}: {string.Join(", ", statistics.Records.Select(r => $"{r.Value} {r.Key}"))}");
        PrintTexts(console, statistics.Texts);
        foreach (var (dimension, labels) in statistics.Dimensions)
            PrintCounts(console, dimension.Replace('_', ' '), labels);
        PrintCounts(console, "outcome", statistics.Outcomes);
        PrintCounts(console, "tickets with action", statistics.Actions);
        PrintCounts(console, "clauses cited", statistics.ClausesPerTicket);
        PrintCounts(console, "deciding clause", statistics.Clauses);
        console.WriteLine(statistics.UnusedClauses.Count == 0 ? "every clause decides a ticket" : $"clauses that decide no ticket: {string.Join(", ", statistics.UnusedClauses)}");
    }

    private static void PrintTexts(IAnsiConsole console, TextStatistics texts)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("texts").AddColumn("value", c => c.RightAligned()).AddColumn("note");
        Row("most common opening line", Percent(texts.OpeningLine.Share), texts.OpeningLine.Name);
        Row("most common first five words", Percent(texts.FirstFiveWords.Share), texts.FirstFiveWords.Name);
        Row("tickets with a near-duplicate", Percent(texts.NearDuplicates.Share), texts.NearDuplicatePair.Count == 0 ? "none" : $"{texts.NearDuplicates.Tickets}, such as {string.Join(" and ", texts.NearDuplicatePair)}");
        Row("distinct-1, -2, -3", string.Create(CultureInfo.InvariantCulture, $"{texts.Distinct1:0.0000} {texts.Distinct2:0.0000} {texts.Distinct3:0.0000}"), "different runs of words over all");
        Row("words: min, median, p90, p99, max", $"{texts.Words.Minimum} {texts.Words.Median} {texts.Words.P90} {texts.Words.P99} {texts.Words.Maximum}", "");
        console.Write(table);
        var most = Math.Max(1, texts.Words.Histogram.Max(b => b.Tickets));
        foreach (var bar in texts.Words.Histogram.Where(b => b.Tickets > 0))
            console.WriteLine($"{bar.From,5}{(bar.To is { } to ? $"-{to}" : " and more"),-9} words {bar.Tickets,9}  {new string('#', (int)Math.Max(1, bar.Tickets * BarWidth / most))}");

        void Row(string name, string value, string note) => table.AddRow(Markup.Escape(name), Markup.Escape(value), Markup.Escape(note));
    }

    private static void PrintCounts(IAnsiConsole console, string title, IReadOnlyList<Count> counts)
    {
        if (counts.Count == 0)
            return;
        var table = new Table().Border(TableBorder.Simple).AddColumn(Markup.Escape(title)).AddColumn("tickets", c => c.RightAligned()).AddColumn("share", c => c.RightAligned());
        foreach (var count in counts)
            table.AddRow(Markup.Escape(count.Name), count.Tickets.ToString(CultureInfo.InvariantCulture), Percent(count.Share));
        console.Write(table);
    }

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
