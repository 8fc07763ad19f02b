using System.CommandLine;
using TicketWorld.Cli.Desk;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld classify</c>: what tickets are about and how grave they are.</summary>
internal static class ClassifyCommand
{
    public static Command Build()
    {
        var file = DeskCommands.File();
        var rules = DeskCommands.Rules();
        var json = CommonArguments.Json();
        var command = new Command("classify", "Say what tickets are about and how grave they are.") { file, rules, json };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var options = new WorkflowOptions { SkipExtraction = true, SkipResponseGeneration = true };
            return new DeskRun(DeskCommands.Workflow(result.GetValue(rules)), options, result.GetValue(json) ? DeskOutput.Lines : DeskOutput.Table)
                .Run(result.GetValue(file)!, results: null, DeskReport.Classification, cancellation);
        })));
        return command;
    }
}
