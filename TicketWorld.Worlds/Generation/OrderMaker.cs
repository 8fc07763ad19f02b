using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Quantities;
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
internal readonly record struct UnnumberedOrder(
    int Customer,
    Timeline Timeline,
    OrderItem[] Items,
    byte Subject,
    int ShippingMethod,
    int PaymentMethod,
    OrderStatus Status);

/// <summary>Makes orders: a pure function of the world's seed and the order's slot.</summary>
internal sealed class OrderMaker
{
    private const int MostLines = 6;
    private readonly PackSettings _settings;
    private readonly Product[] _products;
    private readonly ScenarioProducts _scenarioProducts;
    private readonly CustomerTiers _customers;
    private readonly TimelineMaker _timelines;
    private readonly Clock _clock;
    private readonly ulong _seed;
    private readonly int[] _methods;
    private readonly int[] _payments;
    private readonly int[] _lines;
    private readonly int[] _quantities;
    private readonly int[] _background;

    public OrderMaker(PackSettings settings, Product[] products, ScenarioProducts scenarioProducts, CustomerTiers customers, Clock clock, ulong seed)
    {
        _settings = settings;
        _products = products;
        _scenarioProducts = scenarioProducts;
        _customers = customers;
        _timelines = new TimelineMaker(clock, settings);
        _clock = clock;
        _seed = seed;
        _methods = Quota.Ends(Array.ConvertAll(settings.ShippingMethods, m => m.Weight));
        _payments = Quota.Ends(Array.ConvertAll(settings.PaymentMethods, m => m.Weight));
        _lines = Quota.Ends(settings.Lines);
        _quantities = Quota.Ends(settings.Quantities);
        _background = Quota.Ends(Array.ConvertAll(settings.Background, b => b.Weight));
    }

    public UnnumberedOrder Make(int slot, OrderPurpose purpose)
    {
        var draws = new Draws(_seed, Seeds.Orders, (ulong)slot);
        var method = draws.Weighted(_methods);
        var payment = draws.Weighted(_payments);
        var customer = _customers.Draw(purpose.Tier, ref draws);
        return purpose.Scenario is { } scenario
            ? ForScenario(scenario, customer, method, payment, ref draws)
            : Background(customer, method, payment, ref draws);
    }

    private UnnumberedOrder ForScenario(Scenario scenario, int customer, int method, int payment, ref Draws draws)
    {
        var requirement = scenario.Order!;
        var product = _products[draws.Pick(_scenarioProducts.Of(scenario))];
        var timeline = _timelines.ForScenario(requirement, product.WarrantyDays, _settings.ShippingMethods[method], ref draws);
        var price = Discounted(product, ref draws);
        if (!requirement.ItemPrice.Holds(price.Cents))
            price = product.BasePrice;

        var status = StatusOf(timeline);
        var quantity = 1 + draws.Weighted(_quantities);
        if (price.Cents * quantity > requirement.OrderTotal.To)
            quantity = 1;
        if (price.Cents * quantity < requirement.OrderTotal.From)
            quantity = (int)((requirement.OrderTotal.From + price.Cents - 1) / price.Cents);
        var items = new List<OrderItem>(3) { new(product.Id, quantity, price, status, null) };
        var total = price * quantity;

        var dearest = scenario.Request.Subject == Policy.RequestSubject.Order ? requirement.ItemPrice.To : long.MaxValue;
        AddLines(items, ref total, new Money(requirement.OrderTotal.To), new Money(dearest), status, ref draws);
        if (timeline is { Delivered: { } delivered, QuietDays: > 2 } && items.Count > 1 && draws.Chance(10))
            Settle(items, 1 + draws.Below(items.Count - 1), delivered, delivered.AddDays(timeline.QuietDays - 1), ref draws);

        // The line that the ticket is about need not be the first.
        var subject = draws.Below(items.Count);
        (items[0], items[subject]) = (items[subject], items[0]);
        return new UnnumberedOrder(customer, timeline, [.. items], (byte)subject, method, payment, OrderStatusOf(items, timeline));
    }

