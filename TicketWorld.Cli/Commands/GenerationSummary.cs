using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Cli.Commands;

/// <summary>What a run made: counts, shares beside their targets, and what kept a share from its target.</summary>
internal static class GenerationSummary
{
    public static void Print(GenerationResult made, string folder, string? commitment, Action<Action<string, string>>? more = null)
    {
        var report = made.Report;
        var options = made.World.Options;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = 110;

        console.WriteLine($"{made.World.CompanyName}: {made.World.TicketCount} tickets, {options.Customers} customers, {options.Products} products, {options.Orders} orders in {Path.GetFullPath(folder)}");
        var table = new Table().Border(TableBorder.Simple).AddColumns("share", "label").AddColumn("target", c => c.RightAligned()).AddColumn("tickets", c => c.RightAligned()).AddColumn("note");
        foreach (var line in Shares.Of(made))
            table.AddRow(line.Dimension.Replace('_', ' '), line.Label.Replace('_', ' '), line.Target.ToString(CultureInfo.InvariantCulture), line.Tickets.ToString(CultureInfo.InvariantCulture), Markup.Escape(line.Cause ?? ""));
        console.Write(table);

        var facts = new Table().Border(TableBorder.None).HideHeaders().AddColumns("what", "value");
        facts.AddRow("oracle disagreements", report.OracleDisagreements.ToString(CultureInfo.InvariantCulture));
        facts.AddRow("gate rejects (texts written again)", $"{report.GateRejects} ({Percent(report.GateRejects, report.Tickets)})");
        facts.AddRow("what-ifs (order line used before)", report.WhatIfs.ToString(CultureInfo.InvariantCulture));
        if (options.Twins > 0)
            facts.AddRow("twins (asked for)", $"{made.World.TwinCount} ({options.Twins}){(made.World.TwinCount < options.Twins ? ": no other ticket has one fact that decides otherwise" : "")}");
        more?.Invoke((what, value) => facts.AddRow(Markup.Escape(what), Markup.Escape(value)));
        facts.AddRow("tickets a second", Rate(made).ToString("N0", CultureInfo.InvariantCulture));
        facts.AddRow("elapsed", $"{made.Elapsed.TotalSeconds:N2} s");
        console.Write(facts);
        if (commitment is not null)
            console.WriteLine($"commitment (publish it, keep the file): {commitment}");
    }

    public static void PrintJson(GenerationResult made, string folder, string? commitment, object? llm)
    {
        var options = made.World.Options;
        var report = made.Report;
        Console.Out.WriteLine(JsonSerializer.Serialize(
            new
            {
                output_dir = Path.GetFullPath(folder),
                company = made.World.CompanyName,
                commitment,
                seed = options.Seed.IsGuessable ? (ulong)options.Seed.Value : (ulong?)null,
                counts = new { tickets = made.World.TicketCount, customers = options.Customers, products = options.Products, orders = options.Orders },
                made = report.Tickets,
                oracle_disagreements = report.OracleDisagreements,
                gate_rejects = report.GateRejects,
                llm,
                what_ifs = report.WhatIfs,
                twins = made.World.TwinCount,
                completeness_changes = report.CompletenessChanges,
                tickets_per_second = Math.Round(Rate(made), 1),
                elapsed_seconds = Math.Round(made.Elapsed.TotalSeconds, 3),
                shares = Shares.Of(made).Select(s => new { s.Dimension, s.Label, s.Target, s.Tickets, s.Cause }),
                files = made.Manifest.Files,
            },
            JsonOutput.Options));
    }

    private static double Rate(GenerationResult made) => made.Report.Tickets / Math.Max(0.001, made.TicketTime.TotalSeconds);

    private static string Percent(int part, int whole) => whole == 0 ? "0 %" : (100.0 * part / whole).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
