using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

public class OrderedBlocksTests
{
    private const int Count = 500;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Count)]
    public void Blocks_are_finished_in_the_order_of_reading_each_once(int count)
    {
        var next = 0;
        var finished = new List<int>();

        // Work of uneven length, so that blocks overtake each other.
        OrderedBlocks<Number>.Run(() => new Number(), b => Read(b, ref next, count), b => Thread.SpinWait(b.Value % 7 * 1000), b => finished.Add(b.Value), CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, count), finished);
    }

    [Fact]
    public void What_a_step_throws_ends_the_run_and_is_thrown()
    {
        var next = 0;

        var thrown = Assert.Throws<InvalidOperationException>(() => OrderedBlocks<Number>.Run(
            () => new Number(), b => Read(b, ref next, Count), b => Refuse(b.Value == 37), _ => { }, CancellationToken.None));

        Assert.Equal("refused", thrown.Message);
        Assert.True(next < Count, $"{next} blocks were read");
    }

    [Fact]
    public void A_run_that_is_cancelled_reads_no_more()
    {
        var next = 0;
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => OrderedBlocks<Number>.Run(
            () => new Number(), b => Read(b, ref next, Count), _ => { }, _ => stop.Cancel(), stop.Token));

        Assert.True(next < Count, $"{next} blocks were read");
    }

    private static bool Read(Number block, ref int next, int count)
    {
        if (next == count)
            return false;
        block.Value = next++;
        return true;
    }

    private static void Refuse(bool refused)
    {
        if (refused)
            throw new InvalidOperationException("refused");
    }

    private sealed class Number
    {
        public int Value { get; set; }
    }
}
