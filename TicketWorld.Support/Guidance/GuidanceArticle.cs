using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Guidance;

/// <summary>What is usual to do about a matter, as the vocabularies' own guidance has it.</summary>
/// <param name="Id">Unique in its language; the same matter has the same id in every language.</param>
/// <param name="Topics">The topics that it belongs to.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">An explanation.</param>
/// <param name="Steps">What the customer can do, in order.</param>
public sealed record GuidanceArticle(string Id, IReadOnlyList<Topic> Topics, string Title, string Text, IReadOnlyList<GuidanceStep> Steps);

/// <summary>Something that the customer can do.</summary>
/// <param name="Text">What to do.</param>
/// <param name="Unless">Fields that the step asks for: a customer who has stated all of them need not be told. Empty for a step that is always worth saying.</param>
public sealed record GuidanceStep(string Text, IReadOnlyList<string> Unless);

/// <summary>An article that fits a message.</summary>
/// <param name="Article">The article.</param>
/// <param name="Score">0 to 1: the cosine of the message and the article.</param>
public sealed record GuidancePassage(GuidanceArticle Article, double Score);

/// <summary>Finds what is known about a matter.</summary>
public interface IGuidance
{
    /// <summary>The articles that fit, the best first, at most <paramref name="top"/>.</summary>
    /// <param name="text">Subject and body.</param>
    /// <param name="topic">What the message is about; articles of other topics do not come into question.</param>
    /// <param name="language">The language of the message; one that has no guidance gets the English.</param>
    /// <param name="top">How many are wanted.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    ValueTask<IReadOnlyList<GuidancePassage>> FindAsync(string text, Topic topic, string language, int top, CancellationToken cancellationToken);
}
