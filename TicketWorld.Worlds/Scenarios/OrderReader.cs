using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>Reads what a scenario asks of its order.</summary>
/// <param name="definitions">Ranges that scenarios use by name.</param>
internal sealed class OrderReader(PackNode? definitions)
{
    private const int MostLines = 6;
    private static readonly Bounds AnyMoney = new(1, 100_000_000);
    private static readonly string[] Keys =
    [
        "use", "state", "item_price", "order_total", "season", "season_outside", "warranty_days", "in_stock", "categories", "gift", "bundle", "final_sale", "inspection", "item_status",
        "quantity", "lines", "settled_lines", "parcels", "days_late", "tax_exempt", "payment", "overcharge_percent", "refund", "message_date",
        .. Enum.GetValues<ScenarioClock>().Select(Snake.Name),
    ];

    /// <exception cref="PackException">The block is not well-formed, or asks for what no order can be.</exception>
    public OrderRequirement Read(PackNode node)
    {
        node.Only(Keys);
        var used = node.Find("use") is { } use
            ? definitions?.Find(use.Text) ?? throw use.Error($"The definition '{use.Text}' does not exist.", "Write it under definitions.")
            : null;
        used?.Only("item_price", "order_total");
        var (clock, range) = ReadClock(node);
        var season = node.Find("season");
        var outside = node.Find("season_outside");
        if (season is not null && outside is not null)
            throw node.Error("An order cannot have both season and season_outside.", "Remove one.");
        var status = node.Find("item_status") is { } text ? Name<ItemStatus>(text, ItemStatus.Returned, ItemStatus.Refunded, ItemStatus.Exchanged) : (ItemStatus?)null;
        var order = new OrderRequirement
        {
            State = Name<OrderState>(node["state"]),
            Clock = clock,
            Range = range,
            ItemPrice = Money("item_price"),
            OrderTotal = Money("order_total"),
            Season = (season ?? outside) is { } days ? Range(days, n => n.Integer(101, 1231)) : null,
            OutsideSeason = outside is not null,
            WarrantyDays = node.Find("warranty_days")?.Integer(0, 36500),
            InStock = node.Find("in_stock")?.Boolean(),
            Categories = node.Find("categories")?.Texts() ?? [],
            Gift = Is(node, "gift"),
            Bundle = Is(node, "bundle"),
            FinalSale = Is(node, "final_sale"),
            Inspection = node.Find("inspection") is { } inspection ? Name<Inspection>(inspection) : null,
            ItemStatus = status,
            Quantity = node.Find("quantity") is { } quantity ? Range(quantity, n => n.Integer(1, 100)) : null,
            Lines = node.Find("lines") is { } lines ? Range(lines, n => n.Integer(1, MostLines)) : null,
            SettledLines = node.Find("settled_lines") is { } settled ? Range(settled, n => n.Integer(0, MostLines)) : status is ItemStatus.Returned or ItemStatus.Refunded ? new(1, 1) : new(0, 0),
            Parcels = node.Find("parcels") is { } parcels ? ReadParcels(parcels) : null,
            DaysLate = node.Find("days_late") is { } late ? Range(late, n => n.Integer(1, 365)) : null,
            TaxExempt = Is(node, "tax_exempt"),
            Payment = node.Find("payment") is { } payment ? ReadPayment(payment) : PaymentQuirk.None,
            OverchargePercent = node.Find("overcharge_percent") is { } percent ? Range(percent, n => n.Integer(1, 1000)) : new(5, 40),
            Refund = node.Find("refund") is { } refund ? Name<RefundProgress>(refund) : null,
            MessageDate = node.Find("message_date") is { } message ? ReadDates(message) : null,
        };
        Check(node, order);
        return order;

        Bounds Money(string key) => (node.Find(key) ?? used?.Find(key)) is { } bounds ? Range(bounds, n => n.Money().Cents) : AnyMoney;
    }

    public static Bounds Range(PackNode node, Func<PackNode, long> value)
    {
        if (node.Items.Count != 2)
            throw node.Error("A range has two ends.", "Write [from, to].");
        var range = new Bounds(value(node.Items[0]), value(node.Items[1]));
        return range.From <= range.To ? range : throw node.Error($"The range [{node.Items[0].Text}, {node.Items[1].Text}] is empty, so nothing can reach the scenario.", "Put the lower end first.");
    }

