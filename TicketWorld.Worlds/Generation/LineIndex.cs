using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The order lines that fit each pair of scenario and tier.</summary>
internal sealed class LineIndex
{
    private readonly Share[] _tiers;
    private readonly LineAddress[][] _lines;

    public LineIndex(WorldTables tables, Scenario[] scenarios)
    {
        _tiers = tables.Tiers;
        var found = new List<LineAddress>[scenarios.Length * _tiers.Length];
        for (var cell = 0; cell < found.Length; cell++)
            found[cell] = [];
        var byState = scenarios.Where(s => s.Order is not null).ToLookup(s => s.Order!.State);
        var book = tables.Book;
        for (var index = 0; index < book.Orders.Count; index++)
        {
            var order = book.Orders[index];
            var tier = tables.TierOfCustomer[order.Customer.Number - 1];
            foreach (var scenario in byState[StateOf(order)].Where(s => s.IsFor(tables.Tiers[tier].Name)))
                AddFitting(found[Cell(scenario.Index, tier)], tables, order, index, scenario);
        }

        _lines = Array.ConvertAll(found, f => f.ToArray());
    }

    public int CellCount => _lines.Length;

    public int Cell(int scenario, int tier) => scenario * _tiers.Length + tier;

    public LineAddress[] Lines(int cell) => _lines[cell];

    public bool Any(Scenario scenario, int tier) => scenario.Order is null ? scenario.IsFor(_tiers[tier].Name) : _lines[Cell(scenario.Index, tier)].Length > 0;

    public bool Any(Scenario scenario) => scenario.Order is null || Enumerable.Range(0, _tiers.Length).Any(tier => Any(scenario, tier));

    private static OrderState StateOf(Order order) =>
        order.DeliveredAt is not null ? OrderState.Delivered : order.ShippedAt is not null ? OrderState.Shipped : OrderState.Processing;

    private static void AddFitting(List<LineAddress> found, WorldTables tables, Order order, int index, Scenario scenario)
    {
        var requirement = scenario.Order!;
        if (!OrderFit.Fits(requirement, order, tables.Book.Customer(order.Customer)!))
            return;
        var dearest = 0;
        for (var line = 1; line < order.Items.Length; line++)
            dearest = order.Items[line].PricePaid > order.Items[dearest].PricePaid ? line : dearest;
        for (var line = 0; line < order.Items.Length; line++)
        {
            var item = order.Items[line];
            if ((scenario.IsAboutOrder && line != dearest) || !OrderFit.Fits(requirement, order, item))
                continue;
            var product = tables.Book.Product(item.Product)!;
            if (!tables.ScenarioProducts.Fits(scenario, product, item.PricePaid))
                continue;
            var (from, to) = TicketTime.Window(requirement, order, line, product.WarrantyDays, tables.Clock);
            if (from <= to)
                found.Add(new LineAddress(index, line));
        }
    }
}
