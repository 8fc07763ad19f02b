using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks <c>_facts</c>: what each decision could read, request by request, in the order of the policy.</summary>
internal sealed class DebugFactRules(PolicyDocument policy)
{
    private static readonly string[] Keys = ["name", "value", "source"];
    private static readonly string[] KeysOfTwo = ["request", .. Keys];

    public void Check(JsonRecord record, Case[] cases, RecordCheck check)
    {
        var keys = cases.Length == 1 ? Keys : KeysOfTwo;
        var expected = new List<string?>(policy.Facts.Length * keys.Length);
        foreach (var @case in cases)
            AddFacts(@case, cases.Length > 1, expected);
        if (JsonRows.AreRows(record, "_facts", keys, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(expected)))
            return;

        var wanted = new List<string>();
        for (var i = 0; i < expected.Count; i += keys.Length)
            wanted.Add(string.Join(" ", expected.Skip(i).Take(keys.Length)));
        var found = new List<string>();
        var elements = record.Array("_facts");
        for (var i = 0; i < elements.Length; i++)
        {
            if (JsonRecord.Of(elements[i], check, $"_facts[{i}]", keys) is { } fact)
                found.Add(string.Join(" ", keys.Select(key => fact.Text(key))));
        }

        foreach (var extra in found.Except(wanted, StringComparer.Ordinal))
            check.Add(VerificationLayer.Debug, "_facts", "the fact does not hold", extra, "the facts that hold");
        foreach (var lost in wanted.Except(found, StringComparer.Ordinal))
            check.Add(VerificationLayer.Debug, "_facts", "the fact is missing", "missing", lost);
        if (!found.SequenceEqual(wanted, StringComparer.Ordinal))
            check.Same(VerificationLayer.Debug, "_facts", "the facts stand once, in the order of the policy", string.Join(", ", found), string.Join(", ", wanted));
    }

    private void AddFacts(Case @case, bool namesRequest, List<string?> rows)
    {
        foreach (var fact in policy.Facts)
        {
            if ((@case.Present >> fact.Index & 1) == 0 || (!@case.IsIdentified && fact.Name is not ("request" or "customer_tier" or "tax_exempt")))
                continue;
            if (namesRequest)
                rows.Add(@case.Request.Name);
            rows.Add(fact.Name);
            rows.Add(Values.Format(@case.Values[fact.Index], fact.Type, policy.Symbols));
            rows.Add((@case.Answered >> fact.Index & 1) != 0 ? "database" : Snake.Name(fact.Source));
        }
    }
}
