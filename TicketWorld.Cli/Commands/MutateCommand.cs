using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TicketWorld.Cli.Terminal;
using TicketWorld.Worlds.Auditing.Mutations;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld mutate</c>: puts bugs into policy, gold, messages and records, and prints who finds them and what escapes.</summary>
internal static class MutateCommand
{
    public static Command Build()
    {
        var pack = new Option<string>("--pack") { Description = "An embedded pack, or the path of a folder.", DefaultValueFactory = _ => "technest" };
        var tickets = CommonArguments.Number("--tickets", "Tickets of the set that bugs are put into.", 1000, 100, 20_000);
        var seed = new Option<ulong>("--seed") { Description = "The set's seed.", DefaultValueFactory = _ => 1 };
        var list = new Option<bool>("--all") { Description = "List every bug, not only what escapes." };
        var json = CommonArguments.Json();
        var command = new Command("mutate", "Put bugs into policy, gold, messages and records, one at a time, and print what verify and audit find; exit 1 when one escapes.") { pack, tickets, seed, list, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var folder = Directory.CreateTempSubdirectory("ticketworld-mutate-");
            try
            {
                var started = TimeProvider.System.GetTimestamp();
                var options = new MutationOptions(result.GetValue(pack)!, result.GetValue(tickets), result.GetValue(seed), Environment.ProcessorCount);
                var report = MutationTesting.Run(options, folder.FullName, stage => Console.Error.WriteLine(stage), cancellation);
                if (result.GetValue(json))
                    PrintJson(report);
                else
                    Print(report, result.GetValue(list), TimeProvider.System.GetElapsedTime(started));
                return report.CountOf(MutantFate.Escaped) == 0 && report.Contradicted.Count == 0 ? CommandLine.Done : CommandLine.Failed;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        })));
        return command;
    }

    private static void Print(MutationReport report, bool all, TimeSpan elapsed)
    {
        var console = Output.Console();
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in (string[])["bugs of", "kinds", "bugs", "verify", "content only", "audit", "caught", "escaped", "equivalent", "unsaid", "not exercised", "refused"])
            table.AddColumn(column);
        foreach (var group in report.Mutants.GroupBy(m => m.Group, StringComparer.Ordinal))
            AddRow(table, group.Key, [.. group]);
        AddRow(table, "all", [.. report.Mutants]);
        console.Write(table);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"score: verify {report.Score(m => m.Verify):P2}, verify --content-only {report.Score(m => m.ContentOnly):P2}, audit {report.Score(m => m.Audit):P2}, caught {report.Score(m => m.Fate == MutantFate.Caught):P2} of {report.Real.Count()} bugs"));
        foreach (var mutant in report.Mutants.Where(m => m.Fate == MutantFate.Escaped || (m.Fate == MutantFate.Caught && !(m.Verify && m.ContentOnly && m.Audit))))
            Console.Out.WriteLine($"{(mutant.Fate == MutantFate.Escaped ? "escaped" : $"only by {Finders(mutant)}")}: {mutant.Group}, {mutant.Operator}, {mutant.What} ({mutant.Changed} tickets changed) {mutant.Note}");
        foreach (var mutant in report.Mutants.Where(m => all || m.Fate is MutantFate.Equivalent or MutantFate.Unsaid or MutantFate.NotExercised))
            Console.Out.WriteLine($"{Snake.Name(mutant.Fate).Replace('_', ' ')}: {mutant.Group}, {mutant.Operator}, {mutant.What}{(mutant.Note.Length > 0 ? ": " + mutant.Note : "")}");
        foreach (var contradiction in report.Contradicted)
            Console.Out.WriteLine($"the commands contradict: {contradiction}");
        Console.Out.WriteLine($"{report.Confirmed} bugs put into files: the commands found the same, and made the files again otherwise");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Tickets} tickets of {report.Pack}, seed {report.Seed}, {elapsed.TotalSeconds:F1} s"));
    }

    private static void AddRow(Table table, string name, Mutant[] mutants) => table.AddRow(
        name,
        Count(mutants.DistinctBy(m => m.Operator).Count()),
        Count(mutants.Length),
        Count(mutants.Count(m => m.Verify)),
        Count(mutants.Count(m => m.ContentOnly)),
        Count(mutants.Count(m => m.Audit)),
        Count(mutants.Count(m => m.Fate == MutantFate.Caught)),
        Count(mutants.Count(m => m.Fate == MutantFate.Escaped)),
        Count(mutants.Count(m => m.Fate == MutantFate.Equivalent)),
        Count(mutants.Count(m => m.Fate == MutantFate.Unsaid)),
        Count(mutants.Count(m => m.Fate == MutantFate.NotExercised)),
        Count(mutants.Count(m => m.Fate == MutantFate.Refused)));

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Finders(Mutant mutant)
    {
        (string Name, bool Finds)[] ways = [("verify", mutant.Verify), ("verify --content-only", mutant.ContentOnly), ("audit", mutant.Audit)];
        return string.Join(", ", ways.Where(w => w.Finds).Select(w => w.Name));
    }

    private static void PrintJson(MutationReport report) => Console.Out.WriteLine(JsonSerializer.Serialize(
        new
        {
            pack = report.Pack,
            seed = report.Seed,
            tickets = report.Tickets,
            bugs = report.Mutants.Count,
            real = report.Real.Count(),
            caught = report.CountOf(MutantFate.Caught),
            escaped = report.CountOf(MutantFate.Escaped),
            equivalent = report.CountOf(MutantFate.Equivalent),
            unsaid = report.CountOf(MutantFate.Unsaid),
            not_exercised = report.CountOf(MutantFate.NotExercised),
            refused = report.CountOf(MutantFate.Refused),
            score = report.Score(m => m.Fate == MutantFate.Caught),
            score_verify = report.Score(m => m.Verify),
            score_content_only = report.Score(m => m.ContentOnly),
            score_audit = report.Score(m => m.Audit),
            confirmed = report.Confirmed,
            contradicted = report.Contradicted,
            mutants = report.Mutants.Select(m => new { m.Group, m.Operator, m.What, fate = Snake.Name(m.Fate), m.Verify, m.ContentOnly, m.Audit, m.Changed, m.Judged, m.Found, m.Note }),
        },
        JsonOutput.Options));
}
