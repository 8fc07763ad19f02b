using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Tests.Worlds.Decisions;

/// <summary>Each feature of the policy language in a policy of a few clauses, with answers worked by hand.</summary>
public sealed class PolicyLanguageTests
{
    private const string Window = """
          - id: C-1
            title: Window
            category: c
            precedence: 3
            text: Refunds for {days} days.
            parameters: {days: {type: integer, value: 60}, cut: {type: integer, value: 10}}
            versions:
              - {from: 2026-06-01, set: {days: 45}}
              - {from: 2026-06-20, set: {cut: 20}, text: "Refunds for {days} days, less {cut} %."}
            applies: request = refund
            rules:
              - {when: days_since_delivery <= $days, decision: refund, permit: pay, value: line_amount, reason: r}
              - {when: days_since_delivery <= $days, decision: refund, fee: $cut, reason: r}
              - {when: not days_since_delivery <= $days, decision: refund, deny: refuse, reason: r}

        """;

    private const string Paid = """
          - id: C-1
            title: t
            category: c
            precedence: 3
            text: t
            parameters: {part: {type: integer, value: 33}, gift: {type: money, value: 5.00}, fee: {type: integer, value: 15}}
            applies: request = refund
            rules:
        """;

    private const string More = """
          - id: C-2
            title: t
            category: c
            precedence: 5
            text: t
            parameters: {more: {type: integer, value: 10}}
            applies: request = refund
            rules: [{when: item_opened = true, decision: refund, fee: $more, reason: r}]

        """;

    [Theory]
    [InlineData("2026-06-14", "pay 90.00 [C-1] fee_percent=10 fee=10.00")] // 40 days since the delivery on 5 May, of 45
    [InlineData("2026-06-19", "pay 90.00 [C-1] fee_percent=10 fee=10.00")] // day 45
    [InlineData("2026-06-20", "refuse 0.00 [C-1]")] // day 46
    public void The_version_of_the_messages_day_decides(string date, string expected)
    {
        var (plan, _) = SmallShop.Resolve(SmallShop.Policy(Window), ["refund"], SmallShop.MayOrder.ToString(), SmallShop.Lamp, ["item_opened=true"], date: date);
        Assert.Equal([expected], SmallShop.Actions(plan));
    }

    [Fact]
    public void A_parameter_that_a_version_does_not_set_keeps_its_value()
    {
        // 2 June is day 10 of the order of 20 May, 23 June day 31: within 45 by the first version, and at 20 per cent by the second.
        var policy = SmallShop.Policy(Window);
        var (early, _) = SmallShop.Resolve(policy, ["refund"], SmallShop.SecondOrder.ToString(), SmallShop.Lamp, ["item_opened=true"], date: "2026-06-02");
        var (late, _) = SmallShop.Resolve(policy, ["refund"], SmallShop.SecondOrder.ToString(), SmallShop.Lamp, ["item_opened=true"], date: "2026-06-23");

        Assert.Equal(["pay 81.00 [C-1] fee_percent=10 fee=9.00"], SmallShop.Actions(early));
        Assert.Equal(["pay 72.00 [C-1] fee_percent=20 fee=18.00"], SmallShop.Actions(late));
    }

    [Theory]
    [InlineData("2026-05-31", "Refunds for 60 days.")]
    [InlineData("2026-06-01", "Refunds for 45 days. For messages until 31 May 2026: Refunds for 60 days.")]
    [InlineData("2026-06-20", "Refunds for 45 days, less 20 %. For messages until 31 May 2026: Refunds for 60 days. For messages until 19 June 2026: Refunds for 45 days.")]
    public void The_document_tells_what_holds_and_what_held_before(string day, string expected)
    {
        var policy = SmallShop.Policy(Window);
        Assert.Equal(expected, PolicyTextFile.ClauseText(policy, policy.ClausesById["C-1"], DateOnly.Parse(day)));
    }

    [Theory]
    [InlineData("permit: pay, value: unit_amount", "pay 50.00 [C-1]")]
    [InlineData("permit: pay, value: line_amount, share: 20", "pay 20.00 [C-1]")]
    [InlineData("permit: pay, value: unit_amount, share: $part", "pay 16.50 [C-1]")]
    [InlineData("permit: pay, value: order_total, share: 1", "pay 2.00 [C-1]")]
    [InlineData("permit: pay, value: $gift", "pay 5.00 [C-1]")]
    [InlineData("permit: pay, value: overcharge", "pay 0.00 [C-1]")]
    [InlineData("also: thank, value: $gift, details: {how: card}", "thank 5.00 [C-1] how=card")]
    public void A_value_is_an_amount_or_a_share_of_it(string effect, string expected)
    {
        var (plan, _) = SmallShop.Resolve(SmallShop.Policy($"{Paid}\n      - {{when: always, decision: refund, {effect}, reason: r}}\n"), ["refund"], SmallShop.MayOrder.ToString(), SmallShop.Chair, ["item_opened=true"]);
        Assert.Equal([expected], SmallShop.Actions(plan));
    }

    [Fact]
    public void A_rule_whose_value_is_an_absent_fact_does_not_hold()
    {
        var policy = SmallShop.Policy($"{Paid}\n      - {{when: always, decision: refund, permit: pay, value: refund_amount, reason: r}}\n      - {{when: refund_state = none, decision: other, also: thank, reason: r}}\n");
        var (plan, _) = SmallShop.Resolve(policy, ["refund"], SmallShop.MayOrder.ToString(), SmallShop.Chair, ["item_opened=true"]);
        Assert.Equal(["thank 0.00 [C-1]"], SmallShop.Actions(plan));
    }

