using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Packs.Validation;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>A pack with one fault has a finding at the fault's place; several faults are told in one run.</summary>
public sealed class ValidationTests : IDisposable
{
    private const string Policy = "policy.yaml";
    private const string Scenarios = "scenarios.yaml";
    private const string Vocabulary = "vocabulary.yaml";
    private const string Phrases = "phrases.yaml";
    private const string Clause = "    title: A further clause\n    category: returns\n    precedence: 3\n    text: Further.\n";
    private readonly SmallPack _pack = new();

    public void Dispose() => _pack.Dispose();

    [Fact]
    public void The_pack_of_the_guide_has_nothing_to_find_and_makes_tickets_that_verify()
    {
        var validation = PackValidator.Run(_pack.Path);
        Assert.Empty(validation.Findings.Select(Told));
        Assert.Empty(validation.Unchecked);
        Assert.Equal((6, 9, true), (validation.Clauses, validation.Scenarios, validation.IsUsable));
        Assert.Contains(new ClauseInteraction("LEAF-1", "LEAF-3", Related: true), validation.Interactions);
        Assert.DoesNotContain(validation.Interactions, i => i is { A: "LEAF-1", B: "LEAF-4" });

        new DatasetGenerator(2).Create(new WorldOptions { Pack = _pack.Path, Tickets = 400, Orders = 400 }, _pack.OutputFolder);
        var report = DatasetVerifier.Verify(_pack.OutputFolder, new VerificationOptions());
        Assert.Empty(report.Findings);
        Assert.Equal((400L, 0L), (report.Tickets, report.OracleDisagreements));
    }

    [Fact]
    public void Embedded_packs_have_no_errors() => Assert.All(
        PackSource.EmbeddedPacks,
        name => Assert.Empty(PackValidator.Run(name).Findings.Where(f => f.Severity == FindingSeverity.Error).Select(Told)));

    [Theory]
    [InlineData(Policy, "{clause: LEAF-1, set: {window_days: $window_days}}", "{clause: LEAF-9, set: {window_days: 45}}", "reading", "'LEAF-9' does not exist")]
    [InlineData(Policy, "when: order_total > $limit", "when: order_totals > $limit", "reading", "'order_totals'")]
    [InlineData(Policy, "    details: {tracking_number: order.tracking_number}\n        reason: the parcel is on its way", "    detail: {}\n        reason: the parcel is on its way", "reading", "'detail' is unknown")]
    [InlineData(Policy, "    interacts_with: [LEAF-1, LEAF-4]", "    interacts_with: [LEAF-1, LEAF-44]", "reading", "'LEAF-44' does not exist")]
    [InlineData(Scenarios, "actions: [take_back], clauses: [LEAF-1, LEAF-3]", "actions: [take_back], clauses: [LEAF-1, LEAF-8]", "reading", "'LEAF-8' does not exist")]
    [InlineData(Scenarios, "ordinary: {item_price", "ordinary: {season_outside: [1201, 1231], item_price", "reading", "'season_outside' is unknown")]
    [InlineData(Scenarios, "days_since_delivery: [3, 29]", "days_since_delivery: [3, 31]", "scenario", "days_since_delivery = 31", "actions: [take_back], clauses: [LEAF-1]}")]
    [InlineData(Scenarios, "order: {use: ordinary, season_outside: [1201, 1231], state: delivered, days_since_delivery: [31, 90]}", "order: {use: ordinary, state: delivered, days_since_delivery: [31, 90]}", "scenario", "order_month_day = 1202", "actions: [refuse_return]}")]
    [InlineData(Scenarios, "item_price: [5.00, 90.00], order_total: [5.00, 200.00]}\n    expect", "item_price: [500.00, 900.00], order_total: [500.00, 900.00]}\n    expect", "scenario", "No product of catalog.yaml")]
    [InlineData(Scenarios, "actions: [take_back], clauses: [LEAF-1, LEAF-3]", "actions: [take_back], clauses: [LEAF-1]", "clause_not_named", "LEAF-3 decides in the scenario return_present")]
    [InlineData(Scenarios, "actions: [take_back], clauses: [LEAF-1]", "actions: [take_back], clauses: [LEAF-1, LEAF-2]", "clause_not_decisive", "LEAF-2 decides nowhere in the scenario return_sealed")]
    [InlineData("pack.yaml", "missing_parcel: 40}", "missing_parcel: 40, praise: 5}", "unmet_share", "No scenario has the type 'praise'")]
    [InlineData(Vocabulary, "false: [have not opened it, never opened it, is unopened, is still sealed]", "false: [have not opened it, i opened it, never opened it, is unopened, is still sealed]", "reading", "'i opened it' stands twice")]
    [InlineData(Vocabulary, "target_markers: []", "target_markers: [send it back]", "overlapping_cues", "'send it back' is a cue too")]
    [InlineData(Phrases, "    - {if: \"!written.item_opened\", say: \"<opened>\"}\n", "", "missing_phrase", "rest_opened", "  rest_opened:")]
    [InlineData(Phrases, "  subject.return: ", "  subject.other: ", "missing_phrase", "'subject.return'", "  story.return:")]
    [InlineData(Phrases, "\"The order is {order}.\", \"Order", "\"The order is {order}.\", \"Order {numbr}\", \"Order", "phrase", "{numbr}")]
    public void A_fault_is_an_error_at_its_place(string file, string old, string other, string check, string problem, string? at = null) => AssertFound(FindingSeverity.Error, file, old, other, check, problem, at: at);

