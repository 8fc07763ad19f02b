using System.Text.Json.Serialization;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Routing;

namespace TicketWorld.Support.Workflow;

/// <summary>What a run made of a ticket, as it is kept and as callers get it. What was skipped is null.</summary>
public sealed record WorkflowResult
{
    public required string TicketId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TicketAnalysis? Classification { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ExtractionAnswer? ExtractedFields { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ReplyDraft? ResponseDraft { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RoutingDecision? Routing { get; init; }

    /// <summary>The open ticket that this one repeats.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? DuplicateOf { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? SimilarityScore { get; init; }

    public required IReadOnlyList<WorkflowStep> WorkflowSteps { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>From the request to the end of the last step, in milliseconds.</summary>
    public required long TotalDurationMs { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <param name="ticketId">The ticket as its callers name it.</param>
    /// <param name="run">A complete run.</param>
    public static WorkflowResult Of(string ticketId, WorkflowState run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new()
        {
            TicketId = ticketId,
            Classification = run.Analysis,
            ExtractedFields = run.Extraction is { } extraction ? ExtractionAnswer.Of(extraction) : null,
            ResponseDraft = run.Reply,
            Routing = run.Routing,
            DuplicateOf = run.Duplicate?.TicketId,
            SimilarityScore = run.Duplicate?.Similarity,
            WorkflowSteps = [.. run.Steps.OrderBy(step => step.StepName, InOrder.Of)],
            Warnings = run.Warnings,
            TotalDurationMs = (long)Math.Max(0, Math.Ceiling((run.Steps.Max(step => step.CompletedAt) - run.CreatedAt).TotalMilliseconds)),
            CreatedAt = run.CreatedAt,
        };
    }

    private sealed class InOrder : IComparer<string>
    {
        public static readonly InOrder Of = new();
        private static readonly Dictionary<string, int> Places = StepNames.All.Select((name, place) => (name, place)).ToDictionary(p => p.name, p => p.place, StringComparer.Ordinal);

        public int Compare(string? x, string? y) => Places.GetValueOrDefault(x ?? "").CompareTo(Places.GetValueOrDefault(y ?? ""));
    }
}

/// <summary>What a message states, as callers get it.</summary>
/// <param name="Fields">The fields.</param>
/// <param name="MissingRequired">Fields that the category needs and the message does not state.</param>
/// <param name="ValidationErrors">Values that are not of their field's form, each as a sentence.</param>
public sealed record ExtractionAnswer(IReadOnlyList<FieldAnswer> Fields, IReadOnlyList<string> MissingRequired, IReadOnlyList<string> ValidationErrors)
{
    public static ExtractionAnswer Of(TicketExtraction extraction)
    {
        ArgumentNullException.ThrowIfNull(extraction);
        return new([.. extraction.Fields.Select(FieldAnswer.Of)], extraction.MissingRequired, extraction.ValidationErrors);
    }
}

/// <summary>A field, as callers get it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; a list where there are several.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="SourceSpan">The text of the first value as it stands in the message.</param>
/// <param name="Spans">Where each value stands.</param>
public sealed record FieldAnswer(
    string Name, [property: JsonConverter(typeof(OneOrMany))] IReadOnlyList<string> Value, double Confidence, string SourceSpan, IReadOnlyList<SourceSpan> Spans)
{
    public static FieldAnswer Of(ExtractedField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return new(
            field.Name, [.. field.Values.Select(value => value.Value)], Math.Round(field.Confidence, 4), field.Values[0].Span.Text, [.. field.Values.Select(value => value.Span)]);
    }
}
