using TicketWorld.AppHost.Logs;

namespace TicketWorld.Tests.AppHost;

public sealed class LogStoreTests
{
    [Theory]
    [InlineData("2026-11-21T00:49:06.123Z warning  Some.Category: text", LogOrigin.Output, "warning")]
    [InlineData("2026-11-21T00:49:06.123Z error    Some.Category: text", LogOrigin.Output, "error")]
    [InlineData("{\"timestamp\":\"x\",\"level\":\"critical\",\"message\":\"m\"}", LogOrigin.Output, "critical")]
    [InlineData("anything else", LogOrigin.Output, "info")]
    [InlineData("anything else", LogOrigin.Error, "error")]
    [InlineData("", LogOrigin.Output, "info")]
    public void The_level_is_read_from_both_formats(string text, LogOrigin origin, string level) =>
        Assert.Equal(level, LogStore.LevelOf(text, origin));

    [Fact]
    public void It_keeps_the_newest_lines_and_cuts_long_ones()
    {
        var logs = new LogStore(TimeProvider.System);
        for (var i = 0; i <= LogStore.Capacity; i++)
            logs.Add(i % 2 == 0 ? "even" : "odd", LogOrigin.Output, $"line {i}");
        logs.Add("odd", LogOrigin.Output, new string('x', LogStore.MaxLineLength + 1));
        Assert.Equal("line 2", logs.Tail(null, int.MaxValue)[0].Text);
        Assert.Equal(LogStore.Capacity, logs.Tail(null, int.MaxValue).Count);
        Assert.Equal(["even", "even"], logs.Tail("even", 2).Select(line => line.Resource));
        Assert.Equal(LogStore.MaxLineLength + 1, logs.Tail("odd", 1)[0].Text.Length);
    }

    [Fact]
    public async Task A_follower_gets_what_is_kept_then_what_comes_and_ends_with_the_log()
    {
        var logs = new LogStore(TimeProvider.System);
        logs.Add("a", LogOrigin.Output, "1");
        logs.Add("b", LogOrigin.Output, "2");
        var lines = logs.FollowAsync("a", 0, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await lines.MoveNextAsync());
        Assert.Equal("1", lines.Current.Text);
        logs.Add("b", LogOrigin.Output, "3");
        logs.Add("a", LogOrigin.Output, "4");
        logs.Close();
        Assert.True(await lines.MoveNextAsync());
        Assert.Equal("4", lines.Current.Text);
        Assert.False(await lines.MoveNextAsync());
    }
}
