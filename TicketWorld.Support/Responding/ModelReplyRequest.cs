using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Responding;

/// <summary>A passage of the desk's knowledge.</summary>
/// <param name="Id">What a reply cites it by.</param>
public sealed record ReplyPassage(string Id, string Title, string Text);

/// <summary>What a reply is to be about.</summary>
public sealed record ModelReplyRequest
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

    public IReadOnlyList<ReplyPassage> Guidance { get; init; } = [];
}
