using System.Runtime.InteropServices;
using System.Text.Json;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks the lists of <c>_policy_analysis</c> that hold more than ids.</summary>
internal static class DebugRows
{
    private static readonly string[] Keys = ["clause", "parameter", "value", "modified_by"];
    private static readonly string[] KeysOfTwo = ["request", .. Keys];

    public static void CheckModified(JsonRecord record, IReadOnlyList<DecisionStory> stories)
    {
        var keys = stories.Count > 0 && stories[0].Parts.Count > 1 ? KeysOfTwo : Keys;
        if (stories.Count == 0 ? JsonRows.AreRows(record, "modified_parameters", keys, []) : stories.Any(s => JsonRows.AreRows(record, "modified_parameters", keys, CollectionsMarshal.AsSpan(Modified(s)))))
            return;
        var elements = record.Array("modified_parameters");
        var found = new List<string>();
        for (var i = 0; i < elements.Length; i++)
        {
            if (JsonRecord.Of(elements[i], record.Check, record.Path($"modified_parameters[{i}]"), keys) is { } row)
                found.Add(string.Join(" ", keys.Select(k => row.Text(k))));
        }

        Expect(record, "modified_parameters", string.Join("; ", found), stories.Select(s => string.Join("; ", Modified(s).Chunk(keys.Length).Select(r => string.Join(" ", r)))));
    }

    public static void CheckInteractions(JsonRecord record, IReadOnlyList<DecisionStory> stories)
    {
        if (record.Member("interactions") is not { } member)
            return;
        if (member.ValueKind == JsonValueKind.Array && member.GetArrayLength() == 0 && (stories.Count == 0 || stories.Any(s => s.Parts.All(p => p.Analysis.Interactions.Length == 0))))
            return;
        var found = new List<string>();
        foreach (var element in record.Array("interactions"))
        {
            if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2 && JsonRecord.TryString(element[0], out var one) && JsonRecord.TryString(element[1], out var other))
                found.Add(Pair(one, other));
            else
                record.Report(VerificationLayer.Schema, "interactions", "an interaction is a pair of clause ids", element.GetRawText(), "[a, b]");
        }

        Expect(record, "interactions", string.Join("; ", found.Order(StringComparer.Ordinal)), stories.Select(Interactions));
    }

    private static List<string?> Modified(DecisionStory story)
    {
        var rows = new List<string?>();
        foreach (var (request, analysis) in story.Parts)
        {
            foreach (var modified in analysis.Modified)
            {
                if (request is not null)
                    rows.Add(request);
                rows.Add(modified.Clause);
                rows.Add(modified.Parameter);
                rows.Add(modified.Value);
                rows.Add(modified.ModifiedBy);
            }
        }

        return rows;
    }

    private static string Interactions(DecisionStory story) => string.Join("; ", story.Parts
        .SelectMany(p => p.Analysis.Interactions)
        .Select(p => Pair(p.One, p.Other))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal));

    private static string Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? $"{one} {other}" : $"{other} {one}";

    private static void Expect(JsonRecord record, string name, string found, IEnumerable<string> possible)
    {
        string[] choices = [.. possible.Distinct(StringComparer.Ordinal)];
        if (choices.Length == 0 ? found.Length > 0 : !choices.Contains(found))
            record.Report(VerificationLayer.Debug, name, "the checker finds otherwise", found, string.Join(" | ", choices));
    }
}
