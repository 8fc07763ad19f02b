using System.CommandLine;

namespace TicketWorld.Cli.Commands;

/// <summary>Arguments that several commands take.</summary>
internal static class CommonArguments
{
    public static Argument<string> Set(string name = "dir") => new(name) { Description = "Folder of the set." };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };
}
