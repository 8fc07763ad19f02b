using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>Which products each scenario can be about in a catalogue, and what can be wanted in exchange for them.</summary>
internal sealed class ScenarioProducts
{
    /// <summary>Below this share of an item's base price a product is cheaper than whatever was paid for the item.</summary>
    private const int CheaperPercent = 80;

    /// <summary>Deepest discount, in per cent, at which a product is sold to hit a scenario's price where no price of the catalogue does.</summary>
    private const int DeepestDiscount = 45;
    private readonly Product[] _products;
    private readonly Product[] _byPrice;

    /// <summary>Products of a kind (category and last word of the name), and of a category, by price.</summary>
    private readonly Dictionary<(string Category, string Noun), Product[]> _alike;
    private readonly int[][] _fitting;

    public ScenarioProducts(Product[] products, Scenario[] scenarios)
    {
        _products = products;
        _byPrice = [.. products.OrderBy(p => p.BasePrice).ThenBy(p => p.Id.Number)];
        _alike = _byPrice.GroupBy(p => (p.Category, Noun(p))).Concat(_byPrice.GroupBy(p => (p.Category, ""))).ToDictionary(g => g.Key, g => g.ToArray());
        _fitting = Array.ConvertAll(scenarios, Fitting);
        Limits = PriceLimits.Of(scenarios);
    }

    /// <summary>Amounts at which scenarios are decided otherwise.</summary>
    public PriceLimits Limits { get; }

    /// <summary>Whether the catalogue has a product for the scenario.</summary>
    public bool IsUsable(Scenario scenario) => scenario.Order is null || _fitting[scenario.Index].Length > 0;

    /// <summary>Indices of the products that fit.</summary>
    public int[] Of(Scenario scenario) => _fitting[scenario.Index];

    /// <summary>The product at a place of the price order, from the cheapest.</summary>
    public Product ByPrice(int rank) => _byPrice[rank];

    /// <summary>The lowest price in cents at which a product is ever sold.</summary>
    public static long Cheapest(Product product) => product.BasePrice.Cents * (100 - DeepestDiscount) / 100;

    /// <summary>Whether a product bought at a price can be the subject of the scenario.</summary>
    public bool Fits(Scenario scenario, Product product, Money paid)
    {
        var order = scenario.Order!;
        return order.ItemPrice.Holds(paid.Cents) && paid.Cents <= order.OrderTotal.To && FitsButPrice(scenario, product);
    }

    private bool FitsButPrice(Scenario scenario, Product product)
    {
        var order = scenario.Order!;
        return (order.WarrantyDays is not { } warranty || product.WarrantyDays == warranty)
            && (order.InStock is not { } inStock || product.InStock == inStock)
            && (order.Categories.Length == 0 || order.Categories.Contains(product.Category))
            && HasTarget(scenario.Target, product);
    }

    /// <summary>What the cheapest products that are not yet in an order cost in cents, as many as are asked for; null when too few cost at most <paramref name="dearest"/>.</summary>
    public long? CheapestBeside(int count, Money dearest, Func<Product, bool> isInOrder)
    {
        var cost = 0L;
        for (var rank = 0; rank < _byPrice.Length && count > 0; rank++)
        {
            if (_byPrice[rank].BasePrice > dearest)
                return null;
            if (isInOrder(_byPrice[rank]))
                continue;
            cost += _byPrice[rank].BasePrice.Cents;
            count--;
        }

        return count > 0 ? null : cost;
    }

    /// <summary>Whether an order about the product has room for the lines that the scenario needs.</summary>
    private bool HasRoom(Scenario scenario, Product product)
    {
        var order = scenario.Order!;
        var price = Math.Min(product.BasePrice.Cents, order.ItemPrice.To);
        return CheapestBeside(LineMaker.FewestLines(order) - 1, LineMaker.DearestOf(scenario), p => p == product) is { } others
            && price * (order.Quantity?.From ?? 1) + others <= order.OrderTotal.To;
    }

    /// <summary>A product wanted in exchange: of the same kind where the catalogue has one in the range, else of the same category, else any.</summary>
    public Product Target(ExchangeTarget target, Product item, ref Randomness.Draws draws)
    {
        foreach (var products in (Product[][])[_alike[(item.Category, Noun(item))], _alike[(item.Category, "")], _byPrice])
        {
            var (from, to) = Range(target, item, products);
            if (from <= to)
                return products[draws.Between(from, Math.Min(to, from + 40))];
        }

        throw new ArgumentException($"No product is {target.ToString().ToLowerInvariant()} than {item.Id}, which the scenario needs.", nameof(item));
    }

    private static string Noun(Product product) => product.Name[(product.Name.LastIndexOf(' ') + 1)..];

    private int[] Fitting(Scenario scenario)
    {
        if (scenario.Order is null)
            return [];
        var fitting = Enumerable.Range(0, _products.Length).Where(i => Fits(scenario, _products[i], _products[i].BasePrice)).ToArray();
        if (fitting.Length == 0)
            fitting = [.. Enumerable.Range(0, _products.Length).Where(i => _products[i].BasePrice.Cents > scenario.Order.ItemPrice.From && Cheapest(_products[i]) <= scenario.Order.ItemPrice.To && FitsButPrice(scenario, _products[i]))];
        fitting = Array.FindAll(fitting, i => HasRoom(scenario, _products[i]));

        // An order over a limit is made of a few dear items rather than of dozens of cheap ones.
        if (fitting.Length == 0 || scenario.Order.OrderTotal.From <= scenario.Order.ItemPrice.From)
            return fitting;
        var dear = fitting.Where(i => _products[i].BasePrice.Cents * 5 >= scenario.Order.OrderTotal.From).ToArray();
        return dear.Length > 0 ? dear : fitting;
    }

    private bool HasTarget(ExchangeTarget target, Product item)
    {
        if (target is ExchangeTarget.None or ExchangeTarget.Same)
            return true;
        var (from, to) = Range(target, item, _byPrice);
        return from <= to;
    }

    /// <summary>Places among products in the order of prices that are dearer, or surely cheaper, than an item.</summary>
    private static (int From, int To) Range(ExchangeTarget target, Product item, Product[] products) => target == ExchangeTarget.Pricier
        ? (FirstAbove(item.BasePrice.Cents, products), products.Length - 1)
        : (0, FirstAbove(item.BasePrice.Cents * CheaperPercent / 100 - 1, products) - 1);

    private static int FirstAbove(long cents, Product[] products)
    {
        var (low, high) = (0, products.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (products[middle].BasePrice.Cents > cents)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
