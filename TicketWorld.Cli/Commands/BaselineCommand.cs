using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TicketWorld.Cli.Terminal;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Difficulty.Baselines;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld baseline</c>: how far simple agents come on a set, level by level.</summary>
internal static class BaselineCommand
{
    public static Command Build()
    {
        var folder = CommonArguments.Set();
        var json = CommonArguments.Json();
        var command = new Command("baseline", "Have simple agents answer the tickets of a set, and print how often they are right at each level of difficulty.") { folder, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var scores = BaselineRun.Run(DatasetReader.Open(result.GetValue(folder)!), cancellation);
            if (result.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { tickets = scores[0].Tickets, agents = scores.Select(s => new { s.Agent, s.Description, s.Right, s.Accuracy, s.Overall }) }, JsonOutput.Options));
            else
                Print(scores);
            return CommandLine.Done;
        })));
        return command;
    }

    private static void Print(IReadOnlyList<BaselineScore> scores)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("outcome and actions right");
        for (var level = 1; level <= BaselineRun.Levels; level++)
            table.AddColumn($"level {level}", c => c.RightAligned());
        table.AddColumn("all", c => c.RightAligned()).AddColumn("agent");
        table.AddRow(["tickets", .. scores[0].Tickets.Select(t => t.ToString(CultureInfo.InvariantCulture)), scores[0].Tickets.Sum().ToString(CultureInfo.InvariantCulture), ""]);
        foreach (var score in scores)
            table.AddRow([score.Agent.Replace('_', ' '), .. score.Accuracy.Select(Percent), Percent(score.Overall), Markup.Escape(score.Description)]);
        Output.Console().Write(table);
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
