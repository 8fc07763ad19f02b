using System.Text.Json;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks <c>_policy_analysis</c> and <c>_proof</c> against the clauses that the checker finds firing.</summary>
internal sealed class DebugProofRules(PolicyDocument policy, Adjudicator adjudicator)
{
    private static readonly string[] AnalysisKeys = ["applicable_policies", "overridden_policies", "outranked_policies", "modified_parameters", "interactions", "primary_policy"];
    private static readonly string[] Statuses = ["decisive", "outranked", "overridden", "applicable"];

    public void Check(JsonRecord record, Case @case, Verdict verdict, RecordBook book)
    {
        var identified = verdict.AskFor is not [("customer" or "order_number" or "product")];
        var analyses = identified ? adjudicator.Analyse(@case) : [];
        if (record.Object("_policy_analysis", AnalysisKeys) is { } analysis)
        {
            Same(analysis, "primary_policy", analysis.Text("primary_policy"), verdict.References[0]);
            CheckApplicable(analysis, analyses, verdict);
            if (analyses is [var only])
                CheckAnalysis(analysis, only);
            else
                CheckNames(analysis, analyses);
        }

        if (record.Object("_proof", ["unique", "completions", "clauses", "changes"]) is { } proof)
        {
            Same(proof, "unique", proof.Boolean("unique") == false ? "false" : "true", "true");
            Same(proof, "completions", proof.Integer("completions", 0, int.MaxValue)?.ToString(), $"{(identified ? adjudicator.CompletionsOf(@case) : 0)}");
            CheckClauses(proof, analyses, verdict);
            CheckChanges(proof, verdict, book);
        }
    }

    /// <summary>Between the clauses cited and all that speak under some completion; exactly those when nothing is unknown.</summary>
    private void CheckApplicable(JsonRecord record, CaseAnalysis[] analyses, Verdict verdict)
    {
        var found = record.Texts("applicable_policies");
        var speaking = analyses.SelectMany(a => a.Clauses).Select(c => c.Id).Concat(verdict.References).Distinct(StringComparer.Ordinal);
        if (analyses.Length <= 1)
            Same(record, "applicable_policies", string.Join(", ", found), string.Join(", ", Ranked(speaking)));
        else if (verdict.References.Except(found, StringComparer.Ordinal).Any() || found.Except(speaking, StringComparer.Ordinal).Any() || !found.SequenceEqual(Ranked(found), StringComparer.Ordinal))
            record.Report(VerificationLayer.Debug, "applicable_policies", "they are the clauses that may apply, strongest first", string.Join(", ", found), string.Join(", ", Ranked(speaking)));
    }

    private static void CheckAnalysis(JsonRecord record, CaseAnalysis expected)
    {
        Same(record, "overridden_policies", string.Join(", ", record.Texts("overridden_policies")), Ids(expected, ClauseStatus.Overridden));
        Same(record, "outranked_policies", string.Join(", ", record.Texts("outranked_policies")), Ids(expected, ClauseStatus.Outranked));
        Same(record, "modified_parameters", Modified(record), Text(expected.Modified));
        Same(record, "interactions", Pairs(record), Text(expected.Interactions));
    }

    /// <summary>With unknown claims the files tell of one completion: what they name must come from one.</summary>
    private static void CheckNames(JsonRecord record, CaseAnalysis[] analyses)
    {
        OneOf("overridden_policies", string.Join(", ", record.Texts("overridden_policies")), a => Ids(a, ClauseStatus.Overridden));
        OneOf("outranked_policies", string.Join(", ", record.Texts("outranked_policies")), a => Ids(a, ClauseStatus.Outranked));
        OneOf("modified_parameters", Modified(record), a => Text(a.Modified));
        OneOf("interactions", Pairs(record), a => Text(a.Interactions));

        void OneOf(string name, string found, Func<CaseAnalysis, string> expected)
        {
            var possible = analyses.Select(expected).Append("").Distinct(StringComparer.Ordinal).ToArray();
            if (!possible.Contains(found))
                record.Report(VerificationLayer.Debug, name, "no completion of the unknown claims gives it", found, string.Join(" | ", possible));
        }
    }

