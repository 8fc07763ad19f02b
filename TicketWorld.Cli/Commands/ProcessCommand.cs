using System.CommandLine;
using TicketWorld.Cli.Desk;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Workflow;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld process</c>: the whole workflow on tickets of a file, of standard input, or of a folder that is watched.</summary>
internal static class ProcessCommand
{
    public static Command Build()
    {
        var file = new Argument<string?>("file") { Description = "Tickets as JSON, JSON Lines or a mail; '-' reads standard input.", Arity = ArgumentArity.ZeroOrOne };
        var watch = new Option<string?>("--watch") { Description = "Work on the files of this folder, and on those that come into it, until it is interrupted. Results go to --output." };
        var output = new Option<string?>("--output") { Description = "File for the results as JSON Lines; with --watch a folder (default: results in the watched folder)." };
        var tone = new Option<string>("--tone") { Description = "Tone of the replies.", DefaultValueFactory = _ => RuleWords.Of(ReplyTone.Friendly) };
        tone.AcceptOnlyFromAmong([.. RuleWords.All<ReplyTone>()]);
        var silent = new Option<bool>("--skip-response") { Description = "Write no replies." };
        var rules = DeskCommands.Rules();
        var json = CommonArguments.Json();
        var command = new Command("process", "Work on tickets: classify, extract, respond, route. A model does its steps where one is configured (docs/models.md).")
        {
            file, watch, output, tone, silent, rules, json,
        };
        command.SetAction((result, cancellation) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var options = new WorkflowOptions { ResponseTone = RuleWords.Find<ReplyTone>(result.GetValue(tone)!)!.Value, SkipResponseGeneration = result.GetValue(silent) };
            var run = new DeskRun(DeskCommands.Workflow(result.GetValue(rules), withModels: true), options, result.GetValue(json) ? DeskOutput.Lines : DeskOutput.Table);
            return (result.GetValue(file), result.GetValue(watch)) switch
            {
                ({ } tickets, null) => run.Run(tickets, result.GetValue(output), DeskReport.Whole, cancellation),
                (null, { } folder) => new WatchedFolder(folder, result.GetValue(output) ?? Path.Combine(folder, "results"), run).Run(cancellation),
                _ => throw new WorldException("invalid_option", "Give either a file or --watch.", "For example: ticketworld process tickets.jsonl.", "file"),
            };
        })));
        return command;
    }
}
