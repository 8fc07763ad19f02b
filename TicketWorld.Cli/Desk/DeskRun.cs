using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TicketWorld.Cli.Terminal;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Cli.Desk;

/// <summary>Works on the tickets of a file.</summary>
internal sealed class DeskRun(TicketWorkflow workflow, WorkflowOptions options, DeskOutput output)
{
    private const int LongestSubject = 40;
    private const int MostRows = 200;
    private const int TellEvery = 1000;

    /// <summary>Prints a table, or the results as JSON Lines; with a file, the results go there.</summary>
    public int Run(string file, string? results, DeskReport report, CancellationToken cancellation) => RunAsync(file, results, report, cancellation).GetAwaiter().GetResult();

    /// <summary>Writes the results of a file as JSON Lines; gives how many there are.</summary>
    public async Task<int> WriteAsync(Stream tickets, TextWriter results, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var ticket in TicketFile.ReadAsync(tickets, cancellation))
        {
            var run = await workflow.RunAsync(ticket.Text, options, ticket.Warnings, cancellation);
            await results.WriteLineAsync(JsonSerializer.Serialize(WorkflowResult.Of(NameOf(ticket), run), DeskJson.Options).AsMemory(), cancellation);
            count++;
        }

        return count;
    }

    private async Task<int> RunAsync(string file, string? results, DeskReport report, CancellationToken cancellation)
    {
        await using var tickets = DeskCommands.Open(file);
        await using var written = results is null ? null : new StreamWriter(results);
        var table = report.NewTable();
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        var count = 0;
        await foreach (var ticket in TicketFile.ReadAsync(tickets, cancellation))
        {
            var run = await workflow.RunAsync(ticket.Text, options, ticket.Warnings, cancellation);
            count++;
            var line = written is null && output == DeskOutput.Table ? null : JsonSerializer.Serialize(report.Json(WorkflowResult.Of(NameOf(ticket), run)), DeskJson.Options);
            if (written is not null)
                await written.WriteLineAsync(line);
            else if (output == DeskOutput.Lines)
                Console.Out.WriteLine(line);
            if (table.Rows.Count < MostRows)
                table.AddRow([.. ((string[])[NameOf(ticket), Short(ticket.Text.Subject), .. report.Row(run)]).Select(Markup.Escape)]);
            if (run.Analysis is { } analysis)
                tally[RuleWords.Of(analysis.Category)] = tally.GetValueOrDefault(RuleWords.Of(analysis.Category)) + 1;
            if (count % TellEvery == 0)
                Console.Error.WriteLine($"{count} tickets");
        }

        if (output == DeskOutput.Table)
            Print(table, count, tally, watch.Elapsed, results);
        return CommandLine.Done;
    }

    private static void Print(Table table, int count, Dictionary<string, int> tally, TimeSpan elapsed, string? results)
    {
        var console = Output.Console();
        console.Write(table);
        if (count > MostRows)
            console.WriteLine($"… and {count - MostRows} more");
        if (count > 1)
            console.WriteLine(string.Join(", ", tally.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}")));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} ticket{(count == 1 ? "" : "s")} in {elapsed.TotalSeconds:0.00} s{(results is null ? "" : $"; results in {results}")}"));
    }

    private static string NameOf(FiledTicket ticket) => ticket.Id ?? ticket.Number.ToString(CultureInfo.InvariantCulture);

    private static string Short(string subject) => subject.Length <= LongestSubject ? subject : subject[..(LongestSubject - 1)] + "…";
}
