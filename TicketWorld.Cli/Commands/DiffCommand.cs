using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using TicketWorld.Cli.Terminal;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Differences;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld diff</c>: what differs between two sets. Exit 0 when nothing does, 1 otherwise.</summary>
internal static class DiffCommand
{
    private const int LongestValue = 120;

    public static Command Build()
    {
        var first = CommonArguments.Set("a");
        var second = CommonArguments.Set("b");
        var limit = CommonArguments.Number("--list", "How many differences to list; all are counted.", 50, 0, 1_000_000);
        var json = CommonArguments.Json();
        var command = new Command("diff", "Compare two sets: options, policy, records and tickets by id; exit 1 when they differ.") { first, second, limit, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var report = DatasetComparison.Compare(DatasetReader.Open(result.GetValue(first)!), DatasetReader.Open(result.GetValue(second)!), result.GetValue(limit), cancellation);
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { report.IsIdentical, report.Total, report.Kinds, report.Differences }, JsonOutput.Options));
            else
                Print(report);
            return report.IsIdentical ? CommandLine.Done : CommandLine.Failed;
        })));
        return command;
    }

    private static void Print(ComparisonReport report)
    {
        foreach (var difference in report.Differences)
            Console.Out.WriteLine($"{difference.Kind} {Name(difference)}: {Short(difference.First)} | {Short(difference.Second)}");
        if (report.Total > report.Differences.Count)
            Console.Out.WriteLine($"… and {report.Total - report.Differences.Count} more");
        var table = new Table().Border(TableBorder.Simple).AddColumn("records");
        foreach (var title in (string[])["in a", "in b", "only a", "only b", "different"])
            table.AddColumn(title, c => c.RightAligned());
        foreach (var kind in report.Kinds)
            table.AddRow(kind.Kind, $"{kind.InFirst}", $"{kind.InSecond}", $"{kind.OnlyInFirst}", $"{kind.OnlyInSecond}", $"{kind.Different}");
        Output.Console().Write(table);
        Console.Out.WriteLine(report.IsIdentical ? "identical" : $"{report.Total} differences");
    }

    private static string Name(Difference difference) =>
        difference.Record.Length == 0 ? difference.Path : difference.Path.Length == 0 ? difference.Record : $"{difference.Record} {difference.Path}";

    private static string Short(string? value) => value is null ? "missing" : value.Length <= LongestValue ? value : value[..LongestValue] + "…";
}
