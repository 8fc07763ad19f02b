using System.Text.Json.Serialization;
using TicketWorld.Support.Analysis;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>A message with the labels that a person gave it by the labelling guide.</summary>
internal sealed record LabelledTicket
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("subject")]
    public required string Subject { get; init; }

    [JsonPropertyName("body")]
    public required string Body { get; init; }

    [JsonPropertyName("sender")]
    public string? Sender { get; init; }

    [JsonPropertyName("topic")]
    public required string Topic { get; init; }

    [JsonPropertyName("also")]
    public IReadOnlyList<string> Also { get; init; } = [];

    [JsonPropertyName("category")]
    public required string Category { get; init; }

    [JsonPropertyName("severity")]
    public required string Severity { get; init; }

    [JsonPropertyName("sentiment")]
    public required string Sentiment { get; init; }

    [JsonPropertyName("urgent")]
    public required bool Urgent { get; init; }

    [JsonPropertyName("language")]
    public required string Language { get; init; }

    [JsonPropertyName("team")]
    public required string Team { get; init; }

    [JsonPropertyName("entities")]
    public IReadOnlyList<LabelledEntity> Entities { get; init; } = [];

    [JsonPropertyName("note")]
    public string? Note { get; init; }

    /// <summary>The message itself.</summary>
    [JsonIgnore]
    public TicketText Text => new(Subject, Body, Sender);
}

/// <summary>A field's value as it stands in a message.</summary>
internal sealed record LabelledEntity
{
    [JsonPropertyName("field")]
    public required string Field { get; init; }

    [JsonPropertyName("text")]
    public required string Text { get; init; }
}
