using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs.Validation;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>Situations that a pack may add to that of the guide: it validates without a finding, and its tickets are proved and verify.</summary>
public sealed class PackSituationTests : IDisposable
{
    private const string Policy = SmallPackParts.Policy;
    private const string Scenarios = SmallPackParts.Scenarios;
    private const string Vocabulary = SmallPackParts.Vocabulary;
    private const string Phrases = SmallPackParts.Phrases;
    private readonly SmallPack _pack = new();

    public void Dispose() => _pack.Dispose();

    /// <summary>A story with <c>target.same</c> needs no other where every exchange is for the same product, and one with <c>target.other</c> beside it where some are not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exchanges_are_told_for_the_targets_that_scenarios_have(bool other)
    {
        _pack.AddExchange(other);
        var tickets = Made();
        Assert.Contains(tickets, t => t.Contains("exchange_same", StringComparison.Ordinal));
        Assert.Equal(other, tickets.Any(t => t.Contains("exchange_dearer", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_story_for_one_target_alone_is_refused_where_scenarios_have_two()
    {
        _pack.AddExchange(other: true);
        _pack.Replace(Phrases, "    - {if: target.same, say: I would like to exchange it for the same again.}\n    - {if: target.same, say: Will you swap it for another of the same kind?}\n", "");
        var found = Assert.Single(PackValidator.Run(_pack.Path).Findings, f => f.Severity == FindingSeverity.Error);
        Assert.Contains("No story of the wording 'exchange' can be told with target.same, as the scenario exchange_same has it", found.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_silence_means_needs_no_words()
    {
        _pack.AddFact("wanted: {type: symbol, source: customer, values: [none, refund], description: what the customer wants}");
        _pack.Replace(Policy, "claims: {item_opened: ask}", "claims: {item_opened: ask, wanted: none}");
        _pack.Replace(Policy, "when: order_total > $limit", "when: order_total > $limit and not (wanted = refund and order_total < 5.00)");
        _pack.Replace(Vocabulary, "  item_opened:\n", "  wanted:\n    refund: [want my money, my money back]\n  item_opened:\n");
        _pack.Replace(Scenarios, "    claims: {item_opened: [true, false]}\n", "    claims: {item_opened: [true, false], wanted: refund}\n");
        _pack.Replace(Phrases, "<rest_order> <rest_product> <rest_opened> <rest_when>", "<rest_order> <rest_product> <rest_opened> <rest_wanted> <rest_when>");
        _pack.Replace(Phrases, "<rest_when> <rest_opened> <rest_order> <rest_product>", "<rest_when> <rest_wanted> <rest_opened> <rest_order> <rest_product>");
        _pack.Replace(Phrases, "  rest_when:\n", "  rest_wanted:\n    - {if: \"!says.wanted\", say: \"\"}\n    - {if: written.wanted, say: \"\"}\n    - {if: \"!written.wanted\", say: I want my money.}\n    - {if: \"!written.wanted\", say: Give me my money back.}\n  rest_when:\n");
        Assert.Contains(Made(), t => t.Contains("my money", StringComparison.Ordinal));
    }

    /// <summary>A strike in one month of the past: parcels that were on their way then, and orders that had not left.</summary>
    [Fact]
    public void A_clause_of_past_days_is_shown_with_orders_under_way()
    {
        _pack.AddClause("""
              - id: LEAF-6
                title: Strike
                category: shipping
                precedence: 2
                effective: {from: 2025-09-01, to: 2025-09-30}
                text: In September 2025 the carriers were on strike, and we only told so.
                applies: request = not_arrived and delivered = false
                rules:
                  - {when: always, decision: parcel, permit: tell_tracking, value: none, details: {tracking_number: order.tracking_number}, reason: the carriers are on strike}

            """);
        foreach (var (old, state) in ((string, string)[])[("order: {use: ordinary, state: shipped, days_since_order: [4, 7]}", "[4, 7]"), ("order: {use: ordinary, state: shipped, days_since_order: [8, 20]}", "[8, 20]")])
            _pack.Replace(Scenarios, old, $"order: {{use: ordinary, state: shipped, days_since_order: {state}, message_date: [2026-01-01, 2026-12-31]}}");
        _pack.Replace(Scenarios, "order: {state: shipped, days_since_order: [8, 20],", "order: {state: shipped, days_since_order: [8, 20], message_date: [2026-01-01, 2026-12-31],");
        foreach (var (id, order) in ((string, string)[])[("strike_on_its_way", "state: shipped, days_since_order: [8, 20]"), ("strike_not_left", "state: processing, minutes_since_order: [30, 600]")])
        {
            _pack.AddScenario($$"""
                  - id: {{id}}
                    group: shipping
                    ticket_type: missing_parcel
                    complexity: straightforward
                    weight: 6
                    request: not_arrived
                    wording: not_arrived
                    order: {use: ordinary, {{order}}, message_date: [2025-09-01, 2025-09-30]}
                    expect: {outcome: information, actions: [tell_tracking], clauses: [LEAF-6]}

                """);
        }

        var tickets = Made();
        foreach (var id in (string[])["strike_on_its_way", "strike_not_left"])
        {
            var strike = tickets.Where(t => t.Contains(id, StringComparison.Ordinal)).ToArray();
            Assert.NotEmpty(strike);
            Assert.All(strike, t => Assert.Contains("\"ticket_id\":\"TK-202509", t, StringComparison.Ordinal));
        }
    }

    /// <summary>The lines of the tickets of a set that is made, verified and made again.</summary>
    private string[] Made()
    {
        Assert.Empty(PackValidator.Run(_pack.Path).Findings.Select(f => $"{f.File}:{f.Line} {f.Problem}"));
        var made = new DatasetGenerator(2).Create(new WorldOptions { Pack = _pack.Path, Tickets = 300, Orders = 300 }, _pack.OutputFolder);
        Assert.Equal((0L, 0L), (made.Report.OracleDisagreements, made.Report.GateRejects));
        var report = DatasetVerifier.Verify(_pack.OutputFolder, new VerificationOptions(Pack: _pack.Path));
        Assert.Empty(report.Findings);
        Assert.True(report.WasReproduced, report.ReproductionNote);
        return File.ReadAllLines(Path.Combine(_pack.OutputFolder, DatasetReader.TicketLines));
    }
}
