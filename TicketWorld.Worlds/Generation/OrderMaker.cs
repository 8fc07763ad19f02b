using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>What an order is made for.</summary>
/// <param name="Scenario">The scenario that must fit it, or null for an order that no ticket is about.</param>
/// <param name="Tier">Index of the tier that its customer has.</param>
internal readonly record struct OrderPurpose(Scenario? Scenario, int Tier);

/// <summary>An order before it has its number, which depends on all orders.</summary>
/// <param name="Subject">Index of the line that the scenario is about.</param>
/// <param name="Extras">What most orders do not have; null for these.</param>
internal readonly record struct UnnumberedOrder(
    int Customer,
    Timeline Timeline,
    OrderItem[] Items,
    byte Subject,
    int ShippingMethod,
    int PaymentMethod,
    OrderStatus Status,
    OrderAmounts Amounts,
    OrderExtras? Extras);

/// <summary>What is particular about an order.</summary>
/// <param name="Parcels">Its parcels without tracking numbers, where there are others than one that holds every line; else null.</param>
/// <param name="Payments">Its payments without numbers, where they are others than the one plain charge; else null.</param>
internal sealed record OrderExtras(bool Gift, Parcel[]? Parcels, Payment[]? Payments);

/// <summary>Makes orders: a pure function of the world's seed and the order's slot.</summary>
internal sealed class OrderMaker
{
    private readonly PackSettings _settings;
    private readonly Product[] _products;
    private readonly CustomerTiers _customers;
    private readonly TimelineMaker _timelines;
    private readonly LineMaker _lines;
    private readonly Clock _clock;
    private readonly SeedKey _seed;
    private readonly int[] _methods;
    private readonly int[] _payments;
    private readonly int[] _background;

    public OrderMaker(PackSettings settings, Product[] products, ScenarioProducts scenarioProducts, CustomerTiers customers, TimelineMaker timelines, Clock clock, SeedKey seed)
    {
        _settings = settings;
        _products = products;
        _customers = customers;
        _timelines = timelines;
        _lines = new LineMaker(settings, products, scenarioProducts);
        _clock = clock;
        _seed = seed;
        _methods = Quota.Ends(Array.ConvertAll(settings.ShippingMethods, m => m.Weight));
        _payments = Quota.Ends(Array.ConvertAll(settings.PaymentMethods, m => m.Weight));
        _background = Quota.Ends(Array.ConvertAll(settings.Background, b => b.Weight));
    }

    public UnnumberedOrder Make(int slot, OrderPurpose purpose)
    {
        var draws = new Draws(_seed, Seeds.Orders, (ulong)slot);
        var method = draws.Weighted(_methods);
        var payment = draws.Weighted(_payments);
        return purpose.Scenario is { } scenario
            ? ForScenario(scenario, purpose.Tier, method, payment, ref draws)
            : Background(method, payment, ref draws);
    }

    private UnnumberedOrder ForScenario(Scenario scenario, int tier, int method, int payment, ref Draws draws)
    {
        var requirement = scenario.Order!;
        var customer = _customers.Draw(tier, requirement.TaxExempt, ref draws);
        var product = _products[draws.Pick(_lines.ProductsOf(scenario))];
        var timeline = _timelines.ForScenario(requirement, product.WarrantyDays, _settings.ShippingMethods[method], ref draws);
        var items = _lines.ForScenario(scenario, product, StatusOf(timeline), ref draws);
        var parcels = requirement.Parcels is { } place ? Part(items, place, timeline, ref draws) : null;
        if (requirement.ItemStatus is { } status)
            items[0] = items[0] with { Status = status, SettledAt = status == ItemStatus.Exchanged ? null : timeline.Returned };
        if (requirement.Inspection is { } inspection)
            items[0] = items[0] with { Inspection = inspection };
        SettleOthers(items, requirement, timeline, ref draws);

        var charges = new Charges(requirement.Payment, draws.Between((int)requirement.OverchargePercent.From, (int)requirement.OverchargePercent.To), requirement.Clock == ScenarioClock.MinutesSinceOrder);
        var amounts = OrderAmounts.Of(items, _settings.ShippingMethods[method], requirement.TaxExempt && requirement.Payment != PaymentQuirk.TaxCharged ? 0 : _settings.TaxPercent)
            .WithGiftCard(requirement.Payment is PaymentQuirk.GiftCard or PaymentQuirk.GiftCardIgnored ? draws.Between(15, 80) : 0);
        var refund = new Refunds(requirement.Refund, timeline.Refund, timeline.Latest);
        var payments = PaymentMaker.List(items, amounts, timeline.Ordered, _settings.PaymentMethods[payment].Name, charges, refund, ref draws);

        // The line that the ticket is about need not be the first.
        var subject = draws.Below(items.Count);
        (items[0], items[subject]) = (items[subject], items[0]);
        var extras = requirement.Gift || parcels is not null || payments is not null ? new OrderExtras(requirement.Gift, parcels, payments) : null;
        return new UnnumberedOrder(customer, WholeTimes(timeline, parcels, items), [.. items], (byte)subject, method, payment, OrderStatusOf(items), amounts, extras);
    }

