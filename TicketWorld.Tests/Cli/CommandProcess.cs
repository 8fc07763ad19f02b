using System.Diagnostics;

namespace TicketWorld.Tests.Cli;

/// <summary>What a run of the command printed and how it ended.</summary>
internal sealed record CommandResult(int Exit, string Output, string Error);

/// <summary>The <c>ticketworld</c> command as a user runs it: a process of its own, with its streams redirected.</summary>
internal static class CommandProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static Task<CommandResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, null, arguments);

    /// <param name="onErrorLine">Called with the process and each line of its standard error as it comes.</param>
    public static async Task<CommandResult> RunAsync(string folder, Action<Process, string>? onErrorLine, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ticketworld.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = new List<string>();
            while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
            {
                error.Add(line);
                onErrorLine?.Invoke(process, line);
            }

            await process.WaitForExitAsync(limit.Token);
            return new CommandResult(process.ExitCode, await output, string.Join('\n', error));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
