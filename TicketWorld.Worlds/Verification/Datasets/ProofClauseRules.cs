using System.Text.Json;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks <c>_proof.clauses</c>: every clause that speaks about a request, with its state.</summary>
internal sealed class ProofClauseRules(PolicyDocument policy)
{
    private static readonly string[] Keys = ["id", "status", "overridden_by"];
    private static readonly string[] KeysOfTwo = ["request", .. Keys];
    private static readonly string[] Statuses = ["decisive", "outranked", "overridden", "applicable"];

    private readonly string _clarification = policy.Clauses[policy.ClarificationClause].Id;

    public void Check(JsonRecord proof, IReadOnlyList<DecisionStory> stories, Verdict verdict)
    {
        var two = verdict.Cases.Length > 1;
        var keys = two ? KeysOfTwo : Keys;
        if (verdict.AskFor.Count > 0)
        {
            string?[] asking = two ? [null, _clarification, "decisive", null] : [_clarification, "decisive", null];
            if (!JsonRows.AreRows(proof, "clauses", keys, asking))
                Report(proof, keys, [string.Join(" ", asking.Select(a => a ?? "null"))]);
            return;
        }

        if (!stories.Any(s => Matches(proof, s)))
            Report(proof, keys, [.. stories.Select(Text)]);
    }

    /// <summary>Of several clauses that override one, any explains it.</summary>
    private static bool Matches(JsonRecord proof, DecisionStory story)
    {
        if (proof.Member("clauses") is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() != story.Parts.Sum(p => p.Analysis.Clauses.Length))
            return false;
        var part = 0;
        var next = 0;
        foreach (var element in array.EnumerateArray())
        {
            while (next == story.Parts[part].Analysis.Clauses.Length)
                (part, next) = (part + 1, 0);
            if (!IsClause(element, story.Parts[part].Request, story.Parts[part].Analysis.Clauses[next++]))
                return false;
        }

        return true;
    }

    private static bool IsClause(JsonElement element, string? request, AnalysedClause expected)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return false;
        var keys = request is null ? 1 : 0;
        foreach (var property in element.EnumerateObject())
        {
            if (keys >= KeysOfTwo.Length || !property.NameEquals(KeysOfTwo[keys]))
                return false;
            var value = property.Value;
            var right = keys++ switch
            {
                0 => Is(value, request!),
                1 => Is(value, expected.Id),
                2 => Is(value, Snake.Name(expected.Status)),
                _ => expected.Status == ClauseStatus.Overridden ? Array.Exists(expected.OverriddenBy, by => Is(value, by)) : value.ValueKind == JsonValueKind.Null,
            };
            if (!right)
                return false;
        }

        return keys == KeysOfTwo.Length;
    }

    private static bool Is(JsonElement element, string text) => PlainJson.Is(element, text);

    private static void Report(JsonRecord proof, string[] keys, IReadOnlyList<string> possible)
    {
        var found = new List<string>();
        var elements = proof.Array("clauses");
        for (var i = 0; i < elements.Length; i++)
        {
            if (JsonRecord.Of(elements[i], proof.Check, proof.Path($"clauses[{i}]"), keys) is not { } clause)
                continue;
            clause.OneOf("status", Statuses);
            found.Add(string.Join(" ", keys.Select(k => clause.TextOrNull(k) ?? "null")));
        }

        proof.Report(VerificationLayer.Debug, "clauses", "clauses or their states are others", string.Join("; ", found), possible.Count > 0 ? possible[0] : "none");
    }

    private static string Text(DecisionStory story) => string.Join("; ", story.Parts.SelectMany(p => p.Analysis.Clauses
        .Select(c => $"{(p.Request is null ? "" : p.Request + " ")}{c.Id} {Snake.Name(c.Status)} {(c.Status == ClauseStatus.Overridden ? string.Join('|', c.OverriddenBy) : "null")}")));
}
