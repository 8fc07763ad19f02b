using System.Text.Json;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Tests.Support.Extraction;

/// <summary>Labelled texts and an extractor with the program's own rules.</summary>
internal static class ExtractionTexts
{
    public static RuleExtractor Extractor { get; } = new(new RuleFiles());

    public static TicketExtraction Extract(string body, string subject = "", Category? category = null, string? sender = null) =>
        Extractor.Extract(new TicketText(subject, body, sender), category);

    /// <summary>The values of a field, in order.</summary>
    public static string[] Values(this TicketExtraction extraction, string field) =>
        [.. extraction.Fields.Where(f => f.Name == field).SelectMany(f => f.Values).Select(v => v.Value)];

    /// <summary>Every field with the text that stands in the message, as <c>field:text</c>.</summary>
    public static string[] Spans(this TicketExtraction extraction) =>
        [.. extraction.Fields.SelectMany(f => f.Values.Select(v => $"{f.Name}:{v.Span.Text}")).Order(StringComparer.Ordinal)];

    /// <summary>The labelled strings beside this file. Every third is in the part "held", which no rule was made with.</summary>
    public static IReadOnlyList<LabelledString> Strings { get; } = Read(Path.Combine(Repository.Folder, "TicketWorld.Tests", "Support", "Extraction", "strings.jsonl"));

    /// <summary>The published examples in other words, with their fields.</summary>
    public static IReadOnlyList<LabelledString> Fixtures { get; } =
        Read(Path.Combine(Repository.Folder, "TicketWorld.Benchmarks", "Understanding", "Labelled", "fixtures.jsonl"));

    private static IReadOnlyList<LabelledString> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(Parse)];

    private static LabelledString Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new(
            root.GetProperty("id").GetString()!,
            root.TryGetProperty("part", out var part) ? part.GetString()! : "",
            new(root.GetProperty("subject").GetString()!, root.GetProperty("body").GetString()!),
            [.. root.GetProperty("entities").EnumerateArray().Select(e => $"{e.GetProperty("field").GetString()}:{e.GetProperty("text").GetString()}").Distinct().Order(StringComparer.Ordinal)]);
    }
}

/// <summary>A text with its fields as <c>field:text</c>.</summary>
internal sealed record LabelledString(string Id, string Part, TicketText Text, string[] Entities);
