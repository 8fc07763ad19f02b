using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Tests.Worlds.Randomness;

public class DrawsTests
{
    [Fact]
    public void Draws_lie_between_their_bounds_and_reach_both()
    {
        var cases = from low in Gen.Choose(-1_000_000, 1_000_000)
                    from width in Gen.Choose(0, 5)
                    from seed in Gen.Choose(0, int.MaxValue)
                    select (low, high: low + width, seed);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var draws = new Draws(new SeedKey((ulong)c.seed, 0), 1, 1);
            var drawn = Enumerable.Range(0, 300).Select(_ => draws.Between(c.low, c.high)).ToList();
            Assert.Equal((c.low, c.high), (drawn.Min(), drawn.Max()));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>χ² with 9 degrees of freedom is above 27.9 once in a thousand; the draws are fixed by their seed.</summary>
    [Fact]
    public void Draws_are_spread_evenly_within_a_stream_and_across_neighbouring_entities()
    {
        var draws = new Draws(Seeds.Key(3), 4, 5);
        AssertEven(Enumerable.Range(0, 20_000).Select(_ => draws.Below(10)));
        AssertEven(Enumerable.Range(0, 20_000).Select(i => new Draws(Seeds.Key(3), 4, (ulong)i).Below(10)));
        AssertEven(Enumerable.Range(0, 20_000).Select(i => new Draws(Seeds.Key((ulong)i), 4, 5).Below(10)));
    }

    [Fact]
    public void Weights_are_kept_and_none_without_weight_is_drawn()
    {
        var draws = new Draws(Seeds.Key(9), 1, 1);
        var counts = Enumerable.Range(0, 10_000).Select(_ => draws.Weighted([70, 70, 90, 100])).CountBy(i => i).ToDictionary();
        Assert.False(counts.ContainsKey(1));
        Assert.InRange(counts[0], 6800, 7200);
        Assert.InRange(counts[2], 1850, 2150);
    }

    /// <summary>Keys that share the word that places a stream give other draws, from the first one on.</summary>
    [Fact]
    public void Both_words_of_a_key_decide_every_draw()
    {
        AssertEven(Enumerable.Range(0, 20_000).Select(i => new Draws(new SeedKey(7, (ulong)i), 4, 5).Below(10)));
        for (ulong stream = 1; stream <= Seeds.Twins; stream++)
        {
            ulong[] Drawn(SeedKey key, ulong index)
            {
                var draws = new Draws(key, stream, index);
                return [.. Enumerable.Range(0, 8).Select(_ => draws.Next())];
            }

            for (ulong index = 0; index < 50; index++)
            {
                Assert.Empty(Drawn(new SeedKey(7, 1), index).Intersect(Drawn(new SeedKey(7, 2), index)));
                Assert.Empty(Drawn(new SeedKey(1, 7), index).Intersect(Drawn(new SeedKey(2, 7), index)));
            }
        }
    }

    [Fact]
    public void Every_step_is_odd_and_mixes_well() => Assert.All(
        Enumerable.Range(0, 20_000).Select(i => new SeedKey(1, (ulong)i * (ulong)i).Step),
        step => Assert.True((step & 1) == 1 && BitOperations.PopCount(step ^ (step >> 1)) >= 24, $"{step:x16}"));

    private static void AssertEven(IEnumerable<int> drawn)
    {
        var counts = drawn.CountBy(d => d).ToDictionary();
        Assert.Equal(10, counts.Count);
        var expected = counts.Values.Sum() / 10.0;
        Assert.InRange(counts.Values.Sum(c => (c - expected) * (c - expected) / expected), 0, 27.9);
    }
}
