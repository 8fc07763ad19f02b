using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Packs.Validation;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Verification;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>Mistakes that would show only when tickets are made, or in none: each is an error, told as what it is.</summary>
public sealed class PackMistakeTests : IDisposable
{
    private const string Policy = SmallPackParts.Policy;
    private const string Scenarios = SmallPackParts.Scenarios;
    private const string Phrases = SmallPackParts.Phrases;
    private readonly SmallPack _pack = new();

    public void Dispose() => _pack.Dispose();

    [Theory]
    [InlineData(Policy, "changes: {item_status: returned}", "changes: {item_status: banana}", "reading", "'banana' is no item_status", "returned, refunded, exchanged")]
    [InlineData(Policy, "changes: {item_status: returned}", "changes: {order_status: exchanged}", "reading", "'exchanged' is no order_status", "cancelled")]
    [InlineData(Policy, "changes: {item_status: returned}", "changes: {item_state: returned}", "reading", "'item_state' is nothing that an action changes", "item_status or order_status")]
    [InlineData(Policy, "  delivered: {type", "  deliverd: {type: boolean, source: database, description: a slip}\n  delivered: {type", "unknown_fact", "There is no fact 'deliverd' of the database or the clock", "Did you mean 'delivered'?")]
    [InlineData(Policy, "  escalated: {type: boolean, source: decision", "  escalatd: {type: boolean, source: decision, description: a slip}\n  escalated: {type: boolean, source: decision", "unknown_fact", "There is no fact 'escalatd' of the decision", "Did you mean 'escalated'?")]
    [InlineData(Policy, "  days_since_order: {type: integer", "  line_total: {type: integer, source: database, description: a slip}\n  days_since_order: {type: integer", "unknown_fact", "'line_total' of the database or the clock has the type money, not integer", "Write 'type: money'")]
    [InlineData(Policy, "value: line_amount", "value: exchange_difference", "reading", "The value 'exchange_difference' is counted from the fact 'target_price'", "target_price: {type: money, source: database")]
    [InlineData(Policy, "value: line_amount", "value: price_match_difference", "reading", "The value 'price_match_difference' is counted from the fact 'competitor_price'", "competitor_price: {type: money, source: customer")]
    [InlineData(Scenarios, "state: delivered, days_since_delivery: [3, 29]}", "state: delivered, categories: [tees], days_since_delivery: [3, 29]}", "scenario", "'tees' is no category of catalog.yaml", "teas, kettles")]
    public void A_mistake_is_the_one_error(string file, string old, string other, string check, string problem, string remedy)
    {
        _pack.Replace(file, old, other);
        var found = Assert.Single(Errors());
        Assert.Equal((check, file), (found.Check, found.File));
        Assert.Contains(problem, found.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, found.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_value_is_counted_from_counts_as_read_and_must_be_what_the_request_has()
    {
        _pack.AddExchange(other: false);
        Assert.Empty(PackValidator.Run(_pack.Path).Findings);
        _pack.Replace(Policy, "  exchange: {subject: item}", "  exchange: {subject: order}");
        var found = Assert.Single(Errors());
        Assert.Contains("The value 'exchange_difference' of LEAF-6 is counted from 'target_price'", found.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_an_order_is_refused_where_a_request_is_about_none()
    {
        _pack.AddRequest("advice", "{subject: none}", "order_total", "[tell me how]", "[Tell me how to brew it.]", "");
        _pack.AddScenario("  - {id: advice, group: advice, ticket_type: return_request, complexity: straightforward, weight: 2, request: advice, wording: advice, expect: {outcome: approve, actions: [settle]}}\n");
        Assert.Contains("The value 'order_total' of LEAF-6 is that of an order", Assert.Single(Errors()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Tiers_that_stand_in_one_file_alone_are_told()
    {
        _pack.AddFact("customer_tier: {type: symbol, source: database, values: [standard, vip], description: a tier}");
        _pack.Replace(Policy, "when: order_total > $limit", "when: order_total > $limit and customer_tier = standard");
        var errors = Errors().Select(e => e.Problem).ToArray();
        Assert.Equal(2, errors.Length);
        Assert.Contains("'regular' is a tier of people.yaml, and no value of customer_tier", errors[0], StringComparison.Ordinal);
        Assert.Contains("'vip' is a value of customer_tier, and no tier of people.yaml", errors[1], StringComparison.Ordinal);
    }

    /// <summary>The error is at the alternative by which the second request goes untold.</summary>
    [Theory]
    [InlineData("", "  name: [", "  name: [", "There is no wording 'advice'")]
    [InlineData("", "  name: [", "  nowhere: [\"<second.*>\"]\n  name: [", "With this alternative of 'body'")]
    [InlineData(" <two>", "  name: [", "  two:\n    - {if: \"!second\", say: \"\"}\n    - {if: second, say: <second.*>}\n  name: [", "With this alternative of 'message'")]
    [InlineData(" <two>", "  name: [", "  two:\n    - {if: \"!second\", say: \"\"}\n    - {if: minimal, say: \"\"}\n    - {if: second, say: <second.*>}\n  name: [", "With this alternative of 'two'")]
    public void A_second_request_that_goes_untold_is_told(string inMinimal, string old, string other, string problem)
    {
        AddSecond(isWorded: !problem.StartsWith("There is no wording", StringComparison.Ordinal));
        _pack.Replace(Phrases, "{if: [minimal], say: \"<story.*> <rest>", $"{{if: [minimal], say: \"<story.*> <rest>{inMinimal}");
        _pack.Replace(Phrases, old, other);
        Assert.Contains(problem, Assert.Single(Errors()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_request_that_every_way_tells_is_none()
    {
        AddSecond(isWorded: true);
        _pack.Replace(Phrases, "{if: [minimal], say: \"<story.*> <rest>", "{if: [minimal], say: \"<story.*> <rest> <two>");
        _pack.Replace(Phrases, "\"<hello>\\n\\n<story.*> <rest>", "\"<hello>\\n\\n<story.*> <rest> <two>");
        _pack.Replace(Phrases, "casual], say: \"<story.*> <aside*>", "casual], say: \"<story.*> <two> <aside*>");
        _pack.Replace(Phrases, "  name: [", "  two:\n    - {if: \"!second\", say: \"\"}\n    - {if: second, say: <second.*>}\n  name: [");
        Assert.Empty(Errors());
    }

    [Theory]
    [InlineData("    - This is not my kind of tea, may I send it back?", "    - This is not my kind of tea.", "story.return")]
    [InlineData("    - What I ordered never came.", "    - What I ordered is nowhere.", "story.not_arrived")]
    public void A_story_that_does_not_say_what_is_asked_is_told_once(string old, string other, string story)
    {
        _pack.Replace(Phrases, old, other);
        Assert.Contains($"An alternative of '{story}' does not say", Assert.Single(Errors()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_whose_pack_no_longer_makes_it_is_verified_all_the_same()
    {
        new DatasetGenerator(1).Create(new WorldOptions { Pack = _pack.Path, Tickets = 50, Orders = 50 }, _pack.OutputFolder);
        MakeUnprovable();
        var report = DatasetVerifier.Verify(_pack.OutputFolder, new VerificationOptions(Pack: _pack.Path));
        Assert.Equal((50, 0), (report.Tickets, report.Findings.Count));
        Assert.Contains("could not be proved", report.ReproductionNote, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ticket_that_cannot_be_proved_says_what_its_text_says_otherwise()
    {
        MakeUnprovable();
        var refused = Assert.Throws<WorldException>(() => new DatasetGenerator(1).Create(new WorldOptions { Pack = _pack.Path, Tickets = 50, Orders = 50 }, _pack.OutputFolder));
        Assert.Equal("ticket_not_provable", refused.Code);
        Assert.Contains("Its text does not read back: the claim 'item_opened' is read as false, and was to be ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("phrases of the wording '", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ticket_on_which_the_oracles_disagree_says_on_what()
    {
        var unproved = new Unproved { Misreading = "something", Disagreement = [new Difference("T", "resolution_plan.priority", "low", "high")] };
        Assert.Contains("of resolution_plan.priority the engine has low, the checker high", unproved.Refusal(7, 12, Pack.Load(_pack.Path).Scenarios[0]).Message, StringComparison.Ordinal);
    }

    /// <summary>The names that a pack may use are those that the engine sets.</summary>
    [Fact]
    public void The_known_facts_are_those_of_the_engine()
    {
        var known = KnownFacts.OfRecords.Concat(KnownFacts.OfDecision).Concat(KnownFacts.OfCustomer).ToArray();
        var none = new Dictionary<string, string>();
        var policy = new PolicyDocument
        {
            Symbols = [],
            Facts = [.. known.Select((f, index) => new FactDefinition(index, f.Key, f.Value, FactSource.Database, [], ""))],
            Requests = [],
            Actions = [],
            Parameters = [],
            Clauses = [],
            Priorities = [],
            Conditions = [],
            ClarificationAction = 0,
            ClarificationClause = 0,
            Application = new([], none, none, none, "", none),
        }.Indexed();
        var facts = new RecordFacts(policy);
        var numbers = typeof(RecordFacts).GetProperties().Select(p => (int)p.GetValue(facts)!).ToArray();
        Assert.Equal(Enumerable.Range(0, known.Length), numbers.Order());
    }

    private void MakeUnprovable()
    {
        _pack.Replace(Phrases, "bye: [Kind regards, Best regards, Thank you, {if: casual, say: Thanks!}, {if: casual, say: Cheers}]", "bye: [\"Kind <regards>\"]\n  regards: [regards]");
        _pack.Replace(Phrases, "    - {if: [\"!minimal\", casual], say: \"<story.*> <aside*>\\n<rest> <mood>\\n\\n<name>\"}\n", "");
        _pack.Replace(SmallPackParts.Vocabulary, "false: [have not opened it,", "false: [kind regards, have not opened it,");
    }

    private PackFinding[] Errors() => [.. PackValidator.Run(_pack.Path).Findings.Where(f => f.Severity == FindingSeverity.Error)];

    private void AddSecond(bool isWorded)
    {
        if (isWorded)
            _pack.Replace(Phrases, "  name: [", "  second.advice: [Also tell me how to brew it.]\n  name: [");
        _pack.AddRequest("advice", "{subject: none}", "none", "[tell me how]", "[Tell me how to brew it.]", "");
        _pack.AddScenario("""
              - id: return_and_advice
                group: returns
                ticket_type: return_request
                complexity: requires_lookup
                weight: 3
                request: return
                wording: return
                also: advice
                claims: {item_opened: false}
                order: {use: ordinary, season_outside: [1201, 1231], state: delivered, days_since_delivery: [3, 29]}
                expect: {outcome: approve, actions: [take_back, settle]}

            """);
    }
}
