using FsCheck;
using FsCheck.Fluent;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Tests.Worlds.Generation;

public class QuotaTests
{
    [Fact]
    public void Parts_add_up_and_each_is_within_one_of_its_share()
    {
        var cases = Gen.Choose(0, 5_000).SelectMany(total => Gen.Choose(0, 40).ArrayOf().Where(w => w.Sum() > 0).Select(weights => (total, weights)));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var parts = Quota.Split(c.total, c.weights);
            var sum = c.weights.Sum();
            return parts.Sum() == c.total && parts.Index().All(p => Math.Abs(p.Item * (long)sum - (long)c.total * c.weights[p.Index]) < sum);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_share_is_within_one_ticket_of_its_target_when_each_ticket_has_an_order()
    {
        var counts = from tickets in Gen.Choose(1, 600)
                     from spareOrders in Gen.Choose(0, 100)
                     from customers in Gen.Choose(60, 300)
                     from products in Gen.Choose(60, 250)
                     from seed in Gen.Choose(0, 1_000_000)
                     select new WorldOptions { Tickets = tickets, Orders = tickets + spareOrders, Customers = customers, Products = products, Seed = (ulong)seed };
        Prop.ForAll(counts.ToArbitrary(), options =>
        {
            var (world, report, shares) = TestWorlds.Report(options);
            Assert.Equal(options.Tickets, report.Tickets);
            Assert.Equal(0, report.OracleDisagreements);
            Assert.Equal((options.Customers, options.Products, options.Orders), (world.Book.Customers.Count, world.Book.Products.Count, world.Book.Orders.Count));
            Assert.Equal((4, options.Tickets), (shares.Select(s => s.Dimension).Distinct().Count(), shares.Sum(s => s.Tickets) / 4));
            Assert.DoesNotContain(shares, s => Math.Abs(s.Tickets - s.Target) > 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory]
    [InlineData(500, 7, 50, 35)]
    [InlineData(500, 1, 1, 1)]
    [InlineData(300, 40, 3, 200)]
    [InlineData(100, 70, 50, 35)]
    [InlineData(100, 100, 50, 1)]
    [InlineData(100, 100, 1, 35)]
    [InlineData(100, 100, 2, 3)]
    public void Counts_hold_where_shares_cannot_and_every_deviation_has_a_cause(int tickets, int orders, int customers, int products)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var (world, report, shares) = TestWorlds.Report(new WorldOptions { Tickets = tickets, Orders = orders, Customers = customers, Products = products, Seed = seed });
            Assert.Equal(tickets, report.Tickets);
            Assert.Equal(0, report.OracleDisagreements);
            Assert.Equal((customers, products, orders), (world.Book.Customers.Count, world.Book.Products.Count, world.Book.Orders.Count));
            Assert.All(shares, s => Assert.Equal(Math.Abs(s.Tickets - s.Target) > 1, s.Cause is not null));
        }
    }

    [Fact]
    public void One_of_everything_is_a_world()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            var (_, report, _) = TestWorlds.Report(new WorldOptions { Tickets = 1, Orders = 1, Customers = 1, Products = 1, Seed = seed });
            Assert.Equal((1, 0), (report.Tickets, report.OracleDisagreements));
        }
    }

    [Fact]
    public void Every_scenario_of_the_pack_is_reached()
    {
        var reached = ContradictionSets.All.SelectMany(s => s.Tickets).Select(t => t.Scenario).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(TestWorlds.Pack.Scenarios.Select(s => s.Id).Except(reached, StringComparer.Ordinal));
    }

    [Fact]
    public void A_default_set_has_a_ticket_of_every_situation_group()
    {
        string[] groups = ["returns", "exchanges", "shipping", "warranty", "billing", "orders", "general", "complex"];
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var (_, report, _) = TestWorlds.Report(new WorldOptions { Seed = seed });
            Assert.All(groups, g => Assert.True(report.Labels.GetValueOrDefault("group/" + g) > 0, $"seed {seed} has no ticket of {g}"));
        }
    }

    [Fact]
    public void A_thousand_customers_keep_the_shares_of_the_tiers()
    {
        var world = World.Create(TestWorlds.Pack, new WorldOptions { Tickets = 1, Orders = 1, Customers = 1000 });
        var tiers = world.Book.Customers.CountBy(c => c.Tier).ToDictionary();
        Assert.Equal((700, 200, 100), (tiers["standard"], tiers["premium"], tiers["vip"]));
    }
}
