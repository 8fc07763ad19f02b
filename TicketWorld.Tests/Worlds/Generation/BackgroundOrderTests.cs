using System.Text.Json;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>What is odd about an order does not tell that a ticket is about it: orders that nobody writes about have the same marks.</summary>
public sealed class BackgroundOrderTests
{
    [Theory]
    [InlineData("technest")]
    [InlineData("fernhill")]
    public void Every_mark_of_a_tickets_order_occurs_in_orders_without_a_ticket(string pack)
    {
        var set = ExportedSet.Make(new WorldOptions { Tickets = 4000, Orders = 20_000, Customers = 8000, Products = 120, Seed = 31337 }, Pack.Load(pack));
        var written = set.Tickets.Select(t => t.OrderId).ToHashSet(StringComparer.Ordinal);
        var limits = Pack.Load(pack).Scenarios.Where(s => s.Order is { } o && o.ItemPrice.From == o.ItemPrice.To).Select(s => s.Order!.ItemPrice.From / 100m).ToHashSet();
        var (about, background) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        foreach (var order in set.Orders.Values)
        {
            foreach (var mark in Marks(order, set, limits))
            {
                var counts = written.Contains(order.Text("order_id")) ? about : background;
                counts[mark] = counts.GetValueOrDefault(mark) + 1;
            }
        }

        Assert.True(about.Count >= 3);
        Assert.All(about.Where(m => m.Value >= 5), m => Assert.True(background.GetValueOrDefault(m.Key) >= 5, $"{m.Key}: {m.Value} orders with a ticket, {background.GetValueOrDefault(m.Key)} without"));
    }

    private static IEnumerable<string> Marks(JsonElement order, ExportedSet set, HashSet<decimal> limits)
    {
        var charges = set.Payments[order.Text("order_id")].Where(p => p.Text("kind") == "charge").ToArray();
        if (charges.Count(c => c.Text("status") == "captured") > 1)
            yield return "double charge";
        if (charges.Any(c => c.Text("status") == "failed"))
            yield return "failed charge";
        if (charges.Length == 1 && charges[0].Money("amount") != order.Money("amount_due"))
            yield return "wrong charge";
        foreach (var item in order.GetProperty("items").EnumerateArray())
        {
            var (paid, usual) = (item.Money("price_paid"), set.Products[item.Text("product_id")].Money("base_price"));
            if (item.Text("item_status") == "exchanged")
                yield return "exchanged";
            if (limits.Contains(paid))
                yield return "price at a limit";
            var percent = 100 - 100 * paid / usual;
            if (Math.Abs(percent - Math.Round(percent)) > 0.05m)
                yield return "special price";
        }
    }
}
