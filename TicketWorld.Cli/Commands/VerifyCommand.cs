using System.CommandLine;
using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld verify</c>: derives everything again from the files of a set, and names what is wrong.</summary>
internal static class VerifyCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("dir") { Description = "Folder of the set." };
        var contentOnly = new Option<bool>("--content-only") { Description = "Judge what the files say: leave the manifest's sizes and hashes aside, and make nothing again." };
        var limit = CommonArguments.Number("--list", "How many findings to list; all are counted.", 100, 0, 1_000_000);
        var pack = SetPack.Option();
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var command = new Command("verify", "Check a set from its files alone; exit 1 when anything is wrong.") { folder, contentOnly, limit, pack, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var path = result.GetValue(folder)!;
            DatasetFolder.RefuseNoSet(path);
            DatasetFolder.Recover(path);
            SetPack.RefuseAnother(path, result.GetValue(pack));
            var started = TimeProvider.System.GetTimestamp();
            var content = result.GetValue(contentOnly);
            var report = DatasetVerifier.Verify(path, new VerificationOptions(content, ListedFindings: result.GetValue(limit), Reproduce: !content, Pack: result.GetValue(pack)), cancellation: cancellation);
            if (result.GetValue(json))
                PrintJson(path, report, TimeProvider.System.GetElapsedTime(started));
            else
                Print(path, report, TimeProvider.System.GetElapsedTime(started));
            return report.IsClean ? CommandLine.Done : CommandLine.Failed;
        })));
        return command;
    }

    private static void Print(string path, VerificationReport report, TimeSpan elapsed)
    {
        foreach (var finding in report.Findings)
            Console.Out.WriteLine($"{finding.File} {finding.Record} {finding.Field}: {finding.Problem} (found {finding.Found}; expected {finding.Expected})");
        if (report.FindingCount > report.Findings.Count)
            Console.Out.WriteLine($"… and {report.FindingCount - report.Findings.Count} more");
        Console.Out.WriteLine($"{Path.GetFullPath(path)}: {report.Tickets} tickets, {report.Customers} customers, {report.Products} products, {report.Orders} orders");
        Console.Out.WriteLine($"oracle disagreements {report.OracleDisagreements}");
        Console.Out.WriteLine(report.WasReproduced ? "made again from the manifest's options and compared" + (report.TextModel is { } model ? $", all but the texts, which {model} wrote" : "") : $"not made again: {report.ReproductionNote ?? "the set cannot be read"}");
        foreach (var layer in Enum.GetValues<VerificationLayer>())
        {
            if (report.CountOf(layer) > 0)
                Console.Out.WriteLine($"{Snake.Name(layer)}: {report.CountOf(layer)} findings");
        }

        Console.Out.WriteLine($"{report.Tickets / elapsed.TotalSeconds:N0} tickets a second, {elapsed.TotalSeconds:F2} s");
        Console.Out.WriteLine(report.IsClean ? "nothing wrong" : $"{report.FindingCount} findings");
    }

    private static void PrintJson(string path, VerificationReport report, TimeSpan elapsed) => Console.Out.WriteLine(JsonSerializer.Serialize(
        new
        {
            dir = Path.GetFullPath(path),
            clean = report.IsClean,
            tickets = report.Tickets,
            customers = report.Customers,
            products = report.Products,
            orders = report.Orders,
            oracle_disagreements = report.OracleDisagreements,
            elapsed_seconds = Math.Round(elapsed.TotalSeconds, 3),
            tickets_per_second = Math.Round(report.Tickets / elapsed.TotalSeconds),
            reproduced = report.WasReproduced,
            texts_by_model = report.TextModel,
            reproduction_note = report.ReproductionNote,
            findings_count = report.FindingCount,
            findings_by_layer = Enum.GetValues<VerificationLayer>().ToDictionary(Snake.Name, report.CountOf),
            findings = report.Findings,
        },
        JsonOutput.Options));
}
