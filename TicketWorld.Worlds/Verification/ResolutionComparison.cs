using System.Buffers;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>A field of a ticket's resolution that is not what it must be.</summary>
/// <param name="Field">Path below <c>resolution_plan</c>, as in docs/datasets.md.</param>
public readonly record struct Difference(string TicketId, string Field, string Found, string Expected);

/// <summary>Compares a resolution with the checker's verdict, field by field. Immutable: one instance serves any number of threads.</summary>
public sealed class ResolutionComparison
{
    private readonly PolicyDocument _policy;
    private readonly PhraseTrie _clauseIds;

    /// <summary>What an id of a clause may begin with.</summary>
    private readonly SearchValues<char> _idStarts;

    public ResolutionComparison(PolicyDocument policy)
    {
        _policy = policy;
        _idStarts = SearchValues.Create([.. policy.Clauses.Select(c => c.Id[0]).Distinct()]);
        _clauseIds = new PhraseTrie(policy.Clauses.Select(c => KeyValuePair.Create(c.Id, c.Index)));
    }

    /// <summary>The differences; empty when both oracles agree.</summary>
    public IReadOnlyList<Difference> Compare(string ticketId, ResolutionPlan plan, Verdict verdict)
    {
        List<Difference>? found = null;
        if (!verdict.IsUnique)
            return [new Difference(ticketId, "resolution_plan", plan.Outcome, $"no shipped ticket: {verdict.Problem}")];

        if (plan.Order != verdict.Order?.Id)
            Add("order_id", plan.Order?.ToString() ?? "N/A", verdict.Order?.Id.ToString() ?? "N/A");
        var date = verdict.Order is { } order ? DateOnly.FromDateTime(order.OrderedAt) : (DateOnly?)null;
        if (plan.OrderDate != date)
            Add("order_date", Text(plan.OrderDate), Text(date));
        if (plan.Product != verdict.Product)
            Add("product_id", plan.Product?.ToString() ?? "N/A", verdict.Product?.ToString() ?? "N/A");
        CompareLookup();
        if (!SameTexts(plan.Requests, verdict.Requests))
            Add("requests", string.Join(", ", plan.Requests), string.Join(", ", verdict.Requests));
        if (!plan.Discrepancies.AsSpan().SequenceEqual(verdict.Discrepancies))
            Add("discrepancies", Text(plan.Discrepancies), Text(verdict.Discrepancies));
        Same("expected_outcome", plan.Outcome, verdict.Outcome);
        if (!SameTexts(plan.PolicyReferences, verdict.References))
            Add("policy_references", string.Join(", ", plan.PolicyReferences), string.Join(", ", verdict.References));
        CompareActions();
        if (plan.EscalationRequired != verdict.EscalationRequired)
            Add("escalation_required", Text(plan.EscalationRequired), Text(verdict.EscalationRequired));
        if (string.IsNullOrWhiteSpace(plan.EscalationReason) == verdict.EscalationRequired || (plan.EscalationReason is not null && !verdict.EscalationRequired))
            Add("escalation_reason", plan.EscalationReason ?? "null", verdict.EscalationRequired ? "a reason" : "null");
        Same("priority", plan.Priority, verdict.Priority);
        if (plan.TotalValue != verdict.TotalValue)
            Add("total_resolution_value", plan.TotalValue.ToString(), verdict.TotalValue.ToString());
        CompareReasoning();
        return found ?? (IReadOnlyList<Difference>)[];

        void CompareLookup()
        {
            var lookup = plan.Lookup;
            Same("customer_lookup.status", lookup.Status, verdict.LookupStatus);
            if (lookup.Customer != verdict.Customer)
                Add("customer_lookup.customer_id", lookup.Customer?.ToString() ?? "null", verdict.Customer?.ToString() ?? "null");
            Same("customer_lookup.lookup_method", lookup.Method, verdict.LookupMethod);
            Same("customer_lookup.order_method", lookup.OrderMethod, verdict.OrderMethod);
            Same("customer_lookup.product_method", lookup.ProductMethod, verdict.ProductMethod);
            if (!SameIds(lookup.CandidateOrders, verdict.CandidateOrders))
                Add("customer_lookup.candidate_orders", string.Join(", ", lookup.CandidateOrders), string.Join(", ", verdict.CandidateOrders));
            NotEmpty("customer_lookup.notes", lookup.Notes);
        }

        void CompareActions()
        {
            if (plan.Actions.Length != verdict.Actions.Count)
                Add("actions", string.Join(", ", plan.Actions.Select(a => a.Type)), string.Join(", ", verdict.Actions.Select(a => a.Type)));
            for (var i = 0; i < Math.Min(plan.Actions.Length, verdict.Actions.Count); i++)
            {
                var actual = plan.Actions[i];
                var expected = verdict.Actions[i];
                if (actual.Type != expected.Type)
                    Add($"actions[{i}].type", actual.Type, expected.Type);
                if (actual.Value != expected.Value)
                    Add($"actions[{i}].value", actual.Value.ToString(), expected.Value.ToString());
                if (!SameTexts(actual.Clauses, expected.Clauses))
                    Add($"actions[{i}].details.clauses", string.Join(", ", actual.Clauses), string.Join(", ", expected.Clauses));
                if (!SameDetails(actual.Details, expected.Details))
                    Add($"actions[{i}].details", Text(actual.Details), Text(expected.Details));
                if (string.IsNullOrWhiteSpace(actual.Reason))
                    Add($"actions[{i}].reason", actual.Reason, "a reason");
            }
        }

        void CompareReasoning()
        {
            NotEmpty("policy_reasoning", plan.PolicyReasoning);
            var named = Named(plan.PolicyReasoning);
            var cited = CitedIn(verdict.References);
            for (var i = 0; i < _policy.Clauses.Length && !named.SequenceEqual(cited); i++)
            {
                if (named[i] != cited[i])
                    Add("policy_reasoning", named[i] ? $"names {_policy.Clauses[i].Id}" : $"does not name {_policy.Clauses[i].Id}", "the clauses cited and no other");
            }
        }

        void Same(string field, string actual, string expected)
        {
            if (actual != expected)
                Add(field, actual, expected);
        }

        void NotEmpty(string field, string text)
        {
            if (string.IsNullOrWhiteSpace(text))
                Add(field, text, "a text");
        }

        void Add(string field, string actual, string expected) =>
            (found ??= []).Add(new Difference(ticketId, $"resolution_plan.{field}", actual, expected));
    }