    private UnnumberedOrder Background(int method, int payment, ref Draws draws)
    {
        var habits = _settings.Habits;
        var (customer, exempt) = _customers.Draw(ref draws);
        var state = _settings.Background[draws.Weighted(_background)].Name;
        var returned = state == "partially_returned";
        var timeline = _timelines.Background(returned ? "delivered" : state, _settings.ShippingMethods[method], draws.Chance(habits.Late), ref draws);
        var items = _lines.Background(StatusOf(timeline), ref draws);
        if (items[^1].Status == ItemStatus.Delivered && draws.Chance(habits.Exchanged))
            items[^1] = items[^1] with { Status = ItemStatus.Exchanged };
        if (draws.Chance(habits.Bundle) && items.Count > 1)
            (items[0], items[1]) = (items[0] with { Bundle = 1 }, items[1] with { Bundle = 1 });
        if (draws.Chance(habits.FinalSale))
            items[^1] = items[^1] with { FinalSale = true };
        var parcels = draws.Chance(habits.Split) && items.Count > 1 && timeline.Shipped is not null ? Split(items, ref timeline, ref draws) : null;
        var returnedAt = default(DateTime?);
        if (returned && timeline.Delivered is { } delivered && (_clock.Now - delivered).TotalDays > 3)
        {
            var line = draws.Below(items.Count);
            returnedAt = TimelineMaker.At(delivered.AddDays(1), TimelineMaker.Earlier(delivered.AddDays(28), _clock.Now.AddHours(-12)), ref draws);
            items[line] = SentBack(items[line], draws.Chance((_clock.Now - returnedAt.Value).TotalDays > 20 ? 92 : 50), returnedAt.Value, ref draws);
        }

        var card = draws.Chance(habits.GiftCard) ? draws.Chance(10) ? 100 : draws.Between(15, 80) : 0;
        var fault = draws.Chance(habits.ChargeFault) ? Fault(exempt, card, ref draws) : PaymentQuirk.None;
        var amounts = OrderAmounts.Of(items, _settings.ShippingMethods[method], exempt && fault != PaymentQuirk.TaxCharged ? 0 : _settings.TaxPercent)
            .WithGiftCard(fault is PaymentQuirk.None or PaymentQuirk.GiftCardIgnored ? card : 0);
        var refunds = new Refunds(null, returnedAt, _clock.Now.AddMinutes(-10));
        var payments = PaymentMaker.List(items, amounts, timeline.Ordered, _settings.PaymentMethods[payment].Name, new Charges(fault, draws.Between(5, 40), AtOnce: timeline.Shipped is null), refunds, ref draws);
        var gift = draws.Chance(habits.Gift);
        var extras = gift || parcels is not null || payments is not null ? new OrderExtras(gift, parcels, payments) : null;
        return new UnnumberedOrder(customer, WholeTimes(timeline, parcels, items), [.. items], 0, method, payment, OrderStatusOf(items), amounts, extras);
    }

    /// <summary>A fault in the payment of an order that nobody has written about.</summary>
    private static PaymentQuirk Fault(bool exempt, int card, ref Draws draws)
    {
        if (exempt && draws.Chance(50))
            return PaymentQuirk.TaxCharged;
        if (card is > 0 and < 100 && draws.Chance(50))
            return PaymentQuirk.GiftCardIgnored;
        return draws.Below(3) switch
        {
            0 => PaymentQuirk.DoubleCharge,
            1 => PaymentQuirk.Overcharge,
            _ => PaymentQuirk.FailedCharge,
        };
    }

    /// <summary>Puts the lines into a parcel that was delivered and one that was not. The first line is where the scenario wants it.</summary>
    private static Parcel[] Part(List<OrderItem> items, ParcelPlace place, Timeline timeline, ref Draws draws)
    {
        var (shipped, delivered) = (timeline.Shipped!.Value, timeline.Delivered!.Value);
        var waits = place == ParcelPlace.Delivered && draws.Chance(30);
        for (var line = 0; line < items.Count; line++)
        {
            // The first and the second line are never in the same part; the others are in either.
            var isDelivered = line == 0 ? place == ParcelPlace.Delivered : line == 1 ? place == ParcelPlace.Open : draws.Chance(50);
            items[line] = isDelivered ? items[line] with { Status = ItemStatus.Delivered, Parcel = 1 }
                : waits ? items[line] with { Status = ItemStatus.Processing }
                : items[line] with { Status = ItemStatus.Shipped, Parcel = 2 };
        }

        var first = new Parcel(1, "", shipped, delivered);
        return waits ? [first] : [first, new Parcel(2, "", TimelineMaker.At(shipped.AddHours(2), TimelineMaker.Earlier(shipped.AddDays(3), Clock.Midnight(timeline.Ticket).AddHours(-1)), ref draws), null)];
    }

