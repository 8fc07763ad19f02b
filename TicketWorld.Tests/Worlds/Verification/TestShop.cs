using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>A shop small enough to know by heart: four customers, five products, six orders, and a dozen cues.</summary>
internal static class TestShop
{
    public const string VocabularyText = """
        cues:
          request:
            return: [return, send it back, refund]
            exchange: [exchange, swap]
            not_received: [never arrived, says delivered]
            damaged: [arrived broken]
            warranty: [warranty]
            price_match: [price match]
            cancel: [cancel]
            order_status: [where is my order]
            product_info: [tell me about]
            shipping_cost: [shipping cost]
          item_opened:
            "true": [opened it, opened the box]
            "false": [never opened it, unopened]
          defect:
            manufacturing: [stopped working, defective]
            water: [got wet]
          competitor:
            authorized: [authorized retailer]
            marketplace: [marketplace]
        weak:
          - {request: order_status, texts: [my parcel]}
          - {request: exchange, texts: [a new one], otherwise: {wanted: replacement}}
        negations: [don't want to, since]
        second_target_markers: [for the]
        aside_markers: [or the]
        timing:
          - {text: yesterday, from: 1, to: 1}
          - {text: last week, from: 5, to: 11}
          - {text: a few weeks ago, from: 18, to: 34}
        target_markers: [it for the, one for the]
        months: [[january, jan], [february, feb], [march], [april], [may], [june], [july], [august], [september], [october], [november], [december]]
        quote_markers: ["wrote:"]
        thread_markers: ["-----original message-----"]
        """;

    public static PolicyDocument Policy { get; } = PolicyReader.Read(PackNode.Parse("policy.yaml", Resource("packs/technest/policy.yaml")));

    public static Vocabulary Vocabulary { get; } = Vocabulary.Read(PackNode.Parse("vocabulary.yaml", new StringReader(VocabularyText)), Policy, PackNode.Parse("pack.yaml", new StringReader("{code: USD, symbol: $}")));

    public static Customer[] Customers { get; } =
    [
        Customer(1, "Ada Bauer", "standard", "ada@mail.example.com", "ada.b@example.org"),
        Customer(2, "Ben Cole", "vip", "ben@example.net", null),
        Customer(3, "Cleo Diaz", "premium", "cleo@example.com", null),
        Customer(4, "Dan Ek", "standard", "dan@example.com", null),
    ];

    public static Product[] Products { get; } =
    [
        Product(1001, "Aero Buds", 79.99m),
        Product(1002, "Aero Buds Pro", 129.00m),
        Product(1003, "Lumen Lamp", 500.00m),
        Product(1004, "Orion Laptop 14", 899.00m),
        Product(1005, "Nimbus Case", 19.95m, inStock: false),
    ];

    /// <summary>Delivered on 10 January 2026 where not said otherwise; the tests write from there on.</summary>
    public static Order[] Orders { get; } =
    [
        Order("2026-01-05T10:00:00", 1001, 1, Line(1001, 2, 71.99m)),
        Order("2026-01-05T11:00:00", 1002, 1, Line(1003, 1, 500.00m), Line(1005, 1, 19.95m)),
        Order("2026-01-05T12:00:00", 1003, 2, Line(1001, 1, 79.99m)),
        Order("2026-01-05T13:00:00", 1004, 2, Line(1001, 1, 79.99m), Line(1004, 1, 899.00m)),
        Order("2026-01-05T14:00:00", 1005, 3, Line(1002, 1, 129.00m), Line(1002, 1, 119.00m)),
        Order("2026-01-20T09:00:00", 1006, 3, Line(1005, 1, 19.95m)),
    ];

    public static RecordBook Book { get; } = new(Customers, Products, Orders);

    public static Checker Checker { get; } = new(Policy, Vocabulary, Book);

    public static Message Message(string sender, string body, string at = "2026-01-25T12:00:00", string subject = "Hello") =>
        new("TK-20260125-000000000001", sender, subject, body, Time(at));

    public static Verdict Check(string sender, string body, string at = "2026-01-25T12:00:00") => Checker.Check(Message(sender, body, at));

    public static DateTime Time(string text) =>
        DateTime.SpecifyKind(DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", null), DateTimeKind.Utc);

    public static StreamReader Resource(string name) => new(typeof(PolicyDocument).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The resource '{name}' is not in the assembly."));

    private static OrderItem Line(int product, int quantity, decimal price) =>
        new(new ProductId(product), quantity, Cents(price), ItemStatus.Delivered, null);

    private static Customer Customer(int number, string name, string tier, string email, string? alternate)
    {
        var address = new Address($"{number} Elm Street", "Salem", "OR", "97301");
        return new Customer
        {
            Id = new CustomerId(number),
            Name = name,
            Tier = tier,
            PrimaryEmail = email,
            AlternateEmail = alternate,
            Phone = $"(503) 555-01{number:D2}",
            ShippingAddress = address,
            BillingAddress = address,
            CreatedDate = new DateOnly(2025, 1, number),
        };
    }

    private static Product Product(int number, string name, decimal price, bool inStock = true) => new()
    {
        Id = new ProductId(number),
        Name = name,
        Category = "accessories",
        Brand = name.Split(' ')[0],
        BasePrice = Cents(price),
        WarrantyDays = 365,
        WeightGrams = 250,
        RequiresSignature = price > 500m,
        InStock = inStock,
        Description = $"The {name}.",
    };

    private static Order Order(string orderedAt, int sequence, int customer, params OrderItem[] items)
    {
        var ordered = Time(orderedAt);
        var delivered = ordered.AddDays(5);
        return new Order
        {
            Id = new OrderId(DateOnly.FromDateTime(ordered), sequence),
            Customer = new CustomerId(customer),
            OrderedAt = ordered,
            ShippedAt = ordered.AddDays(1),
            DeliveredAt = delivered,
            Items = items,
            ShippingMethod = "standard",
            TrackingNumber = $"1Z{sequence:D8}",
            Total = items.Aggregate(Money.Zero, (sum, item) => sum + item.Amount),
            PaymentMethod = "paypal",
            Status = OrderStatus.Delivered,
        };
    }

    private static Money Cents(decimal amount) => new((long)(amount * 100m));
}