    [Theory]
    [InlineData(Policy, "  refuse_return:", "  wave: {kind: inform, description: wave}\n  refuse_return:", "unused_action", "'wave'")]
    [InlineData(Policy, "  escalated: {", "  order_gift: {type: boolean, source: customer, description: a claim}\n  escalated: {", "unread_fact", "'order_gift'")]
    [InlineData(Policy, "      patience_days: {", "      colour: {type: integer, value: 1}\n      patience_days: {", "unread_parameter", "'colour' of LEAF-4")]
    [InlineData(Policy, "clauses:\n", "conditions:\n  dispatched_already: shipped = true\n\nclauses:\n", "unused_condition", "'dispatched_already'", "", "", null, null, "  dispatched_already:")]
    [InlineData(Policy, "priorities:\n", "  - id: LEAF-7\n" + Clause + "    applies: request = return and days_since_order > 5000\n    rules: [{when: always, decision: return, support: true, reason: none}]\n\npriorities:\n", "clause_never_decisive", "LEAF-7 decides in no scenario")]
    [InlineData(Policy, "  refuse_return:", "  wave: {kind: inform, description: wave}\n  refuse_return:", "action_never_taken", "'wave' is taken in no scenario", "    rules:\n      - when: order_total > $limit", "    rules:\n      - {when: order_total > 9000.00, decision: wave, also: wave, reason: none}\n      - when: order_total > $limit")]
    [InlineData(Phrases, "  story.return:", "  lonely: [Nobody says this.]\n  story.return:", "unreached_rule", "'lonely'")]
    [InlineData(Phrases, "  story.not_arrived:", "  story.other: [\"I want to return the {product}.\"]\n  story.not_arrived:", "unused_story", "'story.other'")]
    [InlineData(Phrases, "sealed: [I have not opened it.,", "sealed: [I have not opened it., I never quite opened the box.,", "overlapping_cues", "'opened the box'", "", "", "never quite opened")]
    [InlineData(Vocabulary, "quote_markers: [\"wrote:\"]", "quote_markers: [\"said:\"]", "unreadable_messages", "per cent of the messages do not read back", "", "", null, Phrases, "rules:")]
    public void What_has_no_effect_is_a_warning(string file, string old, string other, string check, string problem, string alsoOld = "", string alsoNew = "", string? sealedCue = null, string? foundIn = null, string? at = null)
    {
        if (sealedCue is not null)
            _pack.Replace(Vocabulary, "false: [", $"false: [{sealedCue}, ");
        if (alsoOld.Length > 0)
            _pack.Replace(file, alsoOld, alsoNew);
        AssertFound(FindingSeverity.Warning, file, old, other, check, problem, foundIn, at);
    }

    [Fact]
    public void A_scenario_that_no_share_draws_is_told()
    {
        _pack.Replace("pack.yaml", "missing_parcel: 40}", "missing_parcel: 0}");
        var findings = PackValidator.Run(_pack.Path).Findings.Where(f => f.Check == "never_drawn").ToArray();
        Assert.Equal(3, findings.Length);
        Assert.All(findings, f => Assert.Equal((FindingSeverity.Error, Scenarios), (f.Severity, f.File)));
    }

    [Fact]
    public void Shares_that_the_scenarios_cannot_meet_are_told()
    {
        _pack.Replace("pack.yaml", "requires_escalation: 8}", "requires_escalation: 8, rare: 20}");
        AssertHas(FindingSeverity.Warning, "unmet_share", "pack.yaml", "0 have the complexity 'rare'");
    }

    [Fact]
    public void A_wording_that_no_story_tells_is_told_where_the_scenario_names_it()
    {
        _pack.Replace(Scenarios, "weight: 1\n    request: not_arrived\n    wording: not_arrived\n", "weight: 1\n    request: not_arrived\n    wording: return # wrong\n");
        Assert.Equal(_pack.LineOf(Scenarios, "# wrong"), AssertHas(FindingSeverity.Error, "missing_phrase", Scenarios, "parcel_large: The stories of the wording 'return' state the request 'return', not 'not_arrived'").Line);
    }

