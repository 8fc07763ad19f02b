using System.CommandLine;
using TicketWorld.Worlds.Decisions;

namespace TicketWorld.Cli.Terminal;

/// <summary>What somebody may have meant who wrote a word that a command does not know.</summary>
internal static class Suggestions
{
    private const int MostSlips = 3;

    /// <summary>The command or option nearest to a word; null when none is near.</summary>
    public static string? For(Command command, string word)
    {
        var names = word.StartsWith('-') ? command.Options.Select(o => o.Name) : command.Subcommands.Select(c => c.Name);
        var most = Math.Min(MostSlips, word.Length / 2);
        return Enumerable.Range(1, most).SelectMany(slips => names.Where(name => EditDistance.IsWithin(name, word, slips))).FirstOrDefault();
    }
}
