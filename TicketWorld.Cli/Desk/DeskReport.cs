using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Cli.Desk;

/// <summary>How results are printed.</summary>
internal enum DeskOutput
{
    Table,
    Lines,
}

/// <summary>Which part of a result a command tells.</summary>
internal sealed record DeskReport(IReadOnlyList<string> Columns, Func<WorkflowState, string[]> Row, Func<WorkflowResult, object> Json)
{
    public static DeskReport Classification { get; } = new(
        ["topic", "category", "severity", "sentiment", "language"],
        run => run.Analysis is { } a
            ? [RuleWords.Of(a.Topic), $"{RuleWords.Of(a.Category)} {Share(a.CategoryConfidence)}", $"{RuleWords.Of(a.Severity)} {Share(a.SeverityConfidence)}", RuleWords.Of(a.Sentiment), a.Language]
            : ["", "", "", "", ""],
        result => result.Classification!);

    public static DeskReport Extraction { get; } = new(
        ["fields", "missing"],
        run => [string.Join("\n", run.Extraction!.Fields.Select(field => $"{field.Name} {string.Join(", ", field.Values.Select(value => value.Value))}")), string.Join(", ", run.Extraction.MissingRequired)],
        result => result.ExtractedFields!);

    public static DeskReport Whole { get; } = new(
        ["category", "severity", "team", "priority", "fields", "forms"],
        run =>
        [
            RuleWords.Of(run.Category), RuleWords.Of(run.Severity), run.Routing?.Team ?? "", run.Routing is { } routing ? RuleWords.Of(routing.Priority) : "",
            string.Join(", ", run.Extraction?.Fields.Select(field => field.Name) ?? []),
            run.Steps.Any(step => step.Form == StepForm.Model) ? "model" : "rules",
        ],
        result => result);

    public Table NewTable()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("ticket").AddColumn("subject");
        foreach (var column in Columns)
            table.AddColumn(column);
        return table;
    }

    private static string Share(double confidence) => confidence.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>JSON of results: one a line.</summary>
internal static class DeskJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
