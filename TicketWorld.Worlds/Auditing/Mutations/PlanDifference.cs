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

    private static bool SameLookup(CustomerLookup a, CustomerLookup b) =>
        a.Status == b.Status && a.Customer == b.Customer && a.Method == b.Method && a.OrderMethod == b.OrderMethod && a.ProductMethod == b.ProductMethod
        && a.CandidateOrders.AsSpan().SequenceEqual(b.CandidateOrders);
}