    private static void CheckClauses(JsonRecord proof, CaseAnalysis[] analyses, Verdict verdict)
    {
        var found = new List<string>();
        var elements = proof.Array("clauses");
        for (var i = 0; i < elements.Length; i++)
        {
            if (JsonRecord.Of(elements[i], proof.Check, proof.Path($"clauses[{i}]"), ["id", "status", "overridden_by"]) is not { } clause)
                continue;
            found.Add($"{clause.Text("id")}:{clause.OneOf("status", Statuses)}:{clause.TextOrNull("overridden_by")}");
        }

        var decisive = found.Where(f => f.Split(':')[1] == "decisive").Select(f => f.Split(':')[0]);
        if (!decisive.SequenceEqual(verdict.References, StringComparer.Ordinal))
            proof.Report(VerificationLayer.Debug, "clauses", "the decisive clauses are those cited", string.Join(", ", decisive), string.Join(", ", verdict.References));
        var wanted = verdict.AskFor.Count > 0 ? [] : analyses;
        if (wanted.Length > 0 && !Array.Exists(wanted, a => Matches(a, found)))
            proof.Report(VerificationLayer.Debug, "clauses", "clauses or their states are others", string.Join(", ", found), string.Join(", ", wanted[0].Clauses.Select(c => $"{c.Id}:{Snake.Name(c.Status)}:{string.Join('|', c.OverriddenBy)}")));
        else if (verdict.AskFor.Count > 0 && found.Count != verdict.References.Count)
            proof.Report(VerificationLayer.Debug, "clauses", "a clarification has one clause", string.Join(", ", found), string.Join(", ", verdict.References));
    }

    private static bool Matches(CaseAnalysis analysis, List<string> found)
    {
        if (analysis.Clauses.Length != found.Count)
            return false;
        for (var i = 0; i < found.Count; i++)
        {
            var clause = analysis.Clauses[i];
            var parts = found[i].Split(':');
            var by = clause.Status == ClauseStatus.Overridden ? clause.OverriddenBy : [""];
            if (parts[0] != clause.Id || parts[1] != Snake.Name(clause.Status) || !by.Contains(parts[2]))
                return false;
        }

        return true;
    }

    private void CheckChanges(JsonRecord proof, Verdict verdict, RecordBook book)
    {
        var found = new List<string>();
        var elements = proof.Array("changes");
        for (var i = 0; i < elements.Length; i++)
        {
            if (JsonRecord.Of(elements[i], proof.Check, proof.Path($"changes[{i}]"), ["order_id", "product_id", "field", "from", "to"]) is { } change)
                found.Add($"{change.Text("order_id")} {change.TextOrNull("product_id") ?? "null"} {change.Text("field")} {change.Text("from")} {change.Text("to")}");
        }

        var expected = new List<string>();
        foreach (var action in verdict.Actions)
        {
            foreach (var (field, to) in policy.ActionsByName[action.Type].Changes)
            {
                if (verdict.Order is not { } order)
                    continue;
                var line = field == "item_status" && verdict.Product is { } product ? Array.Find(order.Items, item => item.Product == product) : null;
                var from = line is null ? Snake.Name(book.Order(order.Id)?.Status ?? order.Status) : Snake.Name(line.Status);
                expected.Add($"{order.Id} {line?.Product.ToString() ?? "null"} {field} {from} {to}");
            }
        }

        Same(proof, "changes", string.Join("; ", found), string.Join("; ", expected));
    }

    private IEnumerable<string> Ranked(IEnumerable<string> ids) =>
        ids.OrderBy(id => policy.ClausesById.TryGetValue(id, out var clause) ? clause.Precedence : 0).ThenBy(id => id, StringComparer.Ordinal);

    private static string Ids(CaseAnalysis analysis, ClauseStatus status) =>
        string.Join(", ", analysis.Clauses.Where(c => c.Status == status).Select(c => c.Id));

    private static string Text(AnalysedParameter[] modified) =>
        string.Join("; ", modified.Select(m => $"{m.Clause} {m.Parameter} {m.Value} {m.ModifiedBy}"));

    private static string Text((string One, string Other)[] pairs) =>
        string.Join("; ", pairs.Select(p => Pair(p.One, p.Other)).Order(StringComparer.Ordinal));

    private static string Pair(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"{one} {other}" : $"{other} {one}";

    private static string Modified(JsonRecord record)
    {
        var elements = record.Array("modified_parameters");
        var found = new List<string>();
        for (var i = 0; i < elements.Length; i++)
        {
            if (JsonRecord.Of(elements[i], record.Check, record.Path($"modified_parameters[{i}]"), ["clause", "parameter", "value", "modified_by"]) is { } change)
                found.Add($"{change.Text("clause")} {change.Text("parameter")} {change.Text("value")} {change.Text("modified_by")}");
        }

        return string.Join("; ", found);
    }

    private static string Pairs(JsonRecord record)
    {
        var found = new List<string>();
        foreach (var element in record.Array("interactions"))
        {
            if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2 && JsonRecord.TryString(element[0], out var one) && JsonRecord.TryString(element[1], out var other))
                found.Add(Pair(one, other));
            else
                record.Report(VerificationLayer.Schema, "interactions", "an interaction is a pair of clause ids", element.GetRawText(), "[a, b]");
        }

        return string.Join("; ", found.Order(StringComparer.Ordinal));
    }

    private static void Same(JsonRecord record, string name, string? found, string expected)
    {
        if (found is not null && found != expected)
            record.Report(VerificationLayer.Debug, name, "the checker finds otherwise", found, expected);
    }
}
