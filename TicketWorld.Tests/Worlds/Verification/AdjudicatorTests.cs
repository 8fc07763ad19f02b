using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Verification;

/// <summary>What the language allows and the pack's own policy does not use: effective days, shared actions, competing modifications.</summary>
public class AdjudicatorTests
{
    private const string PolicyText = """
        facts:
          request: {type: symbol, source: customer, description: what}
          flag: {type: boolean, source: customer, description: a claim}
          other: {type: boolean, source: customer, description: another claim}
          count: {type: integer, source: customer, description: a number}
        requests:
          ask: {subject: item, claims: {flag: ask, other: ask, count: CLAIM}}
        actions:
          grant: {kind: grant, description: give}
          refuse: {kind: deny, description: do not give}
          look: {kind: investigate, description: look}
          lift: {kind: escalate, description: hand over}
          clear: {kind: clarify, description: ask}
        clarification: {clause: C-ASK, action: clear}
        clauses:
          - {id: C-ASK, title: t, category: c, precedence: 1, text: t, applies: never}
          - id: C-BASE
            title: t
            category: c
            precedence: 5
            text: t
            applies: always
            rules: [{when: always, decision: d, deny: refuse, reason: r}]
          - id: C-DATED
            title: t
            category: c
            precedence: 3
            effective: {from: 2026-01-10, to: 2026-01-20}
            text: t
            applies: always
            rules: [{when: always, decision: d, permit: grant, value: line_amount, reason: r}]
          - id: C-LOOK-2
            title: t
            category: c
            precedence: 4
            text: t
            applies: flag = true
            rules: [{when: always, decision: e, also: look, reason: r}]
          - id: C-LOOK-1
            title: t
            category: c
            precedence: 2
            text: t
            applies: flag = true
            rules: [{when: always, decision: e, also: look, reason: r}]
          - id: C-WEAK
            title: t
            category: c
            precedence: 4
            text: t
            applies: other = true
            rules: [{when: always, decision: s, support: true, reason: r}]
            modifies: [{clause: C-LIFT, set: {level: 3}}]
          - id: C-STRONG
            title: t
            category: c
            precedence: 2
            text: t
            applies: other = true
            rules: [{when: always, decision: s, support: true, reason: r}]
            modifies: [{clause: C-LIFT, set: {level: 2}}]
          - id: C-LIFT
            title: t
            category: c
            precedence: 6
            text: t
            parameters: {level: {type: integer, value: 0}}
            applies: always
            rules: [{when: $level = 2, decision: f, escalate: lift, reason: r}]
        priorities:
          - {priority: low, when: always}
        """;

    private static readonly PolicyDocument Policy = Read("0");
    private static readonly Adjudicator Adjudicator = new(Policy);

    [Theory]
    [InlineData("2026-01-09", "refuse")]
    [InlineData("2026-01-10", "grant")]
    [InlineData("2026-01-20", "grant")]
    [InlineData("2026-01-21", "refuse")]
    public void A_clause_holds_on_both_its_first_and_its_last_day(string day, string action)
    {
        var ruling = Judge(day, flag: false, other: false);

        Assert.Equal(action, Assert.Single(ruling.Actions).Type);
        Assert.Equal([action == "grant" ? "C-DATED" : "C-BASE"], ruling.References);
    }

    [Fact]
    public void Two_clauses_that_demand_the_same_make_one_action_with_both()
    {
        var ruling = Judge("2026-01-01", flag: true, other: false);

        Assert.Equal(["refuse", "look"], ruling.Actions.Select(a => a.Type));
        Assert.Equal(["C-LOOK-1", "C-LOOK-2"], ruling.Actions[1].Clauses);
        Assert.Equal("investigate", ruling.Outcome);
        Assert.Equal(["C-LOOK-1", "C-LOOK-2", "C-BASE"], ruling.References);
    }

    [Fact]
    public void The_strongest_of_several_modifications_wins()
    {
        var ruling = Judge("2026-01-15", flag: false, other: true);

        Assert.Equal(["grant", "lift"], ruling.Actions.Select(a => a.Type));
        Assert.True(ruling.Escalates);
        Assert.Equal(["C-STRONG", "C-DATED", "C-WEAK", "C-LIFT"], ruling.References);
    }

    [Fact]
    public void Each_unknown_claim_that_decides_by_itself_is_asked_for()
    {
        Assert.Equal(["flag"], Judge("2026-01-15", flag: null, other: false).AskFor);
        Assert.Equal(["other"], Judge("2026-01-15", flag: true, other: null).AskFor);
        Assert.Equal(["flag", "other"], Judge("2026-01-15", flag: null, other: null).AskFor);
        Assert.Empty(Judge("2026-01-15", flag: true, other: true).AskFor);
    }

    [Fact]
    public void A_number_that_may_be_unknown_is_refused_with_a_remedy() =>
        Assert.Contains("say what silence means", Assert.Throws<PackException>(() => new Adjudicator(Read("ask"))).Message, StringComparison.Ordinal);

    private static PolicyDocument Read(string silence) =>
        PolicyReader.Read(PackNode.Parse("policy.yaml", new StringReader(PolicyText.Replace("CLAIM", silence, StringComparison.Ordinal))));

    private static Ruling Judge(string day, bool? flag, bool? other)
    {
        var made = new Case(Policy, Policy.RequestsByName["ask"]) { Day = DateOnly.ParseExact(day, "yyyy-MM-dd"), UnitPrice = new Money(1000) };
        foreach (var (name, value) in new[] { ("flag", flag), ("other", other) })
        {
            if (value is { } known)
                made.Set(Policy.FactsByName[name].Index, known ? 1 : 0);
            else
                made.SetUnknown(Policy.FactsByName[name].Index);
        }

        var ruling = Adjudicator.Judge(made);
        Assert.Null(ruling.Problem);
        return ruling;
    }
}