    /// <summary>Sends the last lines of an order in a second parcel, which arrives later or, where the order is on its way, not yet.</summary>
    private Parcel[] Split(List<OrderItem> items, ref Timeline timeline, ref Draws draws)
    {
        var shipped = timeline.Shipped!.Value;
        var later = TimelineMaker.At(shipped.AddHours(3), TimelineMaker.Earlier(shipped.AddDays(2), _clock.Now.AddHours(-1)), ref draws);
        if (timeline.Delivered is { } before)
            later = TimelineMaker.Earlier(later, before);
        var arrives = timeline.Delivered is { } delivered && delivered.AddDays(3) < _clock.Now ? Clock.Delivery(DateOnly.FromDateTime(delivered).AddDays(draws.Between(1, 2)), ref draws) : (DateTime?)null;
        if (timeline.Delivered is { } first && arrives is null)
            arrives = first > later ? first : null;
        var from = draws.Between(1, items.Count - 1);
        for (var line = from; line < items.Count; line++)
            items[line] = items[line] with { Parcel = 2, Status = arrives is null ? ItemStatus.Shipped : ItemStatus.Delivered };
        var parcels = new[] { new Parcel(1, "", shipped, timeline.Delivered), new Parcel(2, "", later, arrives) };
        if (arrives is { } last)
        {
            var promised = DateOnly.FromDateTime(last);
            timeline = timeline with { Delivered = last, Promised = timeline.Promised > promised ? timeline.Promised : promised };
        }

        return parcels;
    }

    /// <summary>The order's own times: of the first parcel shipped, and of the last delivered once every line is.</summary>
    private static Timeline WholeTimes(Timeline timeline, Parcel[]? parcels, List<OrderItem> items)
    {
        if (parcels is null)
            return timeline;
        return items.TrueForAll(i => i.IsDelivered) ? timeline with { Delivered = parcels.Max(p => p.DeliveredAt) } : timeline with { Delivered = null };
    }

    private static void SettleOthers(List<OrderItem> items, OrderRequirement requirement, Timeline timeline, ref Draws draws)
    {
        if (timeline.Returned is not { } at || requirement.SettledLines.To == 0)
            return;
        var wanted = draws.Between((int)requirement.SettledLines.From, (int)Math.Min(requirement.SettledLines.To, items.Count));
        if (items[0].IsSettled)
            wanted--;
        for (var line = items.Count - 1; line > 0 && wanted > 0; line--, wanted--)
        {
            var refunded = requirement.Refund switch
            {
                RefundProgress.Completed => true,
                RefundProgress.Pending or RefundProgress.Missing => false,
                _ => requirement.ItemStatus == ItemStatus.Refunded || (requirement.ItemStatus is null && draws.Chance(50)),
            };
            items[line] = SentBack(items[line], refunded, at, ref draws);
        }
    }

    private static OrderItem SentBack(OrderItem item, bool refunded, DateTime at, ref Draws draws) => item with
    {
        Status = refunded ? ItemStatus.Refunded : ItemStatus.Returned,
        SettledAt = at,
        Inspection = draws.Chance(60) ? draws.Chance(50) ? Inspection.Opened : Inspection.Sealed : null,
    };

    private static ItemStatus StatusOf(Timeline timeline) => timeline switch
    {
        { Delivered: not null } => ItemStatus.Delivered,
        { Shipped: not null } => ItemStatus.Shipped,
        _ => ItemStatus.Processing,
    };

    private static OrderStatus OrderStatusOf(List<OrderItem> items)
    {
        var (settled, delivered, moved) = (0, 0, 0);
        foreach (var item in items)
        {
            settled += item.IsSettled ? 1 : 0;
            delivered += item.IsDelivered ? 1 : 0;
            moved += item.Parcel is not null ? 1 : 0;
        }

        return settled == items.Count ? OrderStatus.Returned
            : settled > 0 ? OrderStatus.PartiallyReturned
            : delivered == items.Count ? OrderStatus.Delivered
            : moved > 0 ? OrderStatus.Shipped
            : OrderStatus.Processing;
    }
}
