using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>
/// Finds what the shares of tickets leave out: scenarios that get no ticket however large the set is, types without a scenario, and shares of types and
/// complexities that no scenarios can meet together.
/// </summary>
internal static class DrawnScenarios
{
    /// <summary>So many that a scenario without a ticket never gets one.</summary>
    private const int Tickets = 1_000_000;

    public static void Check(PackSettings settings, Scenario[] scenarios, PackNode file, PackNode settingsFile, FindingList findings)
    {
        var tickets = settingsFile["tickets"];
        var (planned, counts) = TicketPlan.ScenarioCounts(settings, scenarios, Tickets);
        var drawn = planned.Zip(counts).ToDictionary(p => p.First.Id, p => p.Second, StringComparer.Ordinal);
        foreach (var scenario in scenarios)
        {
            // A label that pack.yaml lacks is told by the checks of the scenario itself.
            if (drawn.TryGetValue(scenario.Id, out var count) && count == 0)
                findings.Error("never_drawn", At(file, scenario), $"No ticket is ever made of the scenario {scenario.Id}: its type {scenario.TicketType} with the complexity {scenario.Complexity} gets no share.", "Give both a share in pack.yaml, or give it another type or complexity.");
        }

        foreach (var type in settings.TicketTypes.Where(t => t.Weight > 0 && scenarios.All(s => s.TicketType != t.Name)))
            findings.Error("unmet_share", tickets["types"][type.Name], $"No scenario has the type '{type.Name}', so its share goes to the others.", "Write one, or remove the type.");
        var complexities = Quota.Split(Tickets, settings.Complexity);
        for (var level = 0; level < complexities.Length; level++)
        {
            var name = settings.Complexity[level].Name;
            var made = planned.Zip(counts).Where(p => p.First.Complexity == name).Sum(p => p.Second);
            if (Math.Abs(made - complexities[level]) > 1)
                findings.Warn("unmet_share", tickets["complexity"][name], $"Of {Tickets} tickets {made} have the complexity '{name}', not {complexities[level]}: the scenarios of some types have too few complexities.", "Write scenarios of this complexity for more types, or change the shares.");
        }
    }

    internal static PackNode At(PackNode file, Scenario scenario) => file["scenarios"].Items.First(n => n.Line == scenario.Line && n.Find("id")?.Text == scenario.Id);

    /// <summary>Where a scenario makes a claim, one that the record refutes too.</summary>
    internal static PackNode ClaimAt(PackNode file, Scenario scenario, string claim)
    {
        var node = At(file, scenario);
        return node.Find("claims")?.Find(claim) ?? node.Find("refuted")?.Find(claim) ?? node;
    }
}
