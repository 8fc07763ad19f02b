using TicketWorld.Tests.Worlds.Messages;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Tests.Worlds.Generation;

public sealed class ProductsTests
{
    private static readonly Dictionary<string, int> Shares = new(StringComparer.Ordinal)
    {
        ["phones"] = 16,
        ["laptops"] = 14,
        ["accessories"] = 20,
        ["audio"] = 15,
        ["gaming"] = 10,
        ["smart_home"] = 10,
        ["cameras"] = 8,
        ["tablets"] = 7,
    };

    private static Product[] Make(int count, ulong seed = 1) => ProductMaker.MakeAll(TechNest.Pack.Catalog, count, Seeds.Key(seed));

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(35)]
    [InlineData(1000)]
    public void Shares_are_kept_exactly(int count)
    {
        var products = Make(count);

        foreach (var (category, share) in Shares)
            Assert.InRange(products.Count(p => p.Category == category) - count * share / 100.0, -0.99, 0.99);
        Assert.InRange(products.Count(p => p.InStock) - count * 0.9, -0.99, 0.99);
        Assert.Equal(Enumerable.Range(1001, count), products.Select(p => p.Id.Number));
    }

    [Fact]
    public void The_limits_of_a_product_hold()
    {
        foreach (var product in Make(20_000))
        {
            Assert.InRange(product.BasePrice.Cents, 999, 249_999);
            Assert.Equal(product.BasePrice > new Money(50_000), product.RequiresSignature);
            Assert.Equal(product.Category == "accessories" ? 90 : 365, product.WarrantyDays);
            Assert.InRange(product.WeightGrams, 30, 10_000);
            Assert.StartsWith(product.Brand + " ", product.Name, StringComparison.Ordinal);
            Assert.Matches("^[A-Z][^{}]{20,240}\\.$", product.Description);
            Assert.Contains((int)(product.BasePrice.Cents % 100), new[] { 99, 49, 95, 0 });
        }
    }

    [Fact]
    public void Names_are_unique_in_the_largest_catalogue()
    {
        var names = Make(WorldOptions.MaximumProducts).Select(p => p.Name).ToArray();

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void No_name_says_what_a_customer_might()
    {
        var scanner = new CueScanner(TechNest.Pack.Vocabulary);

        foreach (var product in Make(WorldOptions.MaximumProducts))
            Assert.Empty(scanner.Find(product.Name.ToLowerInvariant()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_small_catalogue_has_dear_and_cheap_items(ulong seed)
    {
        var products = Make(35, seed);

        Assert.InRange(products.Count(p => p.BasePrice > new Money(50_000)), 4, 18);
        Assert.InRange(products.Count(p => p.BasePrice < new Money(5_000)), 4, 16);
        Assert.InRange(products.Select(p => p.BasePrice).Distinct().Count(), 30, 35);
    }

    [Fact]
    public void A_product_depends_on_nothing_but_seed_count_and_number()
    {
        var alone = new ProductMaker(TechNest.Pack.Catalog, 300, Seeds.Key(1)).Make(77);

        Assert.Equivalent(Make(300)[77], alone, strict: true);
        Assert.True(Make(300).Zip(Make(300, seed: 2)).Count(pair => pair.First.Name == pair.Second.Name) < 3);
    }

    [Fact]
    public void More_products_than_names_are_refused()
    {
        var complaint = Assert.Throws<WorldException>(() => Make(200_000));

        Assert.Equal("too_many_products", complaint.Code);
    }

    [Theory]
    [InlineData("series: [Aero]", "series: [Warranty]", "which is a cue of the vocabulary")]
    [InlineData("series: [Core]", "series: [Aero]", "The series 'Aero' stands twice")]
    [InlineData("price: [20.00, 90.00]", "price: [2.00, 90.00]", "are not within 9.99 and 100.00")]
    [InlineData("price: [20.00, 90.00]", "price: [20.00, 900.00]", "are not within 9.99 and 100.00")]
    [InlineData("below: 100.00", "below: 50.00", "There is no ending for the dearest products")]
    [InlineData("features: [a lid, a lamp]", "features: [a lid]", "has one feature")]
    [InlineData("step: 1.00", "step: 0.00", "The step is 0")]
    [InlineData("grams: [10, 20]", "grams: [30, 20]", "is not a whole number from 30")]
    public void A_wrong_catalogue_is_refused(string right, string wrong, string problem)
    {
        const string Text = """
            price_range: [9.99, 100.00]
            signature_over: 50.00
            in_stock_percent: 90
            numbers: ["1"]
            suffixes: [""]
            price_endings: [{below: 100.00, step: 1.00, add: [0.99]}]
            descriptions: ["{noun} with {feature}."]
            uses: [Nice.]
            categories:
              phones:
                share: 1
                warranty_days: 365
                brands: [Velora]
                series: [Aero]
                kinds: [{noun: Phone, share: 1, price: [20.00, 90.00], grams: [10, 20], features: [a lid, a lamp]}]
              extras:
                share: 1
                warranty_days: 90
                brands: [Velora]
                series: [Core]
                kinds: [{noun: Cable, share: 1, price: [10.00, 20.00], grams: [5, 9], features: [a plug, a sleeve]}]
            """;
        Assert.NotNull(Catalog.Read(PackNode.Parse("catalog.yaml", new StringReader(Text)), TechNest.Pack.Vocabulary));

        var complaint = Assert.Throws<PackException>(() => Catalog.Read(PackNode.Parse("catalog.yaml", new StringReader(Text.Replace(right, wrong, StringComparison.Ordinal))), TechNest.Pack.Vocabulary));

        Assert.Contains(problem, complaint.Message, StringComparison.Ordinal);
        Assert.True(complaint.Line > 0);
    }
}
