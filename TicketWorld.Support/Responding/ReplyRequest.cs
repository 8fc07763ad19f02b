using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Responding;

/// <summary>How a reply speaks.</summary>
public enum ReplyTone
{
    Formal,
    Friendly,
    Technical,
}

/// <summary>A passage of the desk's knowledge.</summary>
/// <param name="Id">What a reply cites it by.</param>
public sealed record GuidancePassage(string Id, string Title, string Text);

/// <summary>What a reply is to be about.</summary>
public sealed record ReplyRequest
{
    public required TicketText Text { get; init; }

    public required Category Category { get; init; }

    public required Severity Severity { get; init; }

    public ReplyTone Tone { get; init; } = ReplyTone.Friendly;

    /// <summary>en, pt, es, de or fr.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Null when nobody said.</summary>
    public string? CustomerName { get; init; }

    /// <summary>When the customer hears from the desk at the latest, as "4 hours"; null when nothing is said about it.</summary>
    public string? ResponseTime { get; init; }

    public IReadOnlyList<ExtractedField> Fields { get; init; } = [];

    public IReadOnlyList<GuidancePassage> Guidance { get; init; } = [];
}

/// <summary>A reply in its parts.</summary>
/// <param name="Citations">Ids of the passages that it rests on.</param>
public sealed record ReplyDraft(
    string Greeting,
    string Acknowledgment,
    string Explanation,
    IReadOnlyList<string> ActionItems,
    string Timeline,
    string Closing,
    IReadOnlyList<string> Citations)
{
    /// <summary>All texts that the customer reads.</summary>
    internal IEnumerable<string> Texts => [Greeting, Acknowledgment, Explanation, .. ActionItems, Timeline, Closing];
}
