using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TicketWorld.Worlds.Auditing;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld audit</c>: holds every resolution against message, records and policy, and rates what is wrong.</summary>
internal static class AuditCommand
{
    public static Command Build()
    {
        var folder = CommonArguments.Set();
        var output = new Option<string?>("--output-dir") { Description = "Where to write ticket_audit_results.json and ticket_audit_report.txt. [default: the folder of the set]" };
        var limit = CommonArguments.Number("--list", "How many findings the report lists; all are counted.", 1000, 0, 1_000_000);
        var json = CommonArguments.Json();
        var command = new Command("audit", "Audit the resolutions of a set against its policy and records; exit 1 when anything is wrong.") { folder, output, limit, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var started = TimeProvider.System.GetTimestamp();
            var path = result.GetValue(folder)!;
            var target = Path.GetFullPath(result.GetValue(output) ?? path);
            var summary = DatasetAuditor.Audit(path, target, result.GetValue(limit), cancellation);
            var elapsed = TimeProvider.System.GetElapsedTime(started);
            if (result.GetValue(json))
                PrintJson(target, summary, elapsed);
            else
                Print(target, summary, elapsed);
            return summary.IsClean ? CommandLine.Done : CommandLine.Failed;
        })));
        return command;
    }

    private static void Print(string target, AuditSummary summary, TimeSpan elapsed)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Tickets} tickets, {summary.TicketsWithErrors} with errors, mean compliance {summary.MeanCompliance:0.0000}, {summary.RecordFindings} findings on records"));
        foreach (var severity in Enum.GetValues<AuditSeverity>().Where(s => summary.CountOf(s) > 0))
            Console.Out.WriteLine($"{Snake.Name(severity)}: {summary.CountOf(severity)}");
        foreach (var type in Enum.GetValues<AuditErrorType>().Where(t => summary.CountOf(t) > 0))
            Console.Out.WriteLine($"  {Snake.Name(type)}: {summary.CountOf(type)}");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Tickets / elapsed.TotalSeconds:N0} tickets a second, {elapsed.TotalSeconds:F2} s"));
        Console.Out.WriteLine(summary.IsClean ? $"nothing wrong; report in {target}" : $"{summary.FindingCount} findings; report in {target}");
    }

    private static void PrintJson(string target, AuditSummary summary, TimeSpan elapsed) => Console.Out.WriteLine(JsonSerializer.Serialize(
        new
        {
            dir = target,
            clean = summary.IsClean,
            total_tickets = summary.Tickets,
            tickets_with_errors = summary.TicketsWithErrors,
            mean_compliance_score = Math.Round(summary.MeanCompliance, 6),
            record_findings = summary.RecordFindings,
            findings = summary.FindingCount,
            by_severity = Enum.GetValues<AuditSeverity>().ToDictionary(Snake.Name, summary.CountOf),
            by_error_type = Enum.GetValues<AuditErrorType>().ToDictionary(Snake.Name, summary.CountOf),
            elapsed_seconds = Math.Round(elapsed.TotalSeconds, 3),
        },
        JsonOutput.Options));
}
