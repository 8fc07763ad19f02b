using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>Makes the lines of orders: what is bought, how many, and at what price.</summary>
internal sealed class LineMaker
{
    private const int MostLines = 6;
    private readonly PackSettings _settings;
    private readonly Product[] _products;
    private readonly ScenarioProducts _scenarioProducts;
    private readonly int _deepest;
    private readonly int[] _lines;
    private readonly int[] _quantities;

    public LineMaker(PackSettings settings, Product[] products, ScenarioProducts scenarioProducts)
    {
        _settings = settings;
        _products = products;
        _scenarioProducts = scenarioProducts;
        _deepest = settings.Discounts.Max();
        _lines = Quota.Ends(settings.Lines);
        _quantities = Quota.Ends(settings.Quantities);
    }

    /// <summary>Indices of the products that a scenario can be about.</summary>
    public int[] ProductsOf(Scenario scenario) => _scenarioProducts.Of(scenario);

    /// <summary>How many lines an order needs at least.</summary>
    public static int FewestLines(OrderRequirement requirement)
    {
        var others = requirement.SettledLines.From - (requirement.ItemStatus is ItemStatus.Returned or ItemStatus.Refunded ? 1 : 0);
        var parts = requirement.Bundle || requirement.Parcels is not null ? 2 : 1;
        return (int)Math.Max(Math.Max(parts, others + 1), requirement.Lines?.From ?? 1);
    }

    /// <summary>The highest unit price in a scenario's order; where the request is about the order that is the item's, else any.</summary>
    public static Money DearestOf(Scenario scenario) => new(scenario.IsAboutOrder ? scenario.Order!.ItemPrice.To : long.MaxValue);

    /// <summary>The lines of a scenario's order; the first is the one that the ticket is about.</summary>
    public List<OrderItem> ForScenario(Scenario scenario, Product product, ItemStatus status, ref Draws draws)
    {
        var requirement = scenario.Order!;
        var price = Price(product, requirement.ItemPrice, ref draws);
        var dearest = DearestOf(scenario);
        var others = _scenarioProducts.CheapestBeside(FewestLines(requirement) - 1, dearest, p => p == product) ?? 0;
        var items = new List<OrderItem>(3) { new(product.Id, Quantity(requirement, price, others, ref draws), price, status, null) { FinalSale = requirement.FinalSale } };
        var total = items[0].Amount;

        var wanted = requirement.Lines is { } lines ? draws.Between((int)lines.From, (int)lines.To) : 1 + draws.Weighted(_lines);
        wanted = Math.Max(Math.Min(wanted, MostLines), FewestLines(requirement));
        Add(items, ref total, wanted, FewestLines(requirement), new Money(requirement.OrderTotal.To), dearest, status, ref draws);
        AddCheapest(items, ref total, wanted, new Money(requirement.OrderTotal.To), dearest, status);
        if (total.Cents < requirement.OrderTotal.From)
            Fill(items, total, requirement.OrderTotal, dearest, status);
        if (requirement.Bundle)
        {
            var size = draws.Between(2, items.Count);
            for (var line = 0; line < size; line++)
                items[line] = items[line] with { Bundle = 1 };
        }

        return items;
    }

    /// <summary>The lines of an order that no ticket is about.</summary>
    public List<OrderItem> Background(ItemStatus status, ref Draws draws)
    {
        var product = draws.Pick(_products);
        var items = new List<OrderItem>(3) { new(product.Id, 1 + draws.Weighted(_quantities), Discounted(product, ref draws), status, null) };
        var total = items[0].Amount;
        Add(items, ref total, Math.Min(1 + draws.Weighted(_lines), MostLines), 1, new Money(long.MaxValue), new Money(long.MaxValue), status, ref draws);
        if (draws.Chance(_settings.Habits.SpecialPrice))
            items[0] = items[0] with { PricePaid = product.BasePrice - new Money(draws.Between(0L, product.BasePrice.Percent(_deepest).Cents)) };
        if (draws.Chance(_settings.Habits.LimitPrice))
            PriceAtLimit(items, product, status, ref draws);
        return items;
    }

    /// <summary>Gives a unit, or the whole order, a price at which scenarios are decided otherwise, where its products can have it.</summary>
    private void PriceAtLimit(List<OrderItem> items, Product product, ItemStatus status, ref Draws draws)
    {
        var (ofItems, ofOrders) = (_scenarioProducts.Limits.OfItems, _scenarioProducts.Limits.OfOrders);
        if (ofItems.Length > 0 && draws.Chance(60))
        {
            var price = draws.Pick(ofItems);
            for (var attempt = 0; attempt < 40 && (product.BasePrice.Cents < price || ScenarioProducts.Cheapest(product) > price || items.FindIndex(i => i.Product == product.Id) > 0); attempt++)
                product = draws.Pick(_products);
            if (product.BasePrice.Cents >= price && items.FindIndex(i => i.Product == product.Id) <= 0)
                items[0] = items[0] with { Product = product.Id, PricePaid = new Money(price), Quantity = 1 };
            return;
        }

        if (ofOrders.Length == 0)
            return;
        var wanted = draws.Pick(ofOrders);
        items[0] = items[0] with { Quantity = 1 };
        items.RemoveRange(1, items.Count - 1);
        var total = items[0].Amount;
        if (total.Cents < wanted)
            Fill(items, total, new Bounds(wanted, wanted), new Money(long.MaxValue), status);
    }

