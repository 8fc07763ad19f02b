using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Worlds.Generation;

/// <summary>The sets in which contradictions are counted: several seeds and clocks, at least as many orders as tickets.</summary>
internal static class ContradictionSets
{
    private static readonly Lazy<ExportedSet[]> Made = new(() =>
    [
        ExportedSet.Make(TestWorlds.Roomy(2000, 1)),
        ExportedSet.Make(TestWorlds.Roomy(1500, 7) with { Orders = 2500, Customers = 200, AsOf = new DateOnly(2025, 12, 31) }),
        ExportedSet.Make(TestWorlds.Roomy(1500, 20_260) with { Products = 35, Customers = 1500, AsOf = new DateOnly(2024, 2, 29) }),
        ExportedSet.Make(TestWorlds.Roomy(1500, 424_242) with { Products = 1000, AsOf = new DateOnly(2026, 7, 4) }),
    ]);

    public static ExportedSet[] All => Made.Value;

    public static IEnumerable<ExportedTicket> Tickets => All.SelectMany(s => s.Tickets);
}
