using System.Text.Json;

namespace TicketWorld.Worlds.Statistics;

/// <summary>What the statistics take from one ticket.</summary>
/// <param name="Labels">Dimension and label of the scenario.</param>
/// <param name="Deciding">Clauses that decide; without a proof, the clauses cited.</param>
/// <param name="Twins">Names the pair of twins that the ticket belongs to, or null.</param>
internal sealed record TicketMeasures(
    string Id,
    string OpeningLine,
    string FirstFiveWords,
    int WordCount,
    ulong[] Runs1,
    ulong[] Runs2,
    ulong[] Runs3,
    ulong[] Runs5,
    string? Twins,
    (string Dimension, string Label)[] Labels,
    string Outcome,
    string[] Actions,
    string[] Deciding,
    int Cited)
{
    public static TicketMeasures Of(JsonElement ticket)
    {
        var id = ticket.GetProperty("ticket_id").GetString()!;
        var body = ticket.GetProperty("body").GetString()!;
        var words = Words.Of(body);
        var plan = Object(ticket, "resolution_plan");
        var cited = Texts(plan, "policy_references");
        var proved = Object(ticket, "_proof") is { } proof ? Items(proof, "clauses").Where(c => Text(c, "status") == "decisive").Select(c => Text(c, "id")).Distinct().ToArray() : null;
        return new TicketMeasures(
            id,
            Words.OpeningLine(body),
            Words.First(words, 5),
            words.Count,
            Words.Runs(words, 1),
            Words.Runs(words, 2),
            Words.Runs(words, 3),
            Words.Runs(words, NearDuplicates.RunLength),
            TwinsOf(ticket, id),
            Object(ticket, "_scenario_dimensions") is { } dimensions
                ? [.. dimensions.EnumerateObject().Where(d => d.Value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False).Select(d => (d.Name, d.Value.ToString().ToLowerInvariant()))]
                : [],
            plan is { } resolution ? Text(resolution, "expected_outcome") : "",
            [.. Items(plan, "actions").Select(a => Text(a, "type"))],
            proved ?? cited,
            cited.Length);
    }

    /// <summary>Both tickets of a pair have the same name for it, whichever is read first.</summary>
    private static string? TwinsOf(JsonElement ticket, string id)
    {
        if (Object(ticket, "_twin") is not { } twin || (Text(twin, "of") is { Length: > 0 } counterpart ? counterpart : Text(twin, "with")) is not { Length: > 0 } other)
            return null;
        return string.CompareOrdinal(id, other) < 0 ? $"{id} {other}" : $"{other} {id}";
    }

    private static JsonElement? Object(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement? element, string name) =>
        element is { } owner && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;

    private static string[] Texts(JsonElement? element, string name) => [.. Items(element, name).Select(i => i.ToString())];

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.ToString() : "";
}
