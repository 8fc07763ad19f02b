using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The amounts, in cents, at which the scenarios of a pack are decided otherwise: a limit, and the cent above it.</summary>
internal sealed record PriceLimits(long[] OfItems, long[] OfOrders)
{
    public static PriceLimits Of(Scenario[] scenarios)
    {
        var orders = scenarios.Where(s => s.Order is not null).Select(s => s.Order!).ToArray();
        return new PriceLimits(
            [.. Exact(orders.Select(o => o.ItemPrice)).Concat(Above(orders.Select(o => o.ItemPrice))).Distinct().Order()],
            [.. Exact(orders.Select(o => o.OrderTotal)).Distinct().Order()]);
    }

    /// <summary>The amounts of ranges that hold one.</summary>
    private static IEnumerable<long> Exact(IEnumerable<Bounds> ranges) => ranges.Where(r => r.From == r.To).Select(r => r.From);

    /// <summary>The round amounts a cent or two above which a range begins, and the cent above each.</summary>
    private static IEnumerable<long> Above(IEnumerable<Bounds> ranges) =>
        ranges.Where(r => r.From > 100 && r.From % 100 is (1 or 2)).Select(r => r.From / 100 * 100).SelectMany(round => new[] { round, round + 1 });
}
