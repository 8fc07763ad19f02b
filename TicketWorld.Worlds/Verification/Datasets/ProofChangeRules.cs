using System.Runtime.InteropServices;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks <c>_proof.changes</c>: what carrying out the actions makes of the order and its line.</summary>
internal sealed class ProofChangeRules(PolicyDocument policy)
{
    private static readonly string[] Keys = ["order_id", "product_id", "field", "from", "to"];
    private static readonly string[] KeysOfTwo = ["request", .. Keys];

    public void Check(JsonRecord proof, Verdict verdict, RecordBook book)
    {
        var keys = verdict.Cases.Length > 1 ? KeysOfTwo : Keys;
        var expected = Expected(verdict, book);
        if (JsonRows.AreRows(proof, "changes", keys, CollectionsMarshal.AsSpan(expected)))
            return;
        var found = new List<string>();
        var elements = proof.Array("changes");
        for (var i = 0; i < elements.Length; i++)
        {
            if (JsonRecord.Of(elements[i], proof.Check, proof.Path($"changes[{i}]"), keys) is { } change)
                found.Add(string.Join(" ", keys.Select(k => change.TextOrNull(k) ?? "null")));
        }

        var wanted = string.Join("; ", expected.Chunk(keys.Length).Select(row => string.Join(" ", row.Select(v => v ?? "null"))));
        if (proof.Member("changes") is not null && string.Join("; ", found) != wanted)
            proof.Report(VerificationLayer.Debug, "changes", "the checker finds otherwise", string.Join("; ", found), wanted);
    }

    private List<string?> Expected(Verdict verdict, RecordBook book)
    {
        var rows = new List<string?>();
        if (verdict.Order is not { } order)
            return rows;
        foreach (var action in verdict.Actions)
        {
            foreach (var (field, to) in policy.ActionsByName[action.Type].Changes)
            {
                var two = verdict.Cases.Length > 1;
                var request = two ? Array.Find(verdict.Cases, c => c.Request.Name == action.Details[0].Value)?.Request : verdict.Cases[0].Request;
                var line = field == "item_status" && request?.Subject == RequestSubject.Item && verdict.Product is { } product
                    ? Array.Find(order.Items, item => item.Product == product)
                    : null;
                if (two)
                    rows.Add(action.Details[0].Value);
                rows.Add(order.Id.ToString());
                rows.Add(line?.Product.ToString());
                rows.Add(field);
                rows.Add(line is null ? Snake.Name(book.Order(order.Id)?.Status ?? order.Status) : Snake.Name(line.Status));
                rows.Add(to);
            }
        }

        return rows;
    }
}