    /// <summary>The first of the scenarios whose customers say what no phrase says; the phrase is there to be written.</summary>
    [Fact]
    public void A_claim_that_no_phrase_states_is_told_where_the_scenario_makes_it()
    {
        _pack.Replace(Phrases, "    - {if: \"!written.item_opened\", say: \"<opened>\"}\n", "    - {if: \"!written.item_opened\", say: \"<sealed>\"}\n");
        _pack.Replace(Phrases, "  opened: [I opened it., I opened the box to have a look., We have tried it once., I broke the seal.]\n", "");
        Assert.Equal(_pack.LineOf(Scenarios, "claims: {item_opened: [true, false]}"), AssertHas(FindingSeverity.Error, "missing_phrase", Scenarios, "No phrase states item_opened = true, which customers of the scenario return_late say").Line);
    }

    [Theory]
    [InlineData("    true: [i opened it, opened the box, have tried it, broke the seal]\n", "item_opened = true, which customers of the scenario")]
    [InlineData("    not_arrived: [has not arrived, have not received, still waiting for, never came, where my parcel is]\n", "the request 'not_arrived'")]
    public void What_no_reader_could_recognise_is_told(string line, string problem)
    {
        _pack.Replace(Vocabulary, line, "");
        AssertHas(FindingSeverity.Error, "missing_cue", null, problem);
    }

    [Fact]
    public void A_cycle_and_a_contradiction_are_told_with_the_clauses()
    {
        _pack.Replace(Policy, "    rules:\n      - when: days_since_delivery <= $window_days", "    overrides: [LEAF-3]\n    rules:\n      - when: days_since_delivery <= $window_days");
        AssertHas(FindingSeverity.Error, "relation_cycle", Policy, "LEAF-1");
        _pack.Replace(Policy, "    overrides: [LEAF-3]\n", "");
        _pack.Replace(Policy, "priorities:\n", "  - id: LEAF-7\n" + Clause + "    applies: request = return and delivered = true\n    rules: [{when: shipped = true, decision: return, deny: refuse_return, reason: none}]\n\npriorities:\n");
        AssertHas(FindingSeverity.Error, "ambiguous_decision", Policy, "LEAF-1 and LEAF-7 contradict each other");
    }

    [Fact]
    public void Faults_in_several_files_are_told_in_one_run()
    {
        _pack.Replace(Policy, "    interacts_with: [LEAF-1, LEAF-4]", "    interacts_with: [LEAF-1, LEAF-44, LEAF-45]");
        _pack.Replace(Scenarios, "group: shipping\n    ticket_type: missing_parcel\n    complexity: straightforward", "group: shipping\n    ticket_type: lost\n    complexity: easy");
        _pack.Replace(Scenarios, "actions: [refuse_return]", "actions: [refuse]");
        _pack.Replace(Phrases, "\"Dear {company} team,\"", "\"Dear {shop} team,\"");
        _pack.Replace("catalog.yaml", "in_stock_percent: 92", "in_stock_percent: 920");
        _pack.Replace("people.yaml", "unit_percent: 25", "unit_percents: 25");
        var found = PackValidator.Run(_pack.Path).Findings.Select(Told).ToArray();
        foreach (var part in (string[])["LEAF-44", "LEAF-45", "'refuse' does not exist", "{shop}", "'920'", "unit_percents"])
            Assert.Contains(found, f => f.Contains(part, StringComparison.Ordinal));
        Assert.All(found, f => Assert.DoesNotContain(":0 ", f, StringComparison.Ordinal));
    }

    /// <summary>A finding is at the line of the fault, or at the one line that holds <paramref name="at"/>, where that is what an author must look at.</summary>
    private void AssertFound(FindingSeverity severity, string file, string old, string other, string check, string problem, string? foundIn = null, string? at = null)
    {
        var line = _pack.Replace(file, old, other);
        var finding = AssertHas(severity, check, foundIn ?? file, problem);
        Assert.Equal(at is null ? line : _pack.LineOf(finding.File, at), finding.Line);
    }

    private PackFinding AssertHas(FindingSeverity severity, string check, string? file, string problem)
    {
        var findings = PackValidator.Run(_pack.Path).Findings;
        var found = findings.FirstOrDefault(f => f.Severity == severity && f.Check == check && (file is null || f.File == file) && f.Problem.Contains(problem, StringComparison.Ordinal));
        Assert.True(found is not null, string.Join('\n', findings.Select(Told)));
        Assert.NotEmpty(found.Remedy);
        Assert.True(found.Line > 0, Told(found));
        return found;
    }

    private static string Told(PackFinding finding) => $"{finding.File}:{finding.Line} {finding.Severity} {finding.Check}: {finding.Problem}";
}