    private bool[] Named(string text)
    {
        var named = new bool[_policy.Clauses.Length];
        for (var i = 0; text.AsSpan(i).IndexOfAny(_idStarts) is >= 0 and var skipped;)
        {
            i += skipped;
            if (PhraseTrie.IsBoundary(text, i) && _clauseIds.Longest(text, i, out var end) is var clause and >= 0)
            {
                named[clause] = true;
                i = end;
            }
            else
            {
                i++;
            }
        }

        return named;
    }

    private bool[] CitedIn(IReadOnlyList<string> references)
    {
        var cited = new bool[_policy.Clauses.Length];
        foreach (var id in references)
            cited[_policy.ClausesById[id].Index] = true;
        return cited;
    }

    private static bool SameTexts(string[] actual, IReadOnlyList<string> expected)
    {
        if (actual.Length != expected.Count)
            return false;
        for (var i = 0; i < actual.Length; i++)
        {
            if (actual[i] != expected[i])
                return false;
        }

        return true;
    }

    private static bool SameIds(OrderId[] actual, IReadOnlyList<OrderId> expected)
    {
        if (actual.Length != expected.Count)
            return false;
        for (var i = 0; i < actual.Length; i++)
        {
            if (actual[i] != expected[i])
                return false;
        }

        return true;
    }

    /// <summary>Names are unique on the expected side, so equal counts and each expected pair found means equal sets.</summary>
    private static bool SameDetails(KeyValuePair<string, string>[] actual, KeyValuePair<string, string>[] expected)
    {
        if (actual.Length != expected.Length)
            return false;
        foreach (var detail in expected)
        {
            if (Array.IndexOf(actual, detail) < 0)
                return false;
        }

        return true;
    }

    private static string Text(KeyValuePair<string, string>[] details) => string.Join(", ", details.Select(d => $"{d.Key}={d.Value}"));

    private static string Text(Discrepancy[] discrepancies) =>
        string.Join("; ", discrepancies.Select(d => $"{d.Field}: {d.Stated} for {d.Record}"));

    private static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd") ?? "null";

    private static string Text(bool value) => value ? "true" : "false";
}
