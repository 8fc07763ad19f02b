using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Soaking;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld soak</c>: makes and verifies sets of many seeds, and counts what may not be.</summary>
internal static class SoakCommand
{
    public static Command Build()
    {
        var tickets = CommonArguments.Number("--tickets", "Tickets of all packs and seeds together.", 1_000_000, 1, 100_000_000);
        var seeds = CommonArguments.Number("--seeds", "Seeds for each pack.", 50, 1, 100_000);
        var first = CommonArguments.Number("--first-seed", "The first seed.", 1, 1, int.MaxValue);
        var packs = new Option<string>("--packs") { Description = "Embedded packs or folders, with commas.", DefaultValueFactory = _ => string.Join(',', PackSource.EmbeddedPacks) };
        var threads = CommonArguments.Number("--threads", "Threads that make tickets.", Environment.ProcessorCount, 1, 256);
        var json = CommonArguments.Json();
        var command = new Command("soak", "Make and verify sets of many seeds and shapes of options in a temporary folder; exit 1 on any disagreement or contradiction.") { tickets, seeds, first, packs, threads, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var options = new SoakOptions(result.GetValue(tickets), result.GetValue(seeds), (ulong)result.GetValue(first), Names(result.GetValue(packs)!), result.GetValue(threads));
            var runs = (long)options.Seeds * options.Packs.Count;
            if (runs > options.Tickets || runs == 0)
                throw new WorldException("invalid_option", $"--tickets is {options.Tickets} for {runs} sets.", "Ask for at least one ticket in each set, and for at least one pack.", "tickets", options.Tickets.ToString(CultureInfo.InvariantCulture));
            var started = TimeProvider.System.GetTimestamp();
            var reports = Soak.Run(options, run => Console.Error.WriteLine($"{run.Done} of {run.Of}: {run.Pack}, seed {run.Seed}, {run.Shape}, {run.Tickets} tickets"), cancellation);
            var elapsed = TimeProvider.System.GetElapsedTime(started);
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { clean = reports.All(r => r.IsClean), elapsed_seconds = Math.Round(elapsed.TotalSeconds, 1), peak_memory_mb = PeakMemory(), total = Summary(SoakReport.Total(reports)), packs = reports.Select(Summary) }, JsonOutput.Options));
            else
                Print(reports, elapsed);
            return reports.All(r => r.IsClean) ? CommandLine.Done : CommandLine.Failed;
        })));
        return command;
    }

    private static void Print(IReadOnlyList<SoakReport> reports, TimeSpan elapsed)
    {
        foreach (var report in reports.Count > 1 ? [.. reports, SoakReport.Total(reports)] : reports)
        {
            Console.Out.WriteLine($"{report.Pack}: {report.Tickets} tickets in {report.Runs} sets");
            Row("oracle disagreements", report.OracleDisagreements);
            Row("not unique", report.NonUnique);
            Row("findings of the verification", report.Findings);
            Row("worst quota, tickets off", report.WorstQuota);
            Row("gate rejects", report.GateRejects);
            Row("contradictions", report.Contradictions.Sum());
            foreach (var kind in Enum.GetValues<Contradiction>())
                Row("  " + Snake.Name(kind).Replace('_', ' '), report.Contradictions[(int)kind]);
            foreach (var example in reports.Contains(report) ? report.Examples : [])
                Console.Out.WriteLine($"  ! {example}");
        }

        Console.Out.WriteLine($"{elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s, {PeakMemory()} MB at most, {(reports.All(r => r.IsClean) ? "clean" : "NOT CLEAN")}");

        static void Row(string name, long value) => Console.Out.WriteLine($"  {name,-30} {value}");
    }

    private static long PeakMemory()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 >> 20;
    }

    private static object Summary(SoakReport report) => new
    {
        pack = report.Pack,
        sets = report.Runs,
        tickets = report.Tickets,
        clean = report.IsClean,
        oracle_disagreements = report.OracleDisagreements,
        non_unique = report.NonUnique,
        findings = report.Findings,
        worst_quota = report.WorstQuota,
        gate_rejects = report.GateRejects,
        contradictions = Enum.GetValues<Contradiction>().ToDictionary(Snake.Name, kind => report.Contradictions[(int)kind]),
        examples = report.Examples,
    };

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
