using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Analysis;

/// <summary>What a message is about, how grave it is and how it was written. Confidences are probabilities from 0 to 1.</summary>
public sealed record TicketAnalysis
{
    public required Topic Topic { get; init; }

    public required double TopicConfidence { get; init; }

    /// <summary>Further topics that need work of their own, at most three, never <see cref="Topic"/>.</summary>
    public IReadOnlyList<Topic> Also { get; init; } = [];

    /// <summary>The category of the topic.</summary>
    public required Category Category { get; init; }

    public required double CategoryConfidence { get; init; }

    /// <summary>At most two, never <see cref="Category"/>.</summary>
    public IReadOnlyList<Category> SecondaryCategories { get; init; } = [];

    public required Severity Severity { get; init; }

    public required double SeverityConfidence { get; init; }

    public required Sentiment Sentiment { get; init; }

    public required double SentimentConfidence { get; init; }

    /// <summary>Whether the writer presses for speed, or harm of the gravest kind goes on.</summary>
    public required bool Urgent { get; init; }

    /// <summary>en, pt, es, de or fr; <c>en</c> for what has no words.</summary>
    public required string Language { get; init; }

    public required double LanguageConfidence { get; init; }

    /// <summary>One or two sentences for a person: what was found and what it means.</summary>
    public required string Reasoning { get; init; }

    /// <summary>The evidence, each as it stands in the text, in the order of appearance.</summary>
    public IReadOnlyList<string> KeywordsMatched { get; init; } = [];

    /// <summary>How many passages instruct whoever or whatever reads the message; they are passed over. Null where a model has read it.</summary>
    public int? InjectedPassages { get; init; }

    /// <summary>What presses or weighs, each as it stands in the text.</summary>
    public IReadOnlyList<string> UrgencyIndicators { get; init; } = [];
}

/// <summary>Understands messages.</summary>
public interface ITicketAnalyser
{
    /// <summary>Never fails for what a text holds: with no evidence the topic is <see cref="Topic.Question"/> and the confidence low.</summary>
    TicketAnalysis Analyse(TicketText text);
}
