using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Decisions;

/// <summary>What the customer left open is asked for only where the answer, and not merely what it cites, depends on it: by both oracles.</summary>
public sealed class PointlessQuestionTests
{
    private const string Clauses = """
          - id: C-1
            title: t
            category: c
            precedence: 3
            text: t
            applies: request = refund
            rules:
              - {when: days_since_order <= 30 and item_opened = false, decision: refund, permit: pay, value: line_amount, reason: sealed}
              - {when: days_since_order > 30, decision: refund, deny: refuse, reason: late}
          - id: C-2
            title: t
            category: c
            precedence: 1
            text: t
            applies: request = refund and item_opened = true
            rules:
              - {when: always, decision: refund, deny: refuse, reason: opened}
          - id: C-3
            title: t
            category: c
            precedence: 2
            text: t
            applies: request = charge and reason = money
            rules:
              - {when: always, decision: charge, deny: refuse, reason: money}
          - id: C-4
            title: t
            category: c
            precedence: 2
            text: t
            applies: request = charge and reason = colour
            rules:
              - {when: always, decision: charge, deny: refuse, reason: colour}

        """;

    private static readonly PolicyDocument Policy = SmallShop.Policy(Clauses);
    private static readonly Adjudicator Adjudicator = new(Policy);

    [Theory]
    [InlineData(30, "ask 0.00 [C-ASK] ask_for=item_opened")] // paid or refused
    [InlineData(31, "refuse 0.00 [C-1]")] // refused by C-1, and by C-2 too if opened
    public void An_answer_that_is_the_same_in_any_case_is_given_and_cites_what_holds_in_any_case(int days, string expected)
    {
        var date = new DateOnly(2026, 5, 20).AddDays(days);
        var (plan, _) = SmallShop.Resolve(Policy, ["refund"], SmallShop.SecondOrder.ToString(), date: $"{date:yyyy-MM-dd}");
        Assert.Equal([expected], SmallShop.Actions(plan));
        Assert.Equal(plan.Actions[0].Clauses, plan.PolicyReferences);

        var ruling = Judge("refund", ("days_since_order", days), "item_opened");
        Assert.Equal(plan.Actions[0].Clauses, Assert.Single(ruling.Actions).Clauses);
        Assert.Equal(plan.PolicyReferences, ruling.References);
        Assert.Equal(days > 30 ? [] : ["item_opened"], ruling.AskFor);
    }

    [Fact]
    public void An_action_that_no_clause_demands_in_every_case_cites_those_that_do_in_some()
    {
        var (plan, _) = SmallShop.Resolve(Policy, ["charge"], SmallShop.SecondOrder.ToString());
        Assert.Equal(["refuse 0.00 [C-3 C-4]"], SmallShop.Actions(plan));

        var ruling = Judge("charge", ("days_since_order", 3), "reason");
        Assert.Equal(["C-3", "C-4"], Assert.Single(ruling.Actions).Clauses);
        Assert.Equal(plan.PolicyReferences, ruling.References);
    }

    private static Ruling Judge(string request, (string Fact, long Value) known, string unknown)
    {
        var made = new Case(Policy, Policy.RequestsByName[request]) { Day = new DateOnly(2026, 6, 15), UnitPrice = new Money(9000) };
        made.Set(Policy.FactsByName[known.Fact].Index, known.Value);
        made.SetUnknown(Policy.FactsByName[unknown].Index);
        var ruling = Adjudicator.Judge(made);
        Assert.Null(ruling.Problem);
        return ruling;
    }
}
