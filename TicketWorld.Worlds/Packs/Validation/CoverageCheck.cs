using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>Compares what the policy can do with what it does at the corners of the scenarios.</summary>
internal static class CoverageCheck
{
    public static void Check(PackBasis pack, ScenarioCoverage coverage, PackNode policyFile, PackNode scenariosFile, FindingList findings)
    {
        var policy = pack.Policy;

        // What is withheld is drawn for each ticket, so the clause by which one asks needs no scenario of its own.
        var decisive = coverage.Decisive | 1UL << policy.ClarificationClause;
        foreach (var clause in policy.Clauses.Where(c => (decisive >> c.Index & 1) == 0))
            findings.Warn("clause_never_decisive", policyFile["clauses"].Items[clause.Index], $"{clause.Id} decides in no scenario.", "Write a scenario in which it does, correct its conditions, or remove it.");

        var named = policy.Clauses.SelectMany(c => c.Rules).Select(r => r.Action).ToHashSet();
        foreach (var action in policy.Actions.Where(a => named.Contains(a.Index) && (coverage.Actions >> a.Index & 1) == 0))
            findings.Warn("action_never_taken", policyFile["actions"][action.Name], $"The action '{action.Name}' is taken in no scenario.", "Write a scenario in which it is, or remove it.");

        foreach (var scenario in pack.Scenarios.Where(s => s.ExpectedClauses.Length > 0))
            Compare(policy, scenario, coverage.Of(scenario), DrawnScenarios.At(scenariosFile, scenario)["expect"]["clauses"], findings);
    }

    private static void Compare(PolicyDocument policy, Scenario scenario, ulong decisive, PackNode at, FindingList findings)
    {
        // A scenario without any decision was refused before.
        if (decisive == 0)
            return;
        foreach (var clause in policy.Clauses)
        {
            var decides = (decisive >> clause.Index & 1) != 0;
            var isNamed = scenario.ExpectedClauses.Contains(clause.Index);
            if (decides && !isNamed)
                findings.Error("clause_not_named", at, $"{clause.Id} decides in the scenario {scenario.Id}, which does not name it.", "Add it to 'clauses', or narrow the scenario.");
            else if (isNamed && !decides)
                findings.Error("clause_not_decisive", at, $"{clause.Id} decides nowhere in the scenario {scenario.Id}, which names it.", "Remove it from 'clauses', or widen the scenario.");
        }
    }
}
