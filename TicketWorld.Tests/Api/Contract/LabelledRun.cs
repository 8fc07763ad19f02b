using System.Net.Http.Json;
using System.Text.Json;

namespace TicketWorld.Tests.Api.Contract;

/// <summary>A labelled ticket beside what the API says of it.</summary>
internal sealed record LabelledAnswer(
    string Category, string Severity, string Team, string FoundCategory, string FoundSeverity, double CategoryConfidence, double SeverityConfidence, string FoundTeam,
    IReadOnlyList<(string Field, bool Found, double Confidence)> Fields);

/// <summary>Asks a running API about the labelled tickets that stand for the published examples and fixtures.</summary>
internal static class LabelledRun
{
    public const string FilePath = "TicketWorld.Benchmarks/Understanding/Labelled/fixtures.jsonl";

    public static async Task<IReadOnlyList<LabelledAnswer>> RunAsync(string file, HttpClient client)
    {
        var answers = new List<LabelledAnswer>();
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
            answers.Add(await AskAsync(JsonSerializer.Deserialize<JsonElement>(line), client));
        return answers;
    }

    private static async Task<LabelledAnswer> AskAsync(JsonElement label, HttpClient client)
    {
        var (subject, body) = (Text(label, "subject"), Text(label, "body"));
        var analysis = await PostAsync(client, "classify", new { subject, body });
        var extraction = await PostAsync(client, "extract", new { subject, body });
        var (category, severity) = (Text(analysis, "category"), Text(analysis, "severity"));
        var routing = await PostAsync(client, "route", new { subject, body, category, severity });
        var found = extraction.GetProperty("fields").EnumerateArray().ToDictionary(field => Text(field, "name"), StringComparer.Ordinal);
        return new(
            Text(label, "category"), Text(label, "severity"), Text(label, "team"), category, severity,
            analysis.GetProperty("category_confidence").GetDouble(), analysis.GetProperty("severity_confidence").GetDouble(), Text(routing, "team"),
            [.. label.GetProperty("entities").EnumerateArray().Select(entity => (Text(entity, "field"), IsFound(found, entity), Confidence(found, Text(entity, "field"))))]);
    }

    /// <summary>A value is found when one of the field's spans is the labelled text, but for a # before it and for case.</summary>
    private static bool IsFound(Dictionary<string, JsonElement> found, JsonElement entity) =>
        found.TryGetValue(Text(entity, "field"), out var field)
        && field.GetProperty("spans").EnumerateArray().Select(span => Bare(Text(span, "text"))).Any(text => text == Bare(Text(entity, "text")));

    private static double Confidence(Dictionary<string, JsonElement> found, string name) => found.TryGetValue(name, out var field) ? field.GetProperty("confidence").GetDouble() : 0;

    private static string Bare(string text) => text.TrimStart('#').ToLowerInvariant();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static async Task<JsonElement> PostAsync(HttpClient client, string step, object body)
    {
        using var response = await client.PostAsJsonAsync($"/api/v1/workflow/{step}", body);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
