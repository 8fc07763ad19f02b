using System.Text;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>Whether two resolutions decide the same, and whether they say the same.</summary>
internal static class PlanDifference
{
    public static bool Decides(ResolutionPlan a, ResolutionPlan b)
    {
        if (a.Order != b.Order || a.Product != b.Product || a.Outcome != b.Outcome || a.EscalationRequired != b.EscalationRequired || a.Priority != b.Priority
            || a.TotalValue != b.TotalValue || !a.Requests.AsSpan().SequenceEqual(b.Requests) || !a.PolicyReferences.AsSpan().SequenceEqual(b.PolicyReferences)
            || !a.Discrepancies.AsSpan().SequenceEqual(b.Discrepancies) || a.Actions.Length != b.Actions.Length || !SameLookup(a.Lookup, b.Lookup))
        {
            return true;
        }

        for (var i = 0; i < a.Actions.Length; i++)
        {
            if (a.Actions[i].Type != b.Actions[i].Type || a.Actions[i].Value != b.Actions[i].Value
                || !a.Actions[i].Clauses.AsSpan().SequenceEqual(b.Actions[i].Clauses) || !a.Actions[i].Details.AsSpan().SequenceEqual(b.Actions[i].Details))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Says(ResolutionPlan a, ResolutionPlan b) =>
        a.PolicyReasoning != b.PolicyReasoning || a.EscalationReason != b.EscalationReason || !a.Actions.Select(x => x.Reason).SequenceEqual(b.Actions.Select(x => x.Reason), StringComparer.Ordinal);

    /// <summary>Whether one says what the other says, and no more, but for facts that it leaves out of its reasoning.</summary>
    public static bool SaysLess(ResolutionPlan one, ResolutionPlan other)
    {
        var (frame, facts) = Parts(one.PolicyReasoning);
        var (otherFrame, otherFacts) = Parts(other.PolicyReasoning);
        return one.EscalationReason == other.EscalationReason && frame == otherFrame && facts.IsSubsetOf(otherFacts)
            && one.Actions.Select(x => x.Reason).SequenceEqual(other.Actions.Select(x => x.Reason), StringComparer.Ordinal);
    }

    /// <summary>The sentences without what stands in brackets, and what stands in them.</summary>
    private static (string Frame, HashSet<string> Facts) Parts(string reasoning)
    {
        var facts = new HashSet<string>(StringComparer.Ordinal);
        var frame = new StringBuilder();
        for (var rest = reasoning.AsSpan(); ;)
        {
            var open = rest.IndexOf(" [");
            var close = open < 0 ? -1 : rest[open..].IndexOf(']');
            if (close < 0)
                return (frame.Append(rest).ToString(), facts);
            frame.Append(rest[..open]);
            facts.UnionWith(rest.Slice(open + 2, close - 2).ToString().Split("; "));
            rest = rest[(open + close + 1)..];
        }
    }

    private static bool SameLookup(CustomerLookup a, CustomerLookup b) =>
        a.Status == b.Status && a.Customer == b.Customer && a.Method == b.Method && a.OrderMethod == b.OrderMethod && a.ProductMethod == b.ProductMethod
        && a.CandidateOrders.AsSpan().SequenceEqual(b.CandidateOrders);
}
