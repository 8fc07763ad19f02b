using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>One kind of product within a category, such as headphones within audio.</summary>
/// <param name="Noun">Last words of its name.</param>
/// <param name="Features">What its descriptions may praise.</param>
internal sealed record ProductKind(string Noun, int Weight, Money PriceFrom, Money PriceTo, int GramsFrom, int GramsTo, string[] Features);

/// <param name="Series">Names of model lines, which no other category has.</param>
/// <param name="Numbers">Model numbers: the category's own, else those of the catalogue.</param>
/// <param name="Suffixes">What may follow a number; an empty one is nothing.</param>
internal sealed record ProductCategory(string Name, int Weight, int WarrantyDays, string[] Brands, string[] Series, string[] Numbers, string[] Suffixes, ProductKind[] Kinds);

/// <summary>How prices end in a shop.</summary>
/// <param name="Below">For prices below this amount.</param>
/// <param name="Step">A price is rounded down to a multiple of this, in cents,</param>
/// <param name="Add">and one of these is added.</param>
internal sealed record PriceEnding(Money Below, long Step, Money[] Add);

/// <summary>What a company may sell: the content of <c>catalog.yaml</c>.</summary>
internal sealed class Catalog
{
    private Catalog()
    {
    }

    public required Money Cheapest { get; init; }
    public required Money Dearest { get; init; }

    /// <summary>A parcel is signed for when its product costs more.</summary>
    public required Money SignatureOver { get; init; }
    public required int InStockPercent { get; init; }
    public required PriceEnding[] Endings { get; init; }

    /// <summary>Patterns of descriptions with <c>{noun}</c>, <c>{feature}</c>, <c>{other}</c>, <c>{brand}</c>, <c>{use}</c>.</summary>
    public required string[] Descriptions { get; init; }
    public required string[] Uses { get; init; }
    public required ProductCategory[] Categories { get; init; }

    /// <summary>The kind of a product: that whose noun its name ends with, the longest of those; null for one that is of none.</summary>
    public ProductKind? KindOf(Product product)
    {
        ProductKind? found = null;
        foreach (var category in Categories)
        {
            foreach (var kind in category.Name == product.Category ? category.Kinds : [])
            {
                if (product.Name.EndsWith(kind.Noun, StringComparison.Ordinal) && kind.Noun.Length > (found?.Noun.Length ?? 0))
                    found = kind;
            }
        }

        return found;
    }

    /// <param name="vocabulary">No name may hold one of its cues, or a message that names the product would state it.</param>
    /// <exception cref="PackException">The file is not well-formed.</exception>
    public static Catalog Read(PackNode root, Vocabulary vocabulary)
    {
        root.Only("price_range", "signature_over", "in_stock_percent", "numbers", "suffixes", "price_endings", "descriptions", "uses", "categories");
        var range = root["price_range"];
        var (numbers, suffixes) = (Some(root["numbers"]), Some(root["suffixes"]));
        var catalog = new Catalog
        {
            Cheapest = range.Items[0].Money(),
            Dearest = range.Items[^1].Money(),
            SignatureOver = root["signature_over"].Money(),
            InStockPercent = root["in_stock_percent"].Integer(0, 100),
            Endings = [.. root["price_endings"].Items.Select(ReadEnding)],
            Descriptions = Some(root["descriptions"]),
            Uses = Some(root["uses"]),
            Categories = [.. root["categories"].Entries.Select(e => ReadCategory(e.Key, e.Value, numbers, suffixes))],
        };
        if (catalog.Endings.Length == 0 || catalog.Endings[^1].Below < catalog.Dearest)
            throw root["price_endings"].Error("There is no ending for the dearest products.", $"Let the last one hold below at least {catalog.Dearest}.");
        catalog.CheckNames(root, vocabulary);
        return catalog;
    }

    /// <summary>How many different names a category has.</summary>
    public static long NamesOf(ProductCategory category) => (long)category.Brands.Length * category.Series.Length * category.Numbers.Length * category.Suffixes.Length;

    private void CheckNames(PackNode root, Vocabulary vocabulary)
    {
        var scanner = new CueScanner(vocabulary);
        var series = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var category in Categories)
        {
            var node = root["categories"][category.Name];
            if (category.Series.FirstOrDefault(s => !series.Add(s)) is { } twice)
                throw node["series"].Error($"The series '{twice}' stands twice.", "Give every category series of its own, so that names are unique.");
            foreach (var part in category.Brands.Concat(category.Series).Concat(category.Kinds.Select(k => k.Noun)).Concat(category.Suffixes))
            {
                if (scanner.Find(part.ToLowerInvariant()) is [var hit, ..])
                    throw node.Error($"The name part '{part}' holds '{part.Substring(hit.Start, hit.Length)}', which is a cue of the vocabulary.", "Choose another word.");
            }

            foreach (var kind in category.Kinds)
            {
                if (kind.PriceFrom < Cheapest || kind.PriceTo > Dearest || kind.PriceTo < kind.PriceFrom)
                    throw node["kinds"].Error($"The prices of '{kind.Noun}' are not within {Cheapest} and {Dearest}.", "Correct its price, or price_range.");
            }
        }
    }

    private static PriceEnding ReadEnding(PackNode node)
    {
        node.Only("below", "step", "add");
        var step = node["step"].Money().Cents;
        return step > 0
            ? new PriceEnding(node["below"].Money(), step, [.. node["add"].Items.Select(a => a.Money())])
            : throw node.Error("The step is 0.", "Write for example 10.00.");
    }

    private static ProductCategory ReadCategory(string name, PackNode node, string[] numbers, string[] suffixes)
    {
        node.Only("share", "warranty_days", "brands", "series", "numbers", "suffixes", "kinds");
        return new ProductCategory(
            name,
            node["share"].Integer(1, 1000),
            node["warranty_days"].Integer(1, 3650),
            Some(node["brands"]),
            Some(node["series"]),
            node.Find("numbers") is { } own ? Some(own) : numbers,
            node.Find("suffixes") is { } ending ? Some(ending) : suffixes,
            [.. node["kinds"].Items.Select(ReadKind)]);
    }

    private static ProductKind ReadKind(PackNode node)
    {
        node.Only("noun", "share", "price", "grams", "features");
        var (price, grams) = (node["price"].Items, node["grams"].Items);
        var from = grams[0].Integer(1, 100_000);
        var features = Some(node["features"]);
        return features.Length < 2
            ? throw node.Error($"'{node["noun"].Text}' has one feature.", "Write at least two.")
            : new ProductKind(node["noun"].Text, node["share"].Integer(1, 1000), price[0].Money(), price[^1].Money(), from, grams[^1].Integer(from, 100_000), features);
    }

    private static string[] Some(PackNode node) => node.Texts() is { Length: > 0 } texts ? texts : throw node.Error("The list is empty.", "Write at least one.");
}
