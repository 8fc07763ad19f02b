using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The amounts, in cents, at which the scenarios of a pack are decided otherwise: a limit, and the cent above it.</summary>
internal sealed record PriceLimits(long[] OfItems, long[] OfOrders)
{
    public static PriceLimits Of(Scenario[] scenarios)
    {
        var orders = scenarios.Where(s => s.Order is not null).Select(s => s.Order!).ToArray();
        return new PriceLimits(Limits(orders.Select(o => o.ItemPrice)), Limits(orders.Select(o => o.OrderTotal)));
    }

    /// <summary>Ranges of one amount, and those that begin a cent or two above a round one.</summary>
    private static long[] Limits(IEnumerable<Bounds> ranges)
    {
        var limits = new SortedSet<long>();
        foreach (var range in ranges)
        {
            if (range.From == range.To)
                limits.Add(range.From);
            if (range.From > 100 && range.From % 100 is (1 or 2))
                limits.UnionWith([range.From / 100 * 100, range.From / 100 * 100 + 1]);
        }

        return [.. limits];
    }
}
