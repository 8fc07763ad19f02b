using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Status;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Responding;

/// <summary>What a reply is written from.</summary>
public sealed record ReplyRequest
{
    public required TicketText Text { get; init; }

    public required Topic Topic { get; init; }

    public required Category Category { get; init; }

    public required Severity Severity { get; init; }

    public required ReplyTone Tone { get; init; }

    /// <summary>The language of the message; one without texts is answered in English.</summary>
    public required string Language { get; init; }

    /// <summary>The customer's address; null when unknown.</summary>
    public string? CustomerEmail { get; init; }

    public TicketExtraction Extraction { get; init; } = TicketExtraction.None;

    /// <summary>The best first.</summary>
    public IReadOnlyList<GuidancePassage> Guidance { get; init; } = [];

    /// <summary>The gravest first.</summary>
    public IReadOnlyList<ServiceDisturbance> Disturbances { get; init; } = [];

    /// <summary>The open ticket that this one repeats; null when it repeats none.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>Whether the message says nothing that can be worked on: its body has no letters, and its subject names no matter.</summary>
    public bool SaysNothing => Topic == Topic.Question && !Text.Body.Any(char.IsLetter);
}
