namespace TicketWorld.Support.Retrieval;

/// <summary>What is looked for.</summary>
/// <param name="Text">In the asker's own words, of any length up to <see cref="ArticleRules.LongestBody"/>. A text without a word finds nothing.</param>
public sealed record ArticleQuery(string Text)
{
    /// <summary>The most hits that a search gives.</summary>
    public const int MostHits = 100;

    /// <summary>How many hits are wanted: 1 to <see cref="MostHits"/>.</summary>
    public int Top { get; init; } = 5;

    public ArticleFilter Filter { get; init; } = ArticleFilter.None;
}

/// <summary>Which articles come into question; what is not set leaves all of them in.</summary>
public sealed record ArticleFilter
{
    public static ArticleFilter None { get; } = new();

    /// <summary>Only articles of one of these kinds.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Only articles of this category.</summary>
    public string? Category { get; init; }

    /// <summary>Only articles that have all of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Only articles whose attributes have all of these values.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Not the articles of these ids.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Whether every article comes into question.</summary>
    public bool IsEmpty => Kinds.Count == 0 && Category is null && Tags.Count == 0 && Attributes.Count == 0 && Without.Count == 0;

    public bool Admits(Article article) =>
        (Kinds.Count == 0 || Kinds.Contains(article.Kind, StringComparer.Ordinal))
        && (Category is null || string.Equals(Category, article.Category, StringComparison.Ordinal))
        && Tags.All(tag => article.Tags.Contains(tag, StringComparer.Ordinal))
        && Attributes.All(wanted => article.Attributes.TryGetValue(wanted.Key, out var value) && string.Equals(value, wanted.Value, StringComparison.Ordinal))
        && !Without.Contains(article.Id, StringComparer.Ordinal);
}
