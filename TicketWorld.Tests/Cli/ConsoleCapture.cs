using System.CommandLine;
using TicketWorld.Cli;

namespace TicketWorld.Tests.Cli;

/// <summary>Tests that redirect the console, which is one for the whole process: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleTestGroup
{
    public const string Name = "console";
}

/// <summary>Runs the command inside the test's process.</summary>
internal static class ConsoleCapture
{
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(CommandLine.Root(), arguments);

    public static async Task<CommandResult> RunAsync(RootCommand root, params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var newOutput = new StringWriter();
        using var newError = new StringWriter();
        Console.SetOut(newOutput);
        Console.SetError(newError);
        try
        {
            var exit = await CommandLine.RunAsync(root, arguments);
            return new CommandResult(exit, newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
