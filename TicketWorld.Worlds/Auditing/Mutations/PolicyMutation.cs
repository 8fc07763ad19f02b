using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>A policy with one bug in it.</summary>
/// <param name="Operator">The kind of bug.</param>
/// <param name="What">Where it is and what it does.</param>
/// <param name="Clause">Index of the clause that it is in, or -1.</param>
internal sealed record PolicyMutation(string Operator, string What, int Clause, PolicyDocument Policy);

/// <summary>Injects bugs into a policy, one at a time, everywhere where one of the kind can be.</summary>
internal static class PolicyMutations
{
    /// <summary>The strongest and the weakest.</summary>
    private static readonly int[] Precedences = [1, 9];

    public static IEnumerable<PolicyMutation> Of(PolicyDocument policy)
    {
        foreach (var clause in policy.Clauses)
        {
            foreach (var (name, what, mutant) in OfClause(policy, clause))
                yield return new PolicyMutation(name, $"{clause.Id}: {what}", clause.Index, With(policy, mutant));
            foreach (var parameter in clause.Parameters)
            {
                foreach (var value in OtherValues(policy, parameter.Type, parameter.Value))
                {
                    var what = $"{clause.Id}: {parameter.Name} {Text(policy, parameter, parameter.Value)} → {Text(policy, parameter, value)}";
                    yield return new PolicyMutation(Kind(clause, parameter), what, clause.Index, With(policy, parameter.Index, value));
                }
            }
        }

        for (var i = 0; i < policy.Priorities.Length - 1; i++)
        {
            yield return new PolicyMutation("priority dropped", $"priority {i + 1} ({policy.Priorities[i].Priority})", -1, Copy(policy, priorities: [.. policy.Priorities[..i], .. policy.Priorities[(i + 1)..]]));
            foreach (var (name, what, mutant) in ConditionMutations.Of(policy.Priorities[i].When))
                yield return new PolicyMutation("priority: " + name, $"priority {i + 1} ({policy.Priorities[i].Priority}): {what}", -1, Copy(policy, priorities: [.. policy.Priorities[..i], policy.Priorities[i] with { When = mutant }, .. policy.Priorities[(i + 1)..]]));
        }

        foreach (var fact in policy.Facts.Where(f => f.Record >= 0))
            yield return new PolicyMutation("record ignored", $"{fact.Name} taken from the customer alone", -1, Copy(policy, facts: [.. policy.Facts.Select(f => f == fact ? f with { Record = -1 } : f)]));
    }

    private static IEnumerable<(string, string, Clause)> OfClause(PolicyDocument policy, Clause clause)
    {
        if (clause.Rules.Length == 0)
            yield break;
        if (clause.OnlyWhenRequired)
            yield return ("requirement ignored", "applies to everything", Clone(clause, onlyWhenRequired: false));
        else
        {
            foreach (var (name, what, mutant) in ConditionMutations.Of(clause.Applies))
                yield return ("applies: " + name, what, Clone(clause, applies: mutant));
        }

        foreach (var other in Precedences.Where(p => p != clause.Precedence))
            yield return ("wrong precedence", $"precedence {clause.Precedence} → {other}", Clone(clause, precedence: other));
        for (var i = 0; i < clause.Overrides.Length; i++)
            yield return ("override dropped", $"overrides {policy.Clauses[clause.Overrides[i]].Id} no more", Clone(clause, overrides: Without(clause.Overrides, i)));
        for (var i = 0; i < clause.Requires.Length; i++)
            yield return ("requirement dropped", $"requires {policy.Clauses[clause.Requires[i]].Id} no more", Clone(clause, requires: Without(clause.Requires, i)));
        for (var i = 0; i < clause.Modifies.Length; i++)
        {
            var parameter = policy.Parameters[clause.Modifies[i].Parameter];
            var name = $"{policy.Clauses[parameter.Clause].Id}.{parameter.Name}";
            yield return ("modification dropped", $"modifies {name} no more", Clone(clause, modifies: Without(clause.Modifies, i)));
            foreach (var value in OtherValues(policy, parameter.Type, clause.Modifies[i].Value))
                yield return ("wrong modification", $"sets {name} to {Text(policy, parameter, value)}", Clone(clause, modifies: [.. clause.Modifies[..i], clause.Modifies[i] with { Value = value }, .. clause.Modifies[(i + 1)..]]));
        }

        for (var i = 0; i < clause.Rules.Length; i++)
        {
            yield return ("rule dropped", $"rule {i + 1}", Clone(clause, rules: [.. Without(clause.Rules, i).Select((r, at) => r with { Index = at })]));
            foreach (var (name, what, rule) in OfRule(policy, clause.Rules[i]))
                yield return (name, $"rule {i + 1}: {what}", Clone(clause, rules: [.. clause.Rules[..i], rule, .. clause.Rules[(i + 1)..]]));
        }

        foreach (var (name, what, mutant) in OfDates(policy, clause))
            yield return (name, what, mutant);
    }