    private UnnumberedOrder Background(int customer, int method, int payment, ref Draws draws)
    {
        var state = _settings.Background[draws.Weighted(_background)].Name;
        var returned = state == "partially_returned";
        var timeline = _timelines.Background(returned ? "delivered" : state, _settings.ShippingMethods[method], ref draws);
        var status = StatusOf(timeline);
        var product = draws.Pick(_products);
        var price = Discounted(product, ref draws);
        var quantity = 1 + draws.Weighted(_quantities);
        var items = new List<OrderItem>(3) { new(product.Id, quantity, price, status, null) };
        var total = price * quantity;
        AddLines(items, ref total, new Money(long.MaxValue), new Money(long.MaxValue), status, ref draws);
        if (returned && timeline.Delivered is { } delivered && (_clock.Now - delivered).TotalDays > 2)
            Settle(items, draws.Below(items.Count), delivered, Earlier(delivered.AddDays(28), _clock.Now.AddHours(-12)), ref draws);
        return new UnnumberedOrder(customer, timeline, [.. items], 0, method, payment, OrderStatusOf(items, timeline));
    }

    private void AddLines(List<OrderItem> items, ref Money total, Money mostTotal, Money dearest, ItemStatus status, ref Draws draws)
    {
        var wanted = Math.Min(1 + draws.Weighted(_lines), MostLines);
        for (var attempt = 0; attempt < wanted * 3 && items.Count < wanted; attempt++)
        {
            var product = draws.Pick(_products);
            var price = Discounted(product, ref draws);
            var quantity = 1 + draws.Weighted(_quantities);
            if (price > dearest || total + price * quantity > mostTotal || items.Exists(i => i.Product == product.Id))
                continue;
            items.Add(new OrderItem(product.Id, quantity, price, status, null));
            total += price * quantity;
        }
    }

    private static void Settle(List<OrderItem> items, int line, DateTime delivered, DateTime latest, ref Draws draws)
    {
        var seconds = (long)(latest - delivered).TotalSeconds;
        if (seconds <= 86400)
            return;
        var at = delivered.AddSeconds(draws.Between(43200L, seconds));
        items[line] = items[line] with { Status = draws.Chance(50) ? ItemStatus.Returned : ItemStatus.Refunded, SettledAt = at };
    }

    private Money Discounted(Product product, ref Draws draws)
    {
        var percent = draws.Pick(_settings.Discounts);
        return product.BasePrice - product.BasePrice.Percent(percent);
    }

    private static ItemStatus StatusOf(Timeline timeline) => timeline switch
    {
        { Delivered: not null } => ItemStatus.Delivered,
        { Shipped: not null } => ItemStatus.Shipped,
        _ => ItemStatus.Processing,
    };

    private static OrderStatus OrderStatusOf(List<OrderItem> items, Timeline timeline)
    {
        var settled = items.Count(i => i.IsSettled);
        return settled == items.Count ? OrderStatus.Returned
            : settled > 0 ? OrderStatus.PartiallyReturned
            : timeline.Delivered is not null ? OrderStatus.Delivered
            : timeline.Shipped is not null ? OrderStatus.Shipped
            : OrderStatus.Processing;
    }

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}

/// <summary>Customers by tier. Few order much: the rank within a tier is drawn with a skew.</summary>
internal sealed class CustomerTiers
{
    private readonly int[][] _byTier;
    private readonly int[] _all;

    /// <param name="tiers">Tier index of each customer.</param>
    public CustomerTiers(int[] tiers, int tierCount)
    {
        _all = [.. Enumerable.Range(0, tiers.Length)];
        _byTier = new int[tierCount][];
        for (var tier = 0; tier < tierCount; tier++)
            _byTier[tier] = [.. _all.Where(c => tiers[c] == tier)];
    }

    /// <summary>Index of a customer of the tier; of any tier when nobody has it.</summary>
    public int Draw(int tier, ref Draws draws)
    {
        var candidates = _byTier[tier].Length > 0 ? _byTier[tier] : _all;
        var uniform = draws.Below(1 << 20);
        var skewed = (long)uniform * uniform >> 20;
        var part = (uniform + skewed) / 2;
        return candidates[(int)(part * candidates.Length >> 20)];
    }
}
