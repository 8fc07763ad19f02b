using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Packs;

public class PackFolderTests
{
    [Fact]
    public void A_pack_in_a_folder_makes_the_same_bytes_as_the_embedded_one()
    {
        using var pack = new PackFolder();
        var options = new WorldOptions { Tickets = 300, Seed = 11 };
        var fromFolder = World.Create(options with { Pack = pack.Path });
        Assert.Equal(TestWorlds.Pack.Source.ContentHash, fromFolder.Pack.Source.ContentHash);
        Assert.Equal(
            TestWorlds.Lines(World.Create(TestWorlds.Pack, options)).ConvertAll(l => Convert.ToHexString(l.Span)),
            TestWorlds.Lines(fromFolder).ConvertAll(l => Convert.ToHexString(l.Span)));
    }

    /// <summary>Every product costs the limit exactly or a cent more, and so does every order.</summary>
    [Theory]
    [InlineData("500.00", 500.00, "approve", "send_replacement")]
    [InlineData("500.01", 500.01, "escalate", "request_photo escalate_to_manager")]
    public void Exactly_500_for_an_item_and_1000_for_an_order_are_not_over_the_limit(string price, double paid, string outcome, string actions)
    {
        using var pack = new PackFolder();
        pack.ReplaceAll("catalog.yaml", @"price: \[[0-9.]+, [0-9.]+\]", $"price: [{price}, {price}]");
        pack.ReplaceAll("catalog.yaml", @"price_endings:\n(  - .*\n)+", $"price_endings:\n  - {{below: 2500.00, step: {price}, add: [0.00]}}\n");
        var total = 2 * (decimal)paid;
        pack.Write("scenarios.yaml", $$"""
            scenarios:
              - id: damaged_at_the_limit
                group: shipping
                ticket_type: shipping_issue
                complexity: {{(outcome == "escalate" ? "requires_escalation" : "edge_case")}}
                weight: 1
                request: damaged
                wording: damaged
                order: {state: delivered, days_since_delivery: [0, 5], item_price: [{{price}}, {{price}}], order_total: [{{total:0.00}}, {{total:0.00}}], in_stock: true}
                expect: {outcome: {{outcome}}, actions: [{{actions.Replace(" ", ", ", StringComparison.Ordinal)}}]}
            """);

        var set = ExportedSet.Make(new WorldOptions { Tickets = 60, Orders = 60, Products = 40 }, Pack.Load(pack.Path));
        Assert.All(set.Tickets, t =>
        {
            Assert.Equal(((decimal)paid, total), (t.Line!.Value.Money("price_paid"), t.Order!.Value.Money("total_amount")));
            if (t.Outcome != "clarify")
                Assert.Equal((outcome, actions, outcome == "escalate"), (t.Outcome, string.Join(' ', t.ActionTypes), t.Escalates));
        });
        Assert.Contains(set.Tickets, t => t.Outcome == outcome);
    }
}
