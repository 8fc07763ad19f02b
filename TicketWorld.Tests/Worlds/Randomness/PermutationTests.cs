using FsCheck;
using FsCheck.Fluent;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Tests.Worlds.Randomness;

public class PermutationTests
{
    [Fact]
    public void Every_place_is_taken_once_and_leads_back_to_its_index()
    {
        var cases = from size in Gen.Choose(1, 3000)
                    from seed in Gen.Choose(0, int.MaxValue)
                    from stream in Gen.Choose(0, 1000)
                    select (size, seed, stream);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var permutation = new Permutation((ulong)c.size, new SeedKey((ulong)c.seed, (ulong)c.stream), (ulong)c.stream);
            var places = Enumerable.Range(0, c.size).Select(i => permutation[(ulong)i]).ToList();
            Assert.Equal(Enumerable.Range(0, c.size).Select(i => (ulong)i), places.Order());
            Assert.All(places.Index(), p => Assert.Equal((ulong)p.Index, permutation.Inverse(p.Item)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Places_of_sixty_bits_lead_back_to_their_index()
    {
        var permutation = new Permutation(1UL << 60, new SeedKey(42, 9), 6);
        for (ulong index = 0; index < 2000; index++)
        {
            Assert.InRange(permutation[index], 0UL, (1UL << 60) - 1);
            Assert.Equal(index, permutation.Inverse(permutation[index]));
        }
    }

    [Fact]
    public void Seeds_and_streams_give_different_orders()
    {
        ulong[] Order(SeedKey key, ulong stream) => [.. Enumerable.Range(0, 64).Select(i => new Permutation(64, key, stream)[(ulong)i])];
        Assert.NotEqual(Order(Seeds.Key(1), 1), Order(Seeds.Key(2), 1));
        Assert.NotEqual(Order(Seeds.Key(1), 1), Order(Seeds.Key(1), 2));
        Assert.NotEqual(Order(new SeedKey(1, 1), 1), Order(new SeedKey(1, 2), 1));
        Assert.NotEqual(Order(new SeedKey(1, 1), 1), Order(new SeedKey(2, 1), 1));
        Assert.Equal(Order(Seeds.Key(1), 1), Order(Seeds.Key(1), 1));
    }
}
