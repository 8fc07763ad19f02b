namespace TicketWorld.Tests.Fuzz;

/// <summary>The command of <c>eng/fuzz.sh</c>.</summary>
internal static class FuzzProgram
{
    public const string Command = "fuzz";

    /// <returns>0 when every answer was as it should be; 1 when one was not; 2 for a wrong command line.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (FuzzOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(FuzzOptions.Usage);
            return 2;
        }

        await using var target = await FuzzTarget.StartAsync();
        return await new FuzzRun(options, target, Console.Out).RunAsync() ? 0 : 1;
    }
}