    private static IEnumerable<(string, string, ClauseRule)> OfRule(PolicyDocument policy, ClauseRule rule)
    {
        foreach (var (name, what, mutant) in ConditionMutations.Of(rule.When))
            yield return (name, what, rule with { When = mutant });
        if (rule.Effect is EffectKind.Permit or EffectKind.Also)
        {
            foreach (var amount in ((Amount[])[Amount.None, Amount.UnitAmount, Amount.LineAmount, Amount.OrderTotal]).Where(a => a != rule.Value.Amount))
                yield return ("wrong kind of value", $"{Snake.Name(rule.Value.Amount)} → {Snake.Name(amount)}", rule with { Value = new RuleValue(amount) });
            if (rule.Value.Share != 100 || rule.Value.ShareParameter >= 0)
                yield return ("share dropped", "the whole value", rule with { Value = rule.Value with { Share = 100, ShareParameter = -1 } });
        }

        if (rule.Action >= 0)
        {
            var other = (rule.Action + 1) % policy.Actions.Length;
            yield return ("wrong action", $"{policy.Actions[rule.Action].Name} → {policy.Actions[other].Name}", rule with { Action = other });
        }

        for (var i = 0; i < rule.Details.Length; i++)
            yield return ("particular dropped", rule.Details[i].Name, rule with { Details = Without(rule.Details, i) });
    }

    private static IEnumerable<(string, string, Clause)> OfDates(PolicyDocument policy, Clause clause)
    {
        for (var i = 0; i < clause.Versions.Length; i++)
        {
            var version = clause.Versions[i];
            yield return ("version ignored", $"the version from {version.From:yyyy-MM-dd}", Clone(clause, versions: Without(clause.Versions, i)));
            foreach (var step in (int[])[-1, 1])
                yield return ("wrong version date", $"{version.From:yyyy-MM-dd} → {version.From.AddDays(step):yyyy-MM-dd}", Clone(clause, versions: [.. clause.Versions[..i], version with { From = version.From.AddDays(step) }, .. clause.Versions[(i + 1)..]]));
            for (var j = 0; j < version.Settings.Length; j++)
            {
                var parameter = policy.Parameters[version.Settings[j].Parameter];
                foreach (var value in OtherValues(policy, parameter.Type, version.Settings[j].Value))
                {
                    ParameterSetting[] settings = [.. version.Settings[..j], version.Settings[j] with { Value = value }, .. version.Settings[(j + 1)..]];
                    yield return ("wrong value in a version", $"{parameter.Name} {Text(policy, parameter, version.Settings[j].Value)} → {Text(policy, parameter, value)}", Clone(clause, versions: [.. clause.Versions[..i], version with { Settings = settings }, .. clause.Versions[(i + 1)..]]));
                }
            }
        }

        foreach (var step in (int[])[-1, 1])
        {
            if (clause.EffectiveFrom != DateOnly.MinValue)
                yield return ("wrong effective date", $"from {clause.EffectiveFrom.AddDays(step):yyyy-MM-dd}", Clone(clause, from: clause.EffectiveFrom.AddDays(step)));
            if (clause.EffectiveTo is { } last)
                yield return ("wrong effective date", $"to {last.AddDays(step):yyyy-MM-dd}", Clone(clause, to: last.AddDays(step)));
        }
    }

    private static string Kind(Clause clause, ClauseParameter parameter) =>
        Array.Exists(clause.Rules, r => r.Fee == parameter.Index) ? "wrong fee" : parameter.Type is FactType.Integer or FactType.Money ? "bound off by one" : "wrong parameter";

    /// <summary>One less and one more of a number or a cent; the other boolean; another symbol.</summary>
    private static long[] OtherValues(PolicyDocument policy, FactType type, long value) => type switch
    {
        FactType.Boolean => [1 - value],
        FactType.Symbol => [(value + 1) % policy.Symbols.Length],
        _ => [value - 1, value + 1],
    };

    private static string Text(PolicyDocument policy, ClauseParameter parameter, long value) => Values.Format(value, parameter.Type, policy.Symbols);

    private static T[] Without<T>(T[] list, int index) => [.. list[..index], .. list[(index + 1)..]];

    private static Clause Clone(
        Clause c, Expression? applies = null, bool? onlyWhenRequired = null, int? precedence = null, ClauseRule[]? rules = null, int[]? overrides = null, Modification[]? modifies = null,
        int[]? requires = null, ClauseVersion[]? versions = null, DateOnly? from = null, DateOnly? to = null) => c with
        {
            Applies = applies ?? c.Applies,
            OnlyWhenRequired = onlyWhenRequired ?? c.OnlyWhenRequired,
            Precedence = precedence ?? c.Precedence,
            Rules = rules ?? c.Rules,
            Overrides = overrides ?? c.Overrides,
            Modifies = modifies ?? c.Modifies,
            Requires = requires ?? c.Requires,
            Versions = versions ?? c.Versions,
            EffectiveFrom = from ?? c.EffectiveFrom,
            EffectiveTo = to ?? c.EffectiveTo,
        };

    private static PolicyDocument With(PolicyDocument policy, Clause clause) =>
        Copy(policy, clauses: [.. policy.Clauses.Select(c => c.Index == clause.Index ? clause : c)]);

    private static PolicyDocument With(PolicyDocument policy, int parameter, long value) =>
        Copy(policy, parameters: [.. policy.Parameters.Select(p => p.Index == parameter ? p with { Value = value } : p)]);

    private static PolicyDocument Copy(PolicyDocument policy, FactDefinition[]? facts = null, Clause[]? clauses = null, ClauseParameter[]? parameters = null, PriorityRule[]? priorities = null) =>
        new PolicyDocument
        {
            Symbols = policy.Symbols,
            Facts = facts ?? policy.Facts,
            Requests = policy.Requests,
            Actions = policy.Actions,
            Parameters = parameters ?? policy.Parameters,
            Clauses = clauses ?? policy.Clauses,
            Priorities = priorities ?? policy.Priorities,
            Conditions = policy.Conditions,
            Application = policy.Application,
            ClarificationAction = policy.ClarificationAction,
            ClarificationClause = policy.ClarificationClause,
        }.Indexed();
}