    [Theory]
    [InlineData("unit_amount", "pay 37.50 [C-1] fee_percent=25 fee=12.50")]
    [InlineData("line_amount", "pay 75.00 [C-1] fee_percent=25 fee=25.00")]
    public void Fees_on_one_decision_add_up_to_one_of_the_verdicts_base(string value, string expected)
    {
        var rules = $"\n      - {{when: always, decision: refund, permit: pay, value: {value}, reason: r}}\n      - {{when: always, decision: refund, fee: $fee, reason: r}}\n";
        var (plan, _) = SmallShop.Resolve(SmallShop.Policy($"{Paid}{rules}{More}"), ["refund"], SmallShop.MayOrder.ToString(), SmallShop.Chair, ["item_opened=true"]);
        Assert.Equal([expected], SmallShop.Actions(plan));
        Assert.Equal(["C-1", "C-2"], plan.PolicyReferences);
    }

    [Fact]
    public void A_denial_beside_a_grant_is_mixed()
    {
        var (plan, _) = SmallShop.Resolve(
            SmallShop.Policy($"{Paid}\n      - {{when: always, decision: refund, deny: refuse, reason: r}}\n      - {{when: always, decision: other, permit: correct, value: $gift, reason: r}}\n"),
            ["refund"], SmallShop.MayOrder.ToString(), SmallShop.Chair, ["item_opened=true"]);
        Assert.Equal(("mixed", "high"), (plan.Outcome, plan.Priority));
    }

    [Theory]
    [InlineData(Inspection.Opened, "item_opened=false", "refuse")]
    [InlineData(Inspection.Opened, null, "refuse")]
    [InlineData(Inspection.Sealed, "item_opened=true", "pay")]
    [InlineData(null, "item_opened=true", "refuse")]
    [InlineData(null, null, "ask")]
    public void The_record_goes_before_what_the_customer_says_or_leaves_unsaid(Inspection? found, string? said, string expected)
    {
        var policy = SmallShop.Policy($"{Paid}\n      - {{when: item_opened = true, decision: refund, deny: refuse, reason: r}}\n      - {{when: item_opened = false, decision: refund, permit: pay, value: none, reason: r}}\n");
        var (plan, _) = SmallShop.Resolve(policy, ["refund"], SmallShop.MayOrder.ToString(), SmallShop.Lamp, said is null ? [] : [said], inspection: found);
        Assert.Equal(expected, Assert.Single(plan.Actions).Type);
    }

    [Theory]
    [InlineData("also: thank, value: $gift", "also: thank", "days_since_order > 5", "demand thank with different values")]
    [InlineData("also: thank, details: {how: card}", "also: thank, details: {how: letter}", "days_since_order > 5", "demand thank with different values")]
    [InlineData("also: thank, value: $gift", "also: thank", "days_since_order < 5", null)]
    public void Two_demands_of_one_action_that_differ_must_not_hold_together(string one, string other, string when, string? problem)
    {
        var clauses = $"{Paid}\n      - {{when: days_since_order >= 5, decision: refund, {one}, reason: r}}\n      - {{when: {when}, decision: other, {other}, reason: r}}\n";
        if (problem is null)
            SmallShop.Policy(clauses);
        else
            Assert.Contains(problem, Assert.Throws<PackException>(() => SmallShop.Policy(clauses)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contradiction_that_only_a_version_brings_is_found()
    {
        const string Clause = """
              - id: C-{0}
                title: t
                category: c
                precedence: 3
                text: t
                parameters: {{days: {{type: integer, value: 10}}}}
                {1}
                applies: request = refund
                rules:
                  - {{when: days_since_order {2} $days, decision: refund, {3}, reason: r}}

            """;
        var under = Clauses("");
        SmallShop.Policy(under);
        Assert.Contains("contradict each other", Assert.Throws<PackException>(() => SmallShop.Policy(Clauses("versions: [{from: 2026-06-01, set: {days: 8}}]"))).Message, StringComparison.Ordinal);

        static string Clauses(string versions) =>
            string.Format(Clause, 1, "", "<=", "deny: refuse") + string.Format(Clause, 2, versions, ">", "permit: pay, value: none");
    }

    [Theory]
    [InlineData("share: 20", "value: none", "")]
    [InlineData("permit: pay, value: share_of_it", "", "'share_of_it' is no value.")]
    [InlineData("permit: pay, value: $part", "", "'$part' is no money parameter.")]
    [InlineData("permit: pay, value: none, share: $gift", "", "'$gift' is no whole-number parameter.")]
    [InlineData("also: thank, share: 20", "", "A share of no value is asked for.")]
    [InlineData("deny: refuse, value: line_amount", "", "Only 'permit' and 'also' have a value.")]
    public void A_value_that_cannot_be_is_refused(string effect, string more, string problem)
    {
        if (problem.Length == 0)
            (effect, problem) = ($"also: thank, {more}, share: -1", "'-1' is not a whole number from 0 to 1000.");
        var wrong = Assert.Throws<PackException>(() => SmallShop.Policy($"{Paid}\n      - {{when: always, decision: refund, {effect}, reason: r}}\n"));
        Assert.Contains(problem, wrong.Message, StringComparison.Ordinal);
    }
}
