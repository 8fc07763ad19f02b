using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Tests.Worlds.Generation;
using TicketWorld.Tests.Worlds.Packs;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Scenarios;

public class ScenarioPackTests
{
    [Fact]
    public void Every_embedded_pack_decides_its_scenarios_at_every_corner_as_it_says() =>
        Assert.All(PackSource.EmbeddedPacks, name => Pack.Load(name).CheckScenarios());

    [Fact]
    public void Tickets_of_a_scenario_are_decided_as_it_expects_unless_something_is_asked() =>
        Assert.All(ContradictionSets.Tickets.Where(t => t.Outcome != "clarify"), t =>
        {
            var scenario = TestWorlds.Pack.Scenarios.Single(s => s.Id == t.Scenario);
            Assert.Equal(scenario.ExpectedOutcome, t.Outcome);
            Assert.Equal(scenario.ExpectedActions, t.ActionTypes);
            Assert.Equal((scenario.Group, scenario.TicketType, scenario.Complexity), (t.Dimension("group"), t.Dimension("ticket_type"), t.Dimension("complexity")));
        });

    [Fact]
    public void A_scenario_and_a_clause_are_added_without_code()
    {
        using var pack = new PackFolder();
        pack.Replace("policy.yaml", "    overrides: [POL-RETURN-008]\n", """
                overrides: [POL-RETURN-008]

              - id: POL-RETURN-020
                title: Returns of VIP customers
                category: returns
                precedence: 1
                text: VIP customers may return an item up to and including day {window_days}.
                parameters:
                  window_days: {type: integer, value: 90}
                applies: request = return and customer_tier = vip and delivered = true
                rules:
                  - when: always
                    decision: window
                    support: true
                    reason: the customer is a VIP
                modifies:
                  - {clause: POL-RETURN-001, set: {window_days: $window_days}}

            """.ReplaceLineEndings("\n"));
        pack.Replace("scenarios.yaml", "scenarios:\n", "scenarios:\n" + """
              - id: return_day_91
                group: returns
                ticket_type: return_request
                complexity: edge_case
                weight: 50
                request: return
                wording: return_change_of_mind
                claims: {item_opened: false}
                order: {use: small, state: delivered, days_since_delivery: [91, 120]}
                expect: {outcome: deny, actions: [deny_return]}

            """.ReplaceLineEndings("\n"));
        pack.ReplaceAll("people.yaml", "^tiers: .*$", "tiers: {standard: 1, vip: 99}");

        // Scenarios between the old window and the new one have no one answer any more; what is left is made and proved.
        var set = ExportedSet.Make(new WorldOptions { Tickets = 120, Orders = 120, Customers = 60, Products = 60, Seed = 3 }, WithoutLateReturns(pack));
        Assert.Contains(set.Tickets, t => t.Scenario == "return_day_91" && t.ActionTypes.Contains("deny_return"));
        Assert.Contains(set.Tickets, t => t.References.Contains("POL-RETURN-020"));
    }

    /// <summary>Loads the pack without the scenarios whose answer now depends on the tier: those about returns after the old window.</summary>
    private static Pack WithoutLateReturns(PackFolder pack)
    {
        foreach (var id in (string[])["return_late", "return_first_day_late", "return_just_late", "return_holiday_first_day_late", "return_holiday_late", "return_before_window_grew", "return_last_day_of_old_window", "complex_defective_after_window", "complex_final_sale_holiday"])
            pack.ReplaceAll("scenarios.yaml", $@"^  - id: {id}\n(    .*\n)+", "");
        return Pack.Load(pack.Path);
    }
}
