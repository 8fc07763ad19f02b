using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>
/// Holds the texts of a resolution against the case: the reason of an action must be a reason of the policy for it, and what the reasoning
/// states in brackets (<c>[name = value, source; …]</c>) must be a fact of the case, or a value that the policy gives to a parameter; what a clause says must
/// be what it says in the case (<see cref="ReasonCheck"/>).
/// Immutable: one instance serves any number of threads.
/// </summary>
internal sealed class StatementCheck
{
    private readonly PolicyDocument _policy;
    private readonly string _clarification;
    private readonly ReasonCheck _clauses;
    private readonly Dictionary<string, HashSet<string>> _reasons = new(StringComparer.Ordinal);

    /// <summary>By name: what the policy's parameters of that name may be, on any day and however modified.</summary>
    private readonly Dictionary<string, HashSet<string>> _parameters = new(StringComparer.Ordinal);

    public StatementCheck(PolicyDocument policy, Adjudicator adjudicator)
    {
        _policy = policy;
        _clauses = new ReasonCheck(policy, adjudicator);
        _clarification = policy.Actions[policy.ClarificationAction].Name;
        foreach (var rule in policy.Clauses.SelectMany(c => c.Rules).Where(r => r.Action >= 0))
            Under(_reasons, policy.Actions[rule.Action].Name).Add(rule.Reason);
        foreach (var parameter in policy.Parameters)
            AddParameter(parameter.Index, parameter.Value);
        foreach (var modification in policy.Clauses.SelectMany(c => c.Modifies))
            AddParameter(modification.Parameter, modification.Value);
        foreach (var setting in policy.Clauses.SelectMany(c => c.Versions).SelectMany(v => v.Settings))
            AddParameter(setting.Parameter, setting.Value);
    }

    /// <summary>Adds what the texts say and the case does not have; null stays where there is nothing.</summary>
    public void Check(string ticket, ResolutionPlan plan, Verdict verdict, ref List<Difference>? found)
    {
        for (var i = 0; i < plan.Actions.Length; i++)
        {
            var action = plan.Actions[i];
            if (action.Type != _clarification && _reasons.TryGetValue(action.Type, out var known) && !known.Contains(action.Reason))
                Add(ref found, ticket, $"actions[{i}].reason", action.Reason, $"a reason of the policy for {action.Type}");
        }

        if (plan.EscalationReason is { } escalation && !Array.Exists(plan.Actions, a => a.Reason == escalation))
            Add(ref found, ticket, "escalation_reason", escalation, "the reason of the escalation");
        CheckFacts(ticket, plan.PolicyReasoning, verdict, ref found);
        _clauses.Check(ticket, plan, verdict, ref found);
    }

    private void CheckFacts(string ticket, ReadOnlySpan<char> text, Verdict verdict, ref List<Difference>? found)
    {
        while (text.IndexOf('[') is var open and >= 0)
        {
            text = text[(open + 1)..];
            var close = text.IndexOf(']');
            if (close < 0)
                return;
            var statements = text[..close];
            foreach (var part in statements.Split("; "))
                CheckFact(ticket, statements[part], verdict, ref found);
            text = text[(close + 1)..];
        }
    }

    private void CheckFact(string ticket, ReadOnlySpan<char> statement, Verdict verdict, ref List<Difference>? found)
    {
        var equals = statement.IndexOf(" = ");
        if (equals < 0)
            return;
        var name = statement[..equals];
        var stated = statement[(equals + 3)..];
        if (stated.IndexOf(',') is var comma and >= 0)
            stated = stated[..comma];
        var isFact = _policy.FactsByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var fact);
        var isParameter = _parameters.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var values);
        if ((!isFact && !isParameter) || (isParameter && values!.GetAlternateLookup<ReadOnlySpan<char>>().Contains(stated)) || (isFact && HasFact(fact!, stated, verdict)))
            return;
        Add(ref found, ticket, "policy_reasoning", $"{name} = {stated}", "what the case has");
    }

    private bool HasFact(FactDefinition fact, ReadOnlySpan<char> stated, Verdict verdict)
    {
        foreach (var @case in verdict.Cases)
        {
            if (@case.ValueOf(fact.Index) is { } value && stated.SequenceEqual(Values.Format(value, fact.Type, _policy.Symbols)))
                return true;
        }

        return false;
    }

    private void AddParameter(int index, long value)
    {
        var parameter = _policy.Parameters[index];
        Under(_parameters, parameter.Name).Add(Values.Format(value, parameter.Type, _policy.Symbols));
    }

    private static HashSet<string> Under(Dictionary<string, HashSet<string>> sets, string key)
    {
        if (!sets.TryGetValue(key, out var set))
            sets[key] = set = new(StringComparer.Ordinal);
        return set;
    }

    private static void Add(ref List<Difference>? found, string ticket, string field, string actual, string expected) =>
        (found ??= []).Add(new Difference(ticket, $"resolution_plan.{field}", actual, expected));
}
