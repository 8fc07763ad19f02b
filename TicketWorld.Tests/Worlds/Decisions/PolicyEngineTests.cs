using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Tests.Worlds.Decisions;

/// <summary>The engine against the decisions worked by hand.</summary>
public sealed class PolicyEngineTests
{
    private static readonly PolicyDocument Policy = PolicyReader.Read(PackSource.Open("technest").Read("policy.yaml"));
    private static readonly IReadOnlyList<WorkedDecision> Table = DecisionTable.Read(request => Snake.Name(Policy.RequestsByName[request].Subject));
    private static readonly DateOnly Day = new(2026, 2, 15);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Table.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_engine_decides_as_worked_by_hand(int number)
    {
        var expected = Table[number];
        var request = new RequestCase(new PolicyEngine(Policy));
        request.Begin(Policy.RequestsByName[expected.Request], isIdentified: true);
        var facts = request.Facts;
        facts.Set(Policy.FactsByName["request"].Index, Policy.RequestsByName[expected.Request].Symbol);
        foreach (var (name, text) in expected.Facts)
        {
            var fact = Policy.FactsByName[name];
            Assert.True(Values.TryParse(text, fact.Type, Policy.SymbolNumbers, out var value), $"{name} = {text}");
            facts.Set(fact.Index, value);
        }

        var unknown = new List<int>();
        foreach (var claim in Policy.RequestsByName[expected.Request].Claims)
        {
            if (facts.Has(claim.Fact))
                continue;
            if (claim.Silence is { } silence)
                facts.Set(claim.Fact, silence);
            else
                unknown.Add(claim.Fact);
        }

        var target = expected.Particulars.GetValueOrDefault("target_product", "PROD-0000");
        var amounts = new CaseAmounts(Amount("item_price"), int.Parse(expected.Particulars.GetValueOrDefault("quantity", "1")), Amount("order_total"), Amount("target_price", "item_price"), Amount("competitor_price"), ProductId.TryParse(target, out var id) ? id.Number : 0);
        request.Amounts = amounts;
        request.Solve([.. unknown], expected.Day);
        var writer = new ResolutionWriter(Policy);
        var who = Who(expected);
        if (expected.Outcome == "none")
        {
            Assert.True(request.IsAnswered && !request.Derivation.IsDecided, "the policy decides a case that it should not");
            return;
        }

        var plan = request.IsAnswered ? writer.Decided([request], who) : writer.Asking([request], who);
        Assert.Equal(expected.Outcome, plan.Outcome);
        Assert.Equal(expected.Priority, plan.Priority);
        Assert.Equal(expected.References, plan.PolicyReferences);
        Assert.Equal(expected.Actions.Any(a => a.Type == "escalate_to_manager"), plan.EscalationRequired);
        Assert.Equal(expected.Actions.Select(Describe), plan.Actions.Select(a => Describe(new WorkedAction(a.Type, a.Value.ToString(), a.Clauses, [.. a.Details.Select(d => $"{d.Key}={d.Value}")]))));

        Money Amount(string name, string otherwise = "") =>
            Policy.FactsByName.TryGetValue(name, out var fact) && facts.TryGet(fact.Index, out var cents) ? new Money(cents) : otherwise.Length > 0 ? Amount(otherwise) : Money.Zero;
    }

    private static string Describe(WorkedAction action) =>
        $"{action.Type} {action.Value} [{string.Join(' ', action.Clauses)}] {string.Join(' ', action.Details.Order(StringComparer.Ordinal))}";

    /// <summary>An order that carries the particulars that details quote.</summary>
    private static Identified Who(WorkedDecision expected)
    {
        if (!expected.Particulars.TryGetValue("order_status", out var status))
            return new(Lookup, null, null, -1, null, null);
        var order = new Order
        {
            Id = new OrderId(Day, 1001),
            Customer = new CustomerId(1),
            OrderedAt = Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            Items = [],
            ShippingMethod = "standard",
            TrackingNumber = expected.Particulars.GetValueOrDefault("tracking_number") is { } number && number is not ("none" or "absent") ? number : null,
            Total = Money.Zero,
            PaymentMethod = "paypal",
            Status = Enum.GetValues<OrderStatus>().Single(s => Snake.Name(s) == status),
        };
        return new(Lookup, null, order, -1, null, null);
    }

    private static CustomerLookup Lookup { get; } = new("found", new CustomerId(1), "primary_email", "order_number", [], "");
}
