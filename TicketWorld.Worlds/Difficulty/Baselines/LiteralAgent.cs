using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Difficulty.Baselines;

/// <summary>
/// Looks up what is written and applies the base clause of the first request: the weakest whose rule gives a verdict. It knows no relation
/// between clauses, and asks for an order number, an address or a product that it does not find.
/// </summary>
internal sealed class LiteralAgent : IBaselineAgent
{
    private readonly PolicyDocument _policy;
    private readonly MessageReader _reader;
    private readonly LiteralLookup _lookup;
    private readonly Versions _versions;
    private readonly (Clause Clause, Condition Applies, (ClauseRule Rule, Condition When)[] Verdicts)[] _clauses;

    public LiteralAgent(PolicyDocument policy, MessageReader reader, RecordBook book)
    {
        _policy = policy;
        _reader = reader;
        _lookup = new LiteralLookup(policy, book);
        _versions = new Versions(policy);
        _clauses =
        [
            .. policy.Clauses.Where(c => !c.OnlyWhenRequired).OrderByDescending(c => c.Precedence).ThenBy(c => c.Index).Select(c => (
                c,
                Condition.Of(c.Applies, -1, 0),
                c.Rules.Where(r => r.Effect is EffectKind.Permit or EffectKind.Deny).Select(r => (r, Condition.Of(r.When, -1, 0))).ToArray())),
        ];
    }

    public string Name => "literal";

    public string Description => "exact order number and address, the base clause of the request, no relations";

    public Answer Solve(BaselineTicket ticket)
    {
        var reading = _reader.Read(ticket.Message);
        if (reading.Request < 0)
            return default;
        var request = _policy.Requests[reading.Request];
        var who = _lookup.Find(ticket.Message, reading, request.Subject);
        if (who.Missing is { } missing)
            return Answer.Of("clarify", [Answer.Action(_policy.Actions[_policy.ClarificationAction].Name, missing)]);
        if (_lookup.Facts(request, ticket.Message, reading, who) is not { } facts)
            return default;
        var situation = new Situation(facts.Values, facts.Present, null, 0, _versions.On(facts.Day));
        foreach (var (clause, applies, verdicts) in _clauses)
        {
            if (!clause.IsEffective(facts.Day) || !applies.Holds(situation))
                continue;
            foreach (var (rule, when) in verdicts)
            {
                if (when.Holds(situation))
                    return Of(_policy.Actions[rule.Action]);
            }
        }

        return default;
    }

    private static Answer Of(ActionDefinition action) => Answer.Of(
        action.Kind switch
        {
            ActionKind.Grant => "approve",
            ActionKind.Deny => "deny",
            ActionKind.Conditional => "conditional",
            ActionKind.Investigate => "investigate",
            ActionKind.Escalate => "escalate",
            _ => "information",
        },
        [action.Name]);
}
