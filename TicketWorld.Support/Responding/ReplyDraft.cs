namespace TicketWorld.Support.Responding;

/// <summary>How a reply speaks.</summary>
public enum ReplyTone
{
    Friendly,
    Formal,
    Technical,
}

/// <summary>A reply that somebody, or nobody, looks over before it is sent. Its parts are also its content.</summary>
public sealed record ReplyDraft
{
    /// <summary>The whole text.</summary>
    public required string Content { get; init; }

    public required ReplyTone Tone { get; init; }

    /// <summary>What the customer can do, in order; each stands in the content.</summary>
    public required IReadOnlyList<string> SuggestedActions { get; init; }

    /// <summary>Whether somebody beyond the first line has to look: severity high or critical.</summary>
    public required bool RequiresEscalation { get; init; }

    /// <summary>The template, such as <c>technical.friendly.en</c>; null when a model wrote the text.</summary>
    public string? TemplateUsed { get; init; }

    public required string Greeting { get; init; }

    public required string Acknowledgment { get; init; }

    /// <summary>What is usual in such a case; empty where there is nothing to explain.</summary>
    public required string Explanation { get; init; }

    /// <summary>What is asked of the customer: fields that are missing, or details.</summary>
    public required IReadOnlyList<string> ActionItems { get; init; }

    /// <summary>When the customer hears more.</summary>
    public required string Timeline { get; init; }

    public required string Closing { get; init; }

    /// <summary>The guidance that the text draws on, by article id.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}
