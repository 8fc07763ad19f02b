using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>The checker against the decisions worked by hand.</summary>
public class DecisionTests
{
    private static readonly PolicyDocument Policy = TestShop.Policy;
    private static readonly Adjudicator Adjudicator = new(Policy);

    private static IReadOnlyList<WorkedDecision> Table { get; } = DecisionTable.Read(request => Snake.Name(Policy.RequestsByName[request].Subject));

    public static TheoryData<string> Names => [.. Table.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_checker_rules_as_worked_by_hand(string name)
    {
        var worked = Table.Single(d => d.Name == name);

        var ruling = Adjudicator.Judge(CaseOf(worked));

        if (worked.Outcome == "none")
        {
            Assert.NotEqual(1, ruling.Classes);
            return;
        }

        Assert.Null(ruling.Problem);
        Assert.Equal(1, ruling.Classes);
        Assert.Equal(worked.Outcome, ruling.Outcome);
        Assert.Equal(worked.Actions.Select(Line), ruling.Actions.Select(Line));
        Assert.Equal(worked.References, ruling.References);
        Assert.Equal(worked.Priority, ruling.Priority);
        Assert.Equal(worked.Actions.Any(a => a.Type == "escalate_to_manager"), ruling.Escalates);
    }

    [Fact]
    public void Every_clause_and_every_kind_of_request_and_outcome_is_worked()
    {
        Assert.True(Table.Count >= 240, $"{Table.Count} decisions are worked");
        Assert.Empty(Policy.Clauses.Select(c => c.Id).Except(Table.SelectMany(d => d.References), StringComparer.Ordinal));
        Assert.Empty(Policy.Requests.Select(r => r.Name).Except(Table.Select(d => d.Request), StringComparer.Ordinal));
        Assert.Empty(Policy.Actions.Select(a => a.Name).Except(Table.SelectMany(d => d.Actions).Select(a => a.Type), StringComparer.Ordinal));
        var outcomes = Policy.FactsByName["outcome"].Values.Select(v => Policy.Symbols[v]).Except(["conditional"], StringComparer.Ordinal);
        Assert.Empty(outcomes.Except(Table.Select(d => d.Outcome), StringComparer.Ordinal));
    }

    internal static Case CaseOf(WorkedDecision worked)
    {
        var request = Policy.RequestsByName[worked.Request];
        var made = new Case(Policy, request)
        {
            Day = worked.Day,
            UnitPrice = request.Subject is RequestSubject.Item or RequestSubject.Order ? Amount(worked.Facts["item_price"]) : null,
            Quantity = int.Parse(worked.Particulars.GetValueOrDefault("quantity", "1")),
            OrderTotal = worked.Facts.TryGetValue("order_total", out var total) ? Amount(total) : null,
            TrackingNumber = worked.Particulars.GetValueOrDefault("tracking_number", "none"),
            OrderStatus = worked.Particulars.GetValueOrDefault("order_status", "none"),
            TargetProduct = worked.Particulars.GetValueOrDefault("target_product", "none"),
        };
        foreach (var (name, text) in worked.Facts)
        {
            var fact = Policy.FactsByName[name];
            Assert.True(Values.TryParse(text, fact.Type, Policy.SymbolNumbers, out var value), $"{name}: {text}");
            made.Set(fact.Index, value);
        }

        foreach (var claim in request.Claims.Where(c => !worked.Facts.ContainsKey(Policy.Facts[c.Fact].Name)))
        {
            if (claim.Silence is { } silence)
                made.Set(claim.Fact, silence);
            else
                made.SetUnknown(claim.Fact);
        }

        return made;
    }

    private static Money Amount(string text) => Money.TryParse(text, out var money) ? money : throw new FormatException(text);

    private static string Line(WorkedAction a) => $"{a.Type} {a.Value} {string.Join('+', a.Clauses)} {string.Join(' ', a.Details)}";

    private static string Line(ExpectedAction a) =>
        $"{a.Type} {a.Value.ToDecimal():0.00} {string.Join('+', a.Clauses)} {string.Join(' ', a.Details.Select(d => $"{d.Key}={d.Value}"))}";
}
