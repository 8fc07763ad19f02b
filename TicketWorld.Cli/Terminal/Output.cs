using Spectre.Console;

namespace TicketWorld.Cli.Terminal;

/// <summary>Standard output: with the terminal's width and colours, or plain and wide where it is redirected.</summary>
internal static class Output
{
    private const int RedirectedWidth = 160;

    public static IAnsiConsole Console()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Out) });
        if (System.Console.IsOutputRedirected)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}
