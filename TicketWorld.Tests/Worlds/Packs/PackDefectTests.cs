using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>A pack with one defect is refused, with file, line and remedy.</summary>
public sealed class PackDefectTests : IDisposable
{
    private const string Policy = "policy.yaml";
    private const string Scenarios = "scenarios.yaml";
    private readonly PackFolder _pack = new();

    public void Dispose() => _pack.Dispose();

    [Theory]
    [InlineData(Policy, "overrides: [POL-RETURN-002,", "overrides: [POL-RETURN-999,", null, "The clause 'POL-RETURN-999' does not exist", "Name a clause")]
    [InlineData(Policy, "{clause: POL-SHIP-006,", "{clause: POL-SHIP-066,", "id: POL-SHIP-005", "'POL-SHIP-066' does not exist", "Name a clause")]
    [InlineData(Policy, "requires: [POL-SHIP-003]", "requires: [POL-SHIP-333]", "id: POL-SHIP-002", "'POL-SHIP-333' does not exist", "Name a clause")]
    [InlineData(Policy, "interacts_with: [POL-SHIP-005,", "interacts_with: [POL-SHIP-555,", null, "'POL-SHIP-555' does not exist", "Name a clause")]
    [InlineData(Policy, "applies: request = wrong_item and kept", "applies: request = wrong_item and kep", null, "'kep'", "")]
    [InlineData(Policy, "applies: request = wrong_item and", "applies: request = wrong_thing and", null, "'wrong_thing'", "")]
    [InlineData(Policy, "when: $photo_first = false", "when: $foto_first = false", null, "foto_first", "")]
    [InlineData(Policy, "set: {photo_first: true}", "set: {foto_first: true}", "id: POL-SHIP-005", "no parameter 'foto_first'", "Set one that it defines")]
    [InlineData(Policy, "also: request_photo", "also: request_foto", "id: POL-SHIP-005", "The action 'request_foto' does not exist", "Name one")]
    [InlineData(Policy, "subject: item, claims: {item_opened: ask, defect: none}", "subject: item, claims: {item_broken: ask}", "  return:", "'item_broken' is no fact", "Define it")]
    [InlineData(Policy, "precedence: 3", "precedence: 0", "id: POL-RETURN-001", "'0' is not a whole number from 1 to 9", "range")]
    [InlineData(Policy, "{window_days} after the day", "{windw_days} after the day", "id: POL-RETURN-001", "placeholder", "{parameter}")]
    [InlineData(Policy, "title: Restocking fee", "titel: Restocking fee", null, "'titel' is unknown", "title")]
    [InlineData(Scenarios, "request: wrong_item", "request: wrong_thing", "id: shipping_wrong_item", "The request 'wrong_thing' does not exist", "Use one of")]
    [InlineData(Scenarios, "days_since_delivery: [7, 25]", "days_since_delivery: [25, 7]", null, "[25, 7] is empty", "lower end first")]
    [InlineData(Scenarios, "item_price: [500.02, 2500.00]", "item_price: [2600.00, 2700.00]", "id: return_high_value", "No product of catalog.yaml costs from 2600.00 to 2700.00", "add such products")]
    [InlineData(Scenarios, "warranty_days: 90", "warranty_days: 91", "id: warranty_short_period", "No product of catalog.yaml with a warranty of 91 days", "warranty_days")]
    [InlineData(Scenarios, "order_total: [500.00, 1000.00]", "order_total: [100.00, 300.00]", "id: shipping_damaged_at_limit", "An item of at least 500.00 does not go into an order of at most 300.00", "order_total")]
    [InlineData(Scenarios, "ticket_type: return_request", "ticket_type: refunds", "id: return_unopened", "'refunds' is no ticket type", "return_request")]
    [InlineData(Scenarios, "complexity: straightforward", "complexity: easy", "id: return_unopened", "'easy' is no complexity", "straightforward")]
    [InlineData(Scenarios, "claims: {item_opened: false}", "claims: {item_opened: sideways}", "id: return_unopened", "'sideways' is no value", "policy.yaml")]
    [InlineData(Scenarios, "withhold: [item_opened]", "withhold: [customer_tier]", "id: return_unopened", "'customer_tier' is no claim", "Name one")]
    [InlineData(Scenarios, "actions: [process_return]", "actions: [process_refund]", "id: return_unopened", "'process_refund' does not exist", "Name one")]
    [InlineData("pack.yaml", "version: 1.0.0", "name: again", null, "'name' stands twice", "Remove one")]
    [InlineData("people.yaml", "vip: 10", "vip: ten", null, "'ten' is not a whole number", "range")]
    [InlineData("pack.yaml", "escalation_complexity: requires_escalation", "escalation_complexity: hard", null, "'hard' is no complexity", "Name one")]
    [InlineData("catalog.yaml", "price: [159.00, 1399.00]", "price: [159.00, 9399.00]", null, "not within", "price_range")]
    public void A_defect_is_told_with_its_file_line_and_remedy(string file, string old, string other, string? after, string problem, string remedy)
    {
        var line = _pack.Replace(file, old, other, after);
        var error = Refused();
        Assert.Equal(file, error.File);
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
        Assert.InRange(error.Line, line - 3, line);
        Assert.StartsWith($"{file}:{error.Line}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_of_overrides_is_named()
    {
        _pack.Replace(Policy, "    applies: request = exchange and kept\n", "    applies: request = exchange and kept\n    overrides: [POL-EXCHANGE-002]\n", "id: POL-EXCHANGE-001");
        AssertNamed("cycle", "POL-EXCHANGE-001", "POL-EXCHANGE-002");
    }

    [Fact]
    public void A_cycle_through_a_parameter_is_named()
    {
        _pack.Replace(Policy, "set: {fee_percent: 0}}\n", "set: {fee_percent: 0}}\n      - {clause: POL-RETURN-001, set: {window_days: 40}}\n");
        AssertNamed("cycle", "POL-RETURN-003");
    }

    [Fact]
    public void A_parameter_that_is_passed_on_cannot_be_modified_itself()
    {
        _pack.Replace(Policy, "        reason: the item was opened, so the restocking fee applies\n", "        reason: the item was opened, so the restocking fee applies\n    modifies:\n      - {clause: POL-HOLIDAY-001, set: {window_days: 46}}\n");
        AssertNamed("$window_days", "POL-RETURN-002", "POL-HOLIDAY-001", "Write the value");
    }

    [Fact]
    public void Two_clauses_that_contradict_each_other_are_named_with_a_case()
    {
        AddClause("applies: request = wrong_item and customer_tier = vip", "rules: [{when: delivered = true, decision: replacement, deny: deny_refund, reason: none}]");
        AssertNamed("contradict", "POL-SHIP-004", "POL-TEST-001", "customer_tier = vip", "delivered = true");
    }

    [Fact]
    public void Two_modifications_of_one_strength_are_named()
    {
        AddClause("applies: request = return and customer_tier = vip", "rules: [{when: always, decision: window, support: true, reason: none}]\n    modifies: [{clause: POL-RETURN-001, set: {window_days: 60}}]");
        AssertNamed("set one parameter", "POL-HOLIDAY-001", "POL-TEST-001");
    }

    [Theory]
    [InlineData("return_opened_fee", "days_since_delivery: [10, 28]", "days_since_delivery: [10, 46]", "days_since_delivery = 46")]
    [InlineData("price_last_day", "days_since_order: [14, 14]", "days_since_order: [15, 15]", "days_since_order = 15")]
    [InlineData("shipping_damaged_at_limit", "item_price: [500.00, 500.00]", "item_price: [500.00, 500.01]", "item_price = 500.01")]
    [InlineData("return_high_value", "item_price: [500.02, 2500.00]", "item_price: [500.00, 2500.00]", "item_price = 500.00")]
    [InlineData("order_cancel_last_minute", "minutes_since_order: [120, 120]", "minutes_since_order: [120, 121]", "minutes_since_order = 121")]
    public void An_expectation_that_the_policy_contradicts_at_a_bound_is_told_with_the_case(string scenario, string old, string other, string named)
    {
        _pack.Replace(Scenarios, old, other, $"id: {scenario}\n");
        AssertNamed(scenario, "the policy gives", named, "Correct the range");
    }

    [Fact]
    public void Text_that_is_no_yaml_is_told_with_its_line()
    {
        var line = _pack.Replace("pack.yaml", "currency: {code: USD, symbol: \"$\"}", "currency: {code: USD, symbol: [\"$\"}");
        var error = Refused();
        Assert.Equal(("pack.yaml", line), (error.File, error.Line));
        Assert.Contains("not valid YAML", error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pack.yaml")]
    [InlineData("policy.yaml")]
    [InlineData("vocabulary.yaml")]
    [InlineData("scenarios.yaml")]
    [InlineData("phrases.yaml")]
    [InlineData("catalog.yaml")]
    [InlineData("people.yaml")]
    public void A_file_that_is_missing_or_empty_is_told(string file)
    {
        _pack.Write(file, "");
        Assert.Equal((file, "The file is empty."), (Refused().File, Refused().Problem));
        _pack.Delete(file);
        var error = Refused();
        Assert.Equal(file, error.File);
        Assert.Contains("lacks this file", error.Problem, StringComparison.Ordinal);
        Assert.Contains("people.yaml", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  story.shipping_cost:", "  story.shipping_costs:")]
    [InlineData("  short.shipping_cost:", "  short.shipping_costs:")]
    public void A_wording_without_phrases_is_told(string old, string other)
    {
        _pack.Replace("phrases.yaml", old, other);
        var error = Refused();
        Assert.Equal("phrases.yaml", error.File);
        Assert.Contains($"'{old.Trim().TrimEnd(':')}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_with_a_wording_that_does_not_exist_is_told()
    {
        _pack.Replace(Scenarios, "wording: return_change_of_mind", "wording: return_on_a_whim", "id: return_unopened");
        Assert.Contains("'return_on_a_whim'", Refused().Problem, StringComparison.Ordinal);
    }

    private void AddClause(string applies, string rest) => _pack.Replace(
        Policy,
        "  - id: POL-SHIP-005\n",
        $"  - id: POL-TEST-001\n    title: Test\n    category: returns\n    precedence: 2\n    text: A test.\n    {applies}\n    {rest}\n\n  - id: POL-SHIP-005\n");

    private void AssertNamed(params string[] parts)
    {
        var error = Refused();
        Assert.All(parts, p => Assert.Contains(p, error.Message, StringComparison.Ordinal));
        Assert.True(error.Line > 0, error.Message);
        Assert.NotEmpty(error.Remedy);
    }

    private PackException Refused() => Assert.Throws<PackException>(() => Pack.Load(_pack.Path));
}
