using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TicketWorld.Cli.Terminal;
using TicketWorld.Worlds.Scoring;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld score</c>: how near an agent's resolutions are to the right ones.</summary>
internal static class ScoreCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("dir") { Description = "Folder of the set, of an export with its answers, or the file of answers." };
        var candidates = new Argument<string>("candidates") { Description = "File of resolutions, one a line: ticket_id and resolution_plan." };
        var partial = new Option<bool>("--partial") { Description = "Score tickets that are left out as 0 instead of refusing the file." };
        var limit = CommonArguments.Number("--list", "How many of the worst tickets to list.", 10, 0, 1_000_000);
        var json = CommonArguments.Json();
        var command = new Command("score", "Score candidate resolutions against the right ones: clauses, actions, values, outcome.") { folder, candidates, partial, limit, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var report = CandidateScorer.Score(result.GetValue(folder)!, result.GetValue(candidates)!, result.GetValue(partial), cancellation);
            if (result.GetValue(json))
                PrintJson(report);
            else
                Print(report, result.GetValue(limit));
            return CommandLine.Done;
        })));
        return command;
    }

    private static void Print(ScoreReport report, int limit)
    {
        var console = Output.Console();
        var means = new Table().Border(TableBorder.Simple).AddColumn($"{report.Tickets.Count} tickets").AddColumn("mean", c => c.RightAligned());
        foreach (var (name, value) in ((string, double)[])
        [
            ("clause precision", report.ClausePrecision), ("clause recall", report.ClauseRecall), ("clause F1", report.ClauseF1), ("action match", report.ActionMatch),
            ("value error", (double)report.ValueError), ("value match", report.ValueMatch), ("outcome match", report.OutcomeMatch), ("all right", report.Exact), ("overall", report.Overall),
        ])
            means.AddRow(name, Number(value));
        console.Write(means);
        if (report.Missing > 0)
            console.WriteLine($"{report.Missing} tickets without a candidate score 0");
        var worst = report.Tickets.Where(t => !t.IsExact).OrderBy(t => t.Overall).ThenBy(t => t.TicketId, StringComparer.Ordinal).Take(limit).ToArray();
        if (worst.Length == 0)
            return;
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in (string[])["ticket", "clause F1", "actions", "value error", "outcome", "overall"])
            table.AddColumn(column);
        foreach (var ticket in worst)
            table.AddRow(Markup.Escape(ticket.TicketId), Number(ticket.ClauseF1), Number(ticket.ActionMatch), Number((double)ticket.ValueError), ticket.OutcomeMatch ? "right" : "wrong", Number(ticket.Overall));
        console.Write(table);
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static void PrintJson(ScoreReport report) => Console.Out.WriteLine(JsonSerializer.Serialize(
        new
        {
            tickets = report.Tickets.Count,
            missing = report.Missing,
            clause_precision = report.ClausePrecision,
            clause_recall = report.ClauseRecall,
            clause_f1 = report.ClauseF1,
            action_match = report.ActionMatch,
            value_error = report.ValueError,
            value_match = report.ValueMatch,
            outcome_match = report.OutcomeMatch,
            exact = report.Exact,
            overall = report.Overall,
            scores = report.Tickets,
        },
        JsonOutput.Options));
}
