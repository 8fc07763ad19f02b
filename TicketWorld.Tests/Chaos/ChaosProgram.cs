namespace TicketWorld.Tests.Chaos;

/// <summary>The command of <c>eng/chaos.sh</c>.</summary>
internal static class ChaosProgram
{
    public const string Command = "chaos";

    /// <returns>0 when nothing was lost, doubled or otherwise wrong; 1 when something was; 2 for a wrong command line.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (ChaosOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(ChaosOptions.Usage);
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("ticketworld-chaos-").FullName;
        try
        {
            await using var run = new ChaosRun(options, folder, Console.Out);
            return await run.RunAsync() ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
