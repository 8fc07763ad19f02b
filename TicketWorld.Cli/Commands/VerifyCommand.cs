using System.CommandLine;

namespace TicketWorld.Cli.Commands;

/// <summary><c>ticketworld verify</c>: derives everything again from the files of a set.</summary>
internal static class VerifyCommand
{
    public static Command Build()
    {
        var command = new Command("verify", "x");
        return command;
    }
}