    private static void Check(PackNode node, OrderRequirement order)
    {
        var delivered = order.State == OrderState.Delivered;
        Demand(order.Parcels is null || order.State == OrderState.Shipped, "parcels", "An order of which a part is delivered is in the state shipped.", "Write 'state: shipped'.");
        Demand(delivered || order.Clock is not (ScenarioClock.DaysSinceWarrantyEnd or ScenarioClock.DaysSinceRefund), Snake.Name(order.Clock), "Only an order that was delivered has this clock.", "Write 'state: delivered', or another clock.");
        Demand(delivered || order.Clock != ScenarioClock.DaysSinceDelivery || order.Parcels == ParcelPlace.Delivered, Snake.Name(order.Clock), "What is not delivered has no day of delivery.", "Write 'state: delivered', or another clock.");
        Demand(order.Clock != ScenarioClock.MinutesSinceOrder || order.State == OrderState.Processing, Snake.Name(order.Clock), "Minutes are counted while an order is in processing.", "Write 'state: processing', or another clock.");
        Demand(delivered || order.ItemStatus is null, "item_status", "Only what was delivered can have been sent back.", "Write 'state: delivered'.");
        Demand(delivered || order.Inspection is null, "inspection", "Only what was delivered can have been sent back.", "Write 'state: delivered'.");
        Demand(delivered || order.SettledLines.To == 0, "settled_lines", "Only what was delivered can have been sent back.", "Write 'state: delivered'.");
        Demand(order.State != OrderState.Processing || order.DaysLate is null, "days_late", "An order in processing is not late.", "Write 'state: shipped' or 'state: delivered'.");
        Demand(order.Refund is null || order.SettledLines.To > 0, "refund", "A refund is of a line that was returned or refunded.", "Add 'item_status: returned' or 'item_status: refunded'.");
        Demand(order.Refund != RefundProgress.Missing || order.ItemStatus != ItemStatus.Refunded, "refund", "A line that was refunded has its refund.", "Write 'item_status: returned'.");
        Demand(order.Refund != RefundProgress.Pending || order.ItemStatus != ItemStatus.Refunded, "refund", "The refund of a line that was refunded is completed.", "Write 'item_status: returned'.");
        Demand(order.Refund != RefundProgress.Completed || order.ItemStatus != ItemStatus.Returned, "refund", "A line whose refund is completed is refunded.", "Write 'item_status: refunded'.");
        Demand(order.Clock != ScenarioClock.DaysSinceRefund || order.Refund is RefundProgress.Pending or RefundProgress.Completed, Snake.Name(order.Clock), "There is no refund to count from.", "Add 'refund: pending' or 'refund: completed'.");
        Demand(order.Payment != PaymentQuirk.TaxCharged || order.TaxExempt, "payment", "Tax is charged wrongly where the customer is free of tax.", "Add 'tax_exempt: true'.");
        var least = Math.Max(Math.Max(order.Bundle ? 2 : 1, order.Parcels is null ? 1 : 2), order.SettledLines.From);
        Demand((order.Lines?.To ?? MostLines) >= least, "lines", $"The order needs at least {least} lines.", "Raise the upper end.");

        void Demand(bool holds, string key, string problem, string remedy)
        {
            if (!holds)
                throw (node.Find(key) ?? node).Error(problem, remedy);
        }
    }

    private static bool Is(PackNode node, string key) => node.Find(key)?.Boolean() ?? false;

    private static ParcelPlace ReadParcels(PackNode node)
    {
        node.Only("item");
        return Name<ParcelPlace>(node["item"]);
    }

    private static PaymentQuirk ReadPayment(PackNode node) =>
        Name(node, PaymentQuirk.DoubleCharge, PaymentQuirk.Overcharge, PaymentQuirk.FailedCharge, PaymentQuirk.GiftCard, PaymentQuirk.GiftCardIgnored, PaymentQuirk.TaxCharged);

    private static DateBounds ReadDates(PackNode node)
    {
        var dates = Range(node, n => n.Date().DayNumber);
        return new DateBounds(DateOnly.FromDayNumber((int)dates.From), DateOnly.FromDayNumber((int)dates.To));
    }

    private static T Name<T>(PackNode node, params T[] allowed)
        where T : struct, Enum
    {
        if (allowed.Length == 0)
            allowed = Enum.GetValues<T>();
        foreach (var value in allowed)
        {
            if (Snake.Name(value) == node.Text)
                return value;
        }

        throw node.Error($"'{node.Text}' is not known here.", $"Use one of: {string.Join(", ", allowed.Select(Snake.Name))}.");
    }

    private static (ScenarioClock Clock, Bounds Range) ReadClock(PackNode node)
    {
        (ScenarioClock, Bounds)? found = null;
        var clocks = string.Join(", ", Enum.GetValues<ScenarioClock>().Select(Snake.Name));
        foreach (var clock in Enum.GetValues<ScenarioClock>())
        {
            if (node.Find(Snake.Name(clock)) is not { } range)
                continue;
            if (found is not null)
                throw range.Error("An order has one clock.", $"Keep one of {clocks}.");
            found = (clock, Range(range, n => n.Integer(-3650, 1_000_000)));
        }

        return found ?? throw node.Error("The order has no clock.", $"Add one of {clocks}.");
    }
}
