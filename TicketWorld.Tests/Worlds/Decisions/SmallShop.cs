using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Tests.Worlds.Decisions;

/// <summary>
/// A shop with two requests and a few clauses, of which every test knows the answer by hand. Ada has ordered on 1 May (a lamp and two
/// chairs), 20 May (a lamp) and 10 June (a desk and another lamp, of which nothing has come).
/// </summary>
internal static class SmallShop
{
    public const string Facts = """
        facts:
          request: {type: symbol, source: customer, description: d}
          delivered: {type: boolean, source: database, description: d}
          days_since_delivery: {type: integer, source: clock, description: d}
          days_since_order: {type: integer, source: clock, description: d}
          item_found_opened: {type: boolean, source: database, description: d}
          refund_amount: {type: money, source: database, description: d}
          refund_state: {type: symbol, source: database, values: [none, pending, completed], description: d}
          overcharge: {type: money, source: database, description: d}
          item_opened: {type: boolean, source: customer, record: item_found_opened, description: d}
          reason: {type: symbol, source: customer, values: [money, colour], description: d}
          escalated: {type: boolean, source: decision, description: d}
          outcome: {type: symbol, source: decision, values: [mixed, deny], description: d}
        requests:
          refund: {subject: item, claims: {item_opened: ask}}
          charge: {subject: order, claims: {reason: ask}}
        actions:
          pay: {kind: grant, description: d}
          refuse: {kind: deny, description: d}
          correct: {kind: grant, description: d}
          thank: {kind: inform, description: d}
          manager: {kind: escalate, description: d}
          ask: {kind: clarify, description: d}
        clarification: {clause: C-ASK, action: ask}
        priorities:
          - {priority: high, when: outcome = mixed}
          - {priority: low, when: always}
        clauses:
          - {id: C-ASK, title: t, category: c, precedence: 9, text: t, applies: never, rules: [{when: never, decision: ask, also: ask, reason: r}]}

        """;

    public static readonly ProductId Lamp = new(1001);
    public static readonly ProductId Chair = new(1002);
    public static readonly ProductId Desk = new(1003);
    public static readonly ProductId OtherLamp = new(1004);

    public static OrderId MayOrder { get; } = new(new DateOnly(2026, 5, 1), 1001);

    public static OrderId SecondOrder { get; } = new(new DateOnly(2026, 5, 20), 1002);

    public static OrderId JuneOrder { get; } = new(new DateOnly(2026, 6, 10), 1003);

    /// <summary>Reads a policy of the clauses given.</summary>
    public static PolicyDocument Policy(string clauses)
    {
        var policy = PolicyReader.Read(PackNode.Parse("policy.yaml", new StringReader(Facts + clauses)));
        PolicyChecks.Run(policy, new PolicyEngine(policy), "policy.yaml");
        return policy;
    }

    public static RecordBook Book(Inspection? inspection = null) => new(
        [
            new Customer
            {
                Id = new CustomerId(1),
                Name = "Ada Smith",
                Tier = "standard",
                PrimaryEmail = "ada@example.com",
                Phone = "",
                ShippingAddress = new Address("", "", "", ""),
                BillingAddress = new Address("", "", "", ""),
                CreatedDate = new DateOnly(2026, 1, 1),
            },
        ],
        [Product(Lamp, "Lamp", "light"), Product(Chair, "Chair", "seat"), Product(Desk, "Desk", "table"), Product(OtherLamp, "Other Lamp", "light")],
        [
            Order(MayOrder, 4, new OrderItem(Lamp, 1, new Money(10000), ItemStatus.Delivered, null) { Inspection = inspection }, new OrderItem(Chair, 2, new Money(5000), ItemStatus.Delivered, null)),
            Order(SecondOrder, 3, new OrderItem(Lamp, 1, new Money(9000), ItemStatus.Delivered, null)),
            Order(JuneOrder, null, new OrderItem(Desk, 1, new Money(30000), ItemStatus.Processing, null), new OrderItem(OtherLamp, 1, new Money(7000), ItemStatus.Processing, null)),
        ]);

    /// <summary>Resolves a message of Ada's.</summary>
    /// <param name="said">Claims that it states, as in <c>item_opened=true</c>.</param>
    public static (ResolutionPlan Plan, Resolver Resolver) Resolve(
        PolicyDocument policy, string[] requests, string? number, ProductId? product = null, string[]? said = null, Bounds? days = null, string date = "2026-06-15", Inspection? inspection = null)
    {
        var resolver = new Resolver(new PolicyEngine(policy), Book(inspection));
        var values = new long[policy.Facts.Length];
        ulong states = 0;
        foreach (var claim in said ?? [])
        {
            var fact = policy.FactsByName[claim.Split('=')[0]];
            Assert.True(Values.TryParse(claim.Split('=')[1], fact.Type, policy.SymbolNumbers, out values[fact.Index]), claim);
            states |= 1UL << fact.Index;
        }

        var at = DateTime.SpecifyKind(DateTime.Parse($"{date}T12:00:00"), DateTimeKind.Utc);
        var disclosed = new Disclosed("ada@example.com", number, product, null, at, days);
        return (resolver.Resolve([.. requests.Select(r => policy.RequestsByName[r])], disclosed, states, values, null), resolver);
    }

    /// <summary>The actions, as in <c>pay 12.00 [C-1] fee=3.00</c>.</summary>
    public static string[] Actions(ResolutionPlan plan) =>
        [.. plan.Actions.Select(a => string.Join(' ', new[] { a.Type, a.Value.ToString(), $"[{string.Join(' ', a.Clauses)}]" }.Concat(a.Details.Select(d => $"{d.Key}={d.Value}"))))];

    private static Product Product(ProductId id, string name, string category) => new()
    {
        Id = id,
        Name = name,
        Category = category,
        Brand = "",
        BasePrice = new Money(10000),
        WarrantyDays = 365,
        WeightGrams = 1,
        RequiresSignature = false,
        InStock = true,
        Description = "",
    };

    private static Order Order(OrderId id, int? deliveredAfterDays, params OrderItem[] items)
    {
        var at = id.Date.ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc);
        var total = items.Aggregate(Money.Zero, (sum, item) => sum + item.Amount);
        return new Order
        {
            Id = id,
            Customer = new CustomerId(1),
            OrderedAt = at,
            ShippedAt = deliveredAfterDays is null ? null : at.AddDays(1),
            DeliveredAt = deliveredAfterDays is { } days ? at.AddDays(days) : null,
            Items = items,
            ShippingMethod = "standard",
            Total = total,
            PaymentMethod = "card",
            Status = deliveredAfterDays is null ? OrderStatus.Processing : OrderStatus.Delivered,
        };
    }
}
