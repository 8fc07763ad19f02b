using System.CommandLine;
using TicketWorld.Cli.Desk;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld extract</c>: order ids, error codes, addresses, amounts and more of tickets.</summary>
internal static class ExtractCommand
{
    public static Command Build()
    {
        var file = DeskCommands.File();
        var rules = DeskCommands.Rules();
        var json = CommonArguments.Json();
        var command = new Command("extract", "Find order ids, error codes, addresses, amounts and more in tickets.") { file, rules, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var options = new WorkflowOptions { SkipResponseGeneration = true, SkipRouting = true };
            return new DeskRun(DeskCommands.Workflow(result.GetValue(rules)), options, result.GetValue(json) ? DeskOutput.Lines : DeskOutput.Table)
                .Run(result.GetValue(file)!, results: null, DeskReport.Extraction, cancellation);
        })));
        return command;
    }
}
