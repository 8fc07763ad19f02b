using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>
/// Makes products: product k of n is a pure function of (catalogue, seed, n, k). Categories, kinds, prices and stock keep
/// their shares by permutations; the prices of a kind are spread evenly over its range. Safe for many threads.
/// </summary>
internal sealed class ProductMaker
{
    private readonly Catalog _catalog;
    private readonly SeedKey _seed;
    private readonly int[] _categoryEnds;
    private readonly Part[] _parts;
    private readonly Permutation _order;
    private readonly Permutation _stockOrder;
    private readonly int _outOfStock;

    /// <param name="seed">The world's keyed seed.</param>
    /// <exception cref="WorldException">The catalogue has too few names for so many products.</exception>
    public ProductMaker(Catalog catalog, int count, SeedKey seed)
    {
        _catalog = catalog;
        _seed = seed;
        Count = count;
        var counts = Quota.Split(count, Array.ConvertAll(catalog.Categories, c => c.Weight));
        _categoryEnds = Quota.Ends(counts);
        _parts = [.. catalog.Categories.Select((category, index) => ReadPart(category, index, counts[index]))];
        _order = Order((ulong)count, 1);
        _stockOrder = Order((ulong)count, 2);
        _outOfStock = Quota.Split(count, [catalog.InStockPercent, 100 - catalog.InStockPercent])[1];
    }

    public int Count { get; }

    /// <summary>All products of a world, in the order of their numbers.</summary>
    public static Product[] MakeAll(Catalog catalog, int count, SeedKey seed)
    {
        var maker = new ProductMaker(catalog, count, seed);
        var products = new Product[count];
        for (var index = 0; index < count; index++)
            products[index] = maker.Make(index);
        return products;
    }

    /// <param name="index">0-based; the product's number is 1001 more.</param>
    public Product Make(int index)
    {
        var draws = new Draws(_seed, Seeds.Products, (ulong)index);
        var place = (int)_order[(ulong)index];
        var number = Quota.Find(_categoryEnds, place);
        var category = _catalog.Categories[number];
        var part = _parts[number];
        var within = place - (number == 0 ? 0 : _categoryEnds[number - 1]);
        var kindNumber = Quota.Find(part.KindEnds, within);
        var kind = category.Kinds[kindNumber];
        var start = kindNumber == 0 ? 0 : part.KindEnds[kindNumber - 1];
        var price = Price(kind, within - start, part.KindEnds[kindNumber] - start, ref draws);
        var (brand, name) = Name(category, kind, part.Names[(ulong)within]);
        return new Product
        {
            Id = new ProductId(1001 + index),
            Name = name,
            Category = category.Name,
            Brand = brand,
            BasePrice = price,
            WarrantyDays = category.WarrantyDays,
            WeightGrams = Grams(kind, ref draws),
            RequiresSignature = price > _catalog.SignatureOver,
            InStock = (int)_stockOrder[(ulong)index] >= _outOfStock,
            Description = Description(kind, brand, ref draws),
        };
    }

    /// <summary>How the products of a category are shared out.</summary>
    private sealed record Part(int[] KindEnds, Permutation Names);

    private Part ReadPart(ProductCategory category, int index, int count)
    {
        var names = Catalog.NamesOf(category);
        return count <= names
            ? new Part(Quota.Ends(Quota.Split(count, Array.ConvertAll(category.Kinds, k => k.Weight))), Order((ulong)names, (ulong)(16 + index)))
            : throw new WorldException("too_many_products", $"The catalogue has {names} names for {category.Name}, {count} are needed.", "Ask for fewer products, or add brands, series or numbers to catalog.yaml.", "products");
    }

    private Permutation Order(ulong size, ulong stream) => new(size, _seed, Seeds.Products + (stream << 32));

    private static (string Brand, string Name) Name(ProductCategory category, ProductKind kind, ulong name)
    {
        var (rest, suffix) = Math.DivRem(name, (ulong)category.Suffixes.Length);
        (rest, var number) = Math.DivRem(rest, (ulong)category.Numbers.Length);
        var (brand, series) = Math.DivRem(rest, (ulong)category.Series.Length);
        var ending = category.Suffixes[suffix];
        return (category.Brands[brand], $"{category.Brands[brand]} {category.Series[series]} {category.Numbers[number]}{(ending.Length > 0 ? " " : "")}{ending} {kind.Noun}");
    }

    /// <summary>
    /// The price at a random point of slice <paramref name="slice"/> of <paramref name="slices"/> of the kind's range, with more
    /// cheap ones than dear ones, rounded to an ending that shops use.
    /// </summary>
    private Money Price(ProductKind kind, int slice, int slices, ref Draws draws)
    {
        var at = (((long)slice << 16) + draws.Below(1 << 16)) / slices;
        var bent = (at + 2 * (at * at >> 16)) / 3;
        var raw = kind.PriceFrom.Cents + ((kind.PriceTo - kind.PriceFrom).Cents * bent >> 16);
        var ending = Array.Find(_catalog.Endings, e => raw < e.Below.Cents) ?? _catalog.Endings[^1];
        var price = raw - raw % ending.Step + draws.Pick(ending.Add).Cents;
        while (price > Math.Min(kind.PriceTo.Cents, _catalog.Dearest.Cents))
            price -= ending.Step;
        return new Money(Math.Max(price, _catalog.Cheapest.Cents));
    }

    private static int Grams(ProductKind kind, ref Draws draws)
    {
        var grams = draws.Between(kind.GramsFrom, kind.GramsTo);
        return grams < 100 ? grams : grams < 1000 ? grams - grams % 5 : grams - grams % 10;
    }

    /// <summary>A noun within a sentence: in lower case, but for abbreviations such as USB.</summary>
    private static string InSentence(string noun) =>
        string.Join(' ', noun.Split(' ').Select(word => word.Length > 1 && char.IsUpper(word[1]) ? word : word.ToLowerInvariant()));

    private string Description(ProductKind kind, string brand, ref Draws draws)
    {
        var first = draws.Below(kind.Features.Length);
        var second = (first + 1 + draws.Below(kind.Features.Length - 1)) % kind.Features.Length;
        var text = draws.Pick(_catalog.Descriptions)
            .Replace("{noun}", InSentence(kind.Noun), StringComparison.Ordinal)
            .Replace("{brand}", brand, StringComparison.Ordinal)
            .Replace("{feature}", kind.Features[first], StringComparison.Ordinal)
            .Replace("{other}", kind.Features[second], StringComparison.Ordinal)
            .Replace("{use}", draws.Pick(_catalog.Uses), StringComparison.Ordinal);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
