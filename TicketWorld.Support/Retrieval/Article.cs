namespace TicketWorld.Support.Retrieval;

/// <summary>A text that can be found: an article of the knowledge base, a page of documentation, a ticket of the past.</summary>
public sealed record Article
{
    /// <summary>1 to 200 visible ASCII characters; unique in its index.</summary>
    public required string Id { get; init; }

    /// <summary>1 to 500 characters. A word in it counts more than one in the body.</summary>
    public required string Title { get; init; }

    /// <summary>At most <see cref="ArticleRules.LongestBody"/> characters.</summary>
    public required string Body { get; init; }

    /// <summary>What sort of text it is, such as <c>knowledge</c>, <c>documentation</c>, <c>ticket</c>: 1 to 100 characters.</summary>
    public required string Kind { get; init; }

    /// <summary>At most 100 characters.</summary>
    public string? Category { get; init; }

    /// <summary>At most 50, each of 1 to 100 characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What else is known of it, at most 50 names of 1 to 100 characters with values of at most 1,000. Searches can ask for values.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
