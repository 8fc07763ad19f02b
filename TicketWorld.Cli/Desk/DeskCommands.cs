using System.CommandLine;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Models;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Models;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Workflow;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Desk;

/// <summary>What the commands of the desk have in common.</summary>
internal static class DeskCommands
{
    private const string StandardInput = "-";

    public static Argument<string> File() => new("file") { Description = "Tickets as JSON, JSON Lines or a mail; '-' reads standard input." };

    public static Option<string?> Rules() => new("--rules") { Description = $"Folder of rule files that stand in place of the program's, instead of {RuleFolder.Key}." };

    /// <summary>The workflow over the rule files of the option or of the settings.</summary>
    /// <param name="rules">The option; null for the settings.</param>
    /// <param name="withModels">Whether the models that the settings name take their steps; otherwise rules do all.</param>
    /// <exception cref="WorldException">The folder does not exist, or a setting is wrong.</exception>
    public static TicketWorkflow Workflow(string? rules, bool withModels = false)
    {
        if (rules is not null && !Directory.Exists(rules))
            throw new WorldException("invalid_option", $"There is no folder '{rules}'.", "Write the rule files with 'ticketworld rules DIR', or leave the option out.", "rules", rules);
        try
        {
            var configuration = CommandConfiguration.Load(Directory.GetCurrentDirectory());
            var files = new RuleFiles(rules ?? RuleFolder.Read(configuration));
            files.ThrowIfUnknown();
            var settings = new Settings(configuration);
            var options = DeskModelSettings.Read(settings);
            settings.ThrowIfFaulty();
            if (!withModels || !options.HasModel)
                return TicketWorkflow.Over(files, new NoStepModels(), TimeProvider.System);
            var models = new DeskModels(options, TimeProvider.System, new Spread().Next);
            return TicketWorkflow.Over(files, new StepModels(models, files, new TemplateReplyWriter(files, new RuleGuidance(files)), TimeProvider.System), TimeProvider.System);
        }
        catch (StartFaultException e)
        {
            throw new WorldException("invalid_setting", e.Message, "Correct the settings (docs/models.md, docs/workflow.md).", "settings");
        }
    }

    public static Stream Open(string file)
    {
        if (file == StandardInput)
            return Console.OpenStandardInput();
        if (!System.IO.File.Exists(file))
            throw new WorldException("invalid_option", $"There is no file '{file}'.", "Name a file of tickets, or '-' for standard input.", "file", file);
        return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
    }
}
