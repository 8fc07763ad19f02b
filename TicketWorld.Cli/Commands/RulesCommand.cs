using System.CommandLine;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.Support.Rules;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld rules</c>: writes the rule files that the program carries, to be changed.</summary>
internal static class RulesCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("dir") { Description = "Folder to write to; files that are there stay as they are." };
        var json = CommonArguments.Json();
        var command = new Command("rules", "Write the rules by which tickets are understood, answered and routed, to change them.") { folder, json };
        command.SetAction((result, _) => Task.FromResult(CommandLine.Guard(result.GetValue(json), () => Write(result.GetValue(folder)!, result.GetValue(json)))));
        return command;
    }

    private static int Write(string folder, bool json)
    {
        var written = new List<string>();
        foreach (var name in RuleFiles.Names)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var own = RuleFiles.OpenOwn(name);
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            own.CopyTo(file);
            written.Add(name);
        }

        if (json)
            Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(new { folder, written }, JsonOutput.Options));
        else
            Console.Out.WriteLine($"{written.Count} of {RuleFiles.Names.Count} rule files written to {folder}. Set {RuleFolder.Key}={folder}, or give --rules {folder}; files that you do not change may be removed.");
        return CommandLine.Done;
    }
}
