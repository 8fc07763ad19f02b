using System.CommandLine;
using System.Text.Json;
using TicketWorld.Worlds.Packs.Validation;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld validate</c>: everything that is wrong with a pack or of no use in it.</summary>
internal static class ValidateCommand
{
    public static Command Build()
    {
        var pack = new Argument<string>("pack") { Description = "An embedded pack, or the path of a pack's folder." };
        var interactions = new Option<bool>("--interactions") { Description = "Also list the pairs of clauses that decide together in some scenario." };
        var json = CommonArguments.Json();
        var command = new Command("validate", "Check a pack and list all that is wrong with it, with file and line; exit 1 on errors.") { pack, interactions, json };
        command.SetAction((result, _) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () =>
        {
            var name = result.GetValue(pack)!;
            var validation = PackValidator.Run(name);
            if (result.GetValue(json))
                PrintJson(name, validation);
            else
                Print(name, validation, result.GetValue(interactions));
            return validation.IsUsable ? CommandLine.Done : CommandLine.Failed;
        })));
        return command;
    }

    private static void Print(string name, PackValidation validation, bool interactions)
    {
        foreach (var finding in validation.Findings)
        {
            Console.Out.WriteLine($"{finding.File}{(finding.Line > 0 ? $":{finding.Line}" : "")}: {Snake.Name(finding.Severity)} {finding.Check}: {finding.Problem}");
            Console.Out.WriteLine($"    {finding.Remedy}");
        }

        foreach (var left in validation.Unchecked)
            Console.Out.WriteLine($"not checked: {left}");
        foreach (var pair in interactions ? validation.Interactions : [])
            Console.Out.WriteLine($"together: {pair.A} and {pair.B}{(pair.Related ? "" : ", which no relation joins")}");
        Console.Out.WriteLine($"{name}: {validation.Clauses} clauses, {validation.Scenarios} scenarios, {validation.Errors} errors, {validation.Warnings} warnings");
    }

    private static void PrintJson(string name, PackValidation validation) => Console.Out.WriteLine(JsonSerializer.Serialize(
        new
        {
            pack = name,
            usable = validation.IsUsable,
            clauses = validation.Clauses,
            scenarios = validation.Scenarios,
            errors = validation.Errors,
            warnings = validation.Warnings,
            findings = validation.Findings.Select(f => new { severity = Snake.Name(f.Severity), f.Check, f.File, f.Line, f.Problem, f.Remedy }),
            not_checked = validation.Unchecked,
            interactions = validation.Interactions,
        },
        JsonOutput.Options));
}
