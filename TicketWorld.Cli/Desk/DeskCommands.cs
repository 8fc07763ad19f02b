using System.CommandLine;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
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
    /// <exception cref="WorldException">The folder does not exist.</exception>
    public static TicketWorkflow Workflow(string? rules, IStepModels models)
    {
        var folder = rules ?? RuleFolder.Read(CommandConfiguration.Load(Directory.GetCurrentDirectory()));
        if (folder is not null && !Directory.Exists(folder))
            throw new WorldException("invalid_option", $"There is no folder '{folder}'.", "Write the rule files with 'ticketworld rules DIR', or leave the option out.", "rules", folder);
        return TicketWorkflow.Over(new RuleFiles(folder), models, TimeProvider.System);
    }

    /// <summary>The models that the settings name; rules alone where there is none.</summary>
    public static IStepModels Models() => new NoStepModels();

    public static Stream Open(string file)
    {
        if (file == StandardInput)
            return Console.OpenStandardInput();
        if (!System.IO.File.Exists(file))
            throw new WorldException("invalid_option", $"There is no file '{file}'.", "Name a file of tickets, or '-' for standard input.", "file", file);
        return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
    }
}
