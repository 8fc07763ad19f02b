namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>Waits for what no event announces, without keeping a processor busy.</summary>
internal static class Poll
{
    public static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan? limit = null)
    {
        using var late = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await holds())
            await timer.WaitForNextTickAsync(late.Token);
    }
}
