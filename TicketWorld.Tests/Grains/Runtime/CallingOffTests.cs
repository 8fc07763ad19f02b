using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Runtime;

public sealed class CallingOffTests
{
    [Fact]
    public async Task A_turn_is_called_off_although_somebody_who_is_told_throws()
    {
        using var running = new RunningTurns();
        var claimed = new ClaimedTurn
        {
            Lease = new(new("probe", "a"), new("silo"), new(1)),
            Seq = 1,
            MessageId = "m",
            Method = "X",
            Arguments = "[]",
            Priority = TicketWorld.Grains.MessagePriority.Normal,
            FailedAttempts = 0,
            Interruptions = 0,
        };
        using var turn = running.Add(claimed, running.Stopping);
        var told = false;
        await using var second = turn.Cancellation.Register(() => told = true);
        await using var first = turn.Cancellation.Register(() => throw new ObjectDisposedException("connection"));
        await running.All[claimed.Lease].CancelAsync();
        await running.StopAsync();
        Assert.True(told && turn.Cancellation.IsCancellationRequested);
    }
}
