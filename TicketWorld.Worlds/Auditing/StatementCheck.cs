using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Auditing;

/// <summary>
/// Holds the texts of a resolution against the case: reasons of actions must be reasons of the policy for that action, and facts that the
/// reasoning states (<c>[name = value, source; …]</c>) must be those of the case.
/// </summary>
internal sealed class StatementCheck
{
    private readonly PolicyDocument _policy;
    private readonly Dictionary<string, HashSet<string>> _reasons = new(StringComparer.Ordinal);

    public StatementCheck(PolicyDocument policy)
    {
        _policy = policy;
        foreach (var rule in policy.Clauses.SelectMany(c => c.Rules).Where(r => r.Action >= 0))
        {
            var action = policy.Actions[rule.Action].Name;
            if (!_reasons.TryGetValue(action, out var known))
                _reasons[action] = known = new(StringComparer.Ordinal);
            known.Add(rule.Reason);
        }
    }

    public void Check(string ticket, ResolutionPlan plan, Verdict verdict, List<AuditFinding> findings)
    {
        foreach (var action in plan.Actions)
        {
            if (action.Type != _policy.Actions[_policy.ClarificationAction].Name && _reasons.TryGetValue(action.Type, out var known) && !known.Contains(action.Reason))
                Add("actions.reason", $"the policy has no such reason for {action.Type}", action.Reason, string.Join(" | ", known));
        }

        if (plan.EscalationReason is { } escalation && !plan.Actions.Any(a => a.Reason == escalation))
            Add("escalation_reason", "no action has this reason", escalation, "the reason of the escalation");
        CheckFacts(plan.PolicyReasoning, verdict);

        void CheckFacts(string text, Verdict verdict)
        {
            for (var open = text.IndexOf('[', StringComparison.Ordinal); open >= 0; open = text.IndexOf('[', open + 1))
            {
                var close = text.IndexOf(']', open);
                if (close < 0)
                    return;
                foreach (var part in text[(open + 1)..close].Split("; "))
                    CheckFact(part, verdict);
            }
        }

        void CheckFact(string statement, Verdict verdict)
        {
            var equals = statement.IndexOf(" = ", StringComparison.Ordinal);
            if (equals < 0)
                return;
            var name = statement[..equals];
            var stated = statement[(equals + 3)..].Split(',')[0];
            var known = KnownValues(name, verdict);
            if (known.Count > 0 && !known.Contains(stated))
                Add("policy_reasoning", $"the case has another {name}", stated, string.Join(" or ", known));
        }

        void Add(string field, string problem, string found, string expected) =>
            findings.Add(new AuditFinding(ticket, AuditSeverity.Minor, AuditErrorType.UnsupportedClaim, $"resolution_plan.{field}", problem, found, expected));
    }

    /// <summary>The values that a fact has in the case, or a parameter of the name in any clause, by version or modification; empty for a name that is neither.</summary>
    private List<string> KnownValues(string name, Verdict verdict)
    {
        var known = new List<string>();
        if (_policy.FactsByName.TryGetValue(name, out var fact))
        {
            foreach (var @case in verdict.Cases)
            {
                if (@case.ValueOf(fact.Index) is { } value)
                    known.Add(Values.Format(value, fact.Type, _policy.Symbols));
            }
        }

        foreach (var parameter in _policy.Parameters.Where(p => p.Name == name))
        {
            known.Add(Format(parameter, parameter.Value));
            known.AddRange(_policy.Clauses.SelectMany(c => c.Modifies).Where(m => m.Parameter == parameter.Index).Select(m => Format(parameter, m.Value)));
            known.AddRange(_policy.Clauses[parameter.Clause].Versions.SelectMany(v => v.Settings).Where(s => s.Parameter == parameter.Index).Select(s => Format(parameter, s.Value)));
        }

        return known;
    }

    private string Format(ClauseParameter parameter, long value) => Values.Format(value, parameter.Type, _policy.Symbols);
}