    /// <summary>A discounted price where it is in the range, else the base price, else one in the range that is not above the base price.</summary>
    private Money Price(Product product, Bounds range, ref Draws draws)
    {
        var price = Discounted(product, ref draws);
        if (range.Holds(price.Cents))
            return price;
        return range.Holds(product.BasePrice.Cents) ? product.BasePrice : new Money(draws.Between(Math.Max(range.From, ScenarioProducts.Cheapest(product)), range.To));
    }

    /// <param name="others">Cents that the other lines which the order needs cost at least.</param>
    private int Quantity(OrderRequirement requirement, Money price, long others, ref Draws draws)
    {
        var total = new Bounds(requirement.OrderTotal.From, requirement.OrderTotal.To - others);
        if (requirement.Quantity is { } wanted)
        {
            var drawn = draws.Between((int)wanted.From, (int)wanted.To);
            return price.Cents * drawn > total.To ? (int)wanted.From : drawn;
        }

        var quantity = 1 + draws.Weighted(_quantities);
        if (price.Cents * quantity > total.To)
            quantity = 1;
        if (price.Cents * quantity >= total.From)
            return quantity;
        var raised = (int)((total.From + price.Cents - 1) / price.Cents);
        return price.Cents * raised <= total.To ? raised : quantity;
    }

    /// <param name="fewest">Lines that the order needs; what is drawn leaves room for them.</param>
    private void Add(List<OrderItem> items, ref Money total, int wanted, int fewest, Money mostTotal, Money dearest, ItemStatus status, ref Draws draws)
    {
        for (var attempt = 0; attempt < wanted * 3 && items.Count < wanted; attempt++)
        {
            var product = draws.Pick(_products);
            var price = Discounted(product, ref draws);
            var quantity = 1 + draws.Weighted(_quantities);
            if (price > dearest || total + price * quantity > mostTotal || Holds(items, product))
                continue;
            if (fewest - items.Count > 1 && !(_scenarioProducts.CheapestBeside(fewest - items.Count - 1, dearest, p => p == product || Holds(items, p)) is { } rest && (total + price * quantity).Cents + rest <= mostTotal.Cents))
                continue;
            items.Add(new OrderItem(product.Id, quantity, price, status, null));
            total += price * quantity;
        }
    }

    /// <summary>Adds the cheapest products where drawn ones were too dear for as many lines as are needed.</summary>
    private void AddCheapest(List<OrderItem> items, ref Money total, int wanted, Money mostTotal, Money dearest, ItemStatus status)
    {
        for (var rank = 0; rank < _products.Length && items.Count < wanted; rank++)
        {
            var product = _scenarioProducts.ByPrice(rank);
            if (Holds(items, product) || product.BasePrice > dearest || total + product.BasePrice > mostTotal)
                continue;
            items.Add(new OrderItem(product.Id, 1, product.BasePrice, status, null));
            total += product.BasePrice;
        }
    }

    /// <summary>Fills what is missing to a total by dear products, the last at a price that hits the range.</summary>
    private void Fill(List<OrderItem> items, Money total, Bounds range, Money dearest, ItemStatus status)
    {
        while (total.Cents < range.From && items.Count < MostLines)
        {
            // The cheapest that can fill the gap at once, else the dearest that leaves one that can.
            Product? chosen = null;
            for (var rank = 0; rank < _products.Length; rank++)
            {
                var product = _scenarioProducts.ByPrice(rank);
                if (Holds(items, product) || product.BasePrice > dearest)
                    continue;
                if (product.BasePrice.Cents + total.Cents <= range.To || chosen is null)
                    chosen = product;
                if (product.BasePrice.Cents + total.Cents >= range.From)
                {
                    chosen = product;
                    break;
                }
            }

            if (chosen is null)
                return;
            var price = new Money(Math.Min(chosen.BasePrice.Cents, range.To - total.Cents));
            items.Add(new OrderItem(chosen.Id, 1, price, status, null));
            total += price;
        }
    }

    private static bool Holds(List<OrderItem> items, Product product)
    {
        foreach (var item in items)
        {
            if (item.Product == product.Id)
                return true;
        }

        return false;
    }

    private Money Discounted(Product product, ref Draws draws)
    {
        var percent = draws.Pick(_settings.Discounts);
        return percent == 0 ? product.BasePrice : product.BasePrice - product.BasePrice.Percent(percent);
    }
}
