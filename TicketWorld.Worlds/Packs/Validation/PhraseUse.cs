using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>Finds claims that no phrase states, stories that no scenario tells, and rules that no message reaches.</summary>
internal static class PhraseUse
{
    private static readonly string[] Roots = ["subject", "body"];

    public static void Check(GrammarRules grammar, PolicyDocument policy, Scenario[] scenarios, PackNode file, PackNode scenariosFile, FindingList findings)
    {
        Claims(grammar, policy, scenarios, scenariosFile, findings);
        var rules = file["rules"];
        var told = scenarios.SelectMany(s => new[] { s.Wording, s.Request.Name }).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, node) in rules.Entries)
        {
            if (name.StartsWith("story.", StringComparison.Ordinal) && scenarios.Length > 0 && !told.Contains(name["story.".Length..]))
                findings.Warn("unused_story", node, $"No scenario tells '{name}'.", "Name it as a scenario's wording, or remove it.");
        }

        var reached = Reached(grammar);
        foreach (var rule in grammar.Rules.Where((_, index) => !reached[index]))
            findings.Warn("unreached_rule", rules[rule.Name], $"No way leads from subject or body to the rule '{rule.Name}'.", "Use it, or remove it.");
    }

    private static void Claims(GrammarRules grammar, PolicyDocument policy, Scenario[] scenarios, PackNode scenariosFile, FindingList findings)
    {
        var alternatives = grammar.Rules.Where(r => !r.IsQuoted).SelectMany(r => r.Alternatives).ToArray();
        var said = new Dictionary<(int Fact, long Value), bool>();
        foreach (var scenario in scenarios)
        {
            foreach (var claim in scenario.Claims.Concat(scenario.Refuted).Where(c => (scenario.WithholdAlways >> c.Fact & 1) == 0))
            {
                var fact = policy.Facts[claim.Fact];
                if (fact.Type is not (FactType.Boolean or FactType.Symbol))
                    continue;
                foreach (var value in claim.Values.Where(v => !IsSaid(fact.Index, v)))
                {
                    var word = Values.Format(value, fact.Type, policy.Symbols);
                    findings.Error("missing_phrase", DrawnScenarios.ClaimAt(scenariosFile, scenario, fact.Name), $"No phrase states {fact.Name} = {word}, which customers of the scenario {scenario.Id} say.", $"Write an alternative in phrases.yaml that holds a cue of {fact.Name}: {word}.");
                }
            }
        }

        bool IsSaid(int fact, long value)
        {
            if (said.TryGetValue((fact, value), out var known))
                return known;
            var (states, written) = (grammar.Tags.Value(fact, value), grammar.Tags.Written(fact));
            return said[(fact, value)] = Array.Exists(alternatives, a => a.Requires.HasAll(states) && a.Writes.Has(written));
        }
    }

    /// <summary>By rule: whether some message may lead to it; every member of a family that is reached is.</summary>
    private static bool[] Reached(GrammarRules grammar)
    {
        var reached = new bool[grammar.Rules.Length];
        var families = grammar.Families.Select(f => grammar.RulesByName.Where(r => r.Key.StartsWith(f + ".", StringComparison.Ordinal)).Select(r => r.Value).ToArray()).ToArray();
        var open = new Stack<int>(Roots.Where(grammar.RulesByName.ContainsKey).Select(r => grammar.RulesByName[r]));
        while (open.TryPop(out var rule))
        {
            if (reached[rule])
                continue;
            reached[rule] = true;
            foreach (var alternative in grammar.Rules[rule].Alternatives)
            {
                foreach (var segment in grammar.SegmentsOf(alternative))
                {
                    if (segment.Kind is SegmentKind.Rule or SegmentKind.Repeat)
                        open.Push(segment.Index);
                    else if (segment.Kind == SegmentKind.Family)
                        Array.ForEach(families[segment.Index], open.Push);
                }
            }
        }

        return reached;
    }
}
