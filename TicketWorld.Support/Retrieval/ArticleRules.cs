using System.Globalization;
using System.Text;

namespace TicketWorld.Support.Retrieval;

/// <summary>What every index takes, so that an article that one takes all take.</summary>
public static class ArticleRules
{
    /// <summary>The longest body and the longest query, in characters.</summary>
    public const int LongestBody = 100_000;

    private const int MostTags = 50;
    private const int LongestName = 100;

    /// <summary>
    /// Checks articles and gives them as they are kept: one of each id, the last; NUL and halves of surrogate pairs, which not every store can
    /// keep, replaced by spaces and U+FFFD.
    /// </summary>
    /// <exception cref="ArgumentException">An article breaks a rule; the message names its position and id.</exception>
    public static IReadOnlyList<Article> Checked(IReadOnlyCollection<Article> articles)
    {
        ArgumentNullException.ThrowIfNull(articles);
        var kept = new Dictionary<string, Article>(articles.Count, StringComparer.Ordinal);
        var position = 0;
        foreach (var article in articles)
        {
            if (Fault(article) is { } fault)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Article {position} ({Shown(article?.Id)}): {fault}"), nameof(articles));
            kept[article.Id] = Clean(article);
            position++;
        }

        return [.. kept.Values];
    }

    /// <summary>Checks a query and gives it cleaned as articles are.</summary>
    /// <exception cref="ArgumentException">The number of hits or the length of the text is out of range.</exception>
    public static ArticleQuery Checked(ArticleQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Text is null)
            throw new ArgumentException("The text to look for is null. Send a text; an empty one finds nothing.", nameof(query));
        if (query.Top is < 1 or > ArticleQuery.MostHits)
            throw new ArgumentOutOfRangeException(nameof(query), query.Top, $"The number of hits wanted is out of range. Ask for 1 to {ArticleQuery.MostHits}.");
        if (query.Text.Length > LongestBody)
            throw new ArgumentOutOfRangeException(nameof(query), query.Text.Length, $"The text to look for is too long. Send at most {LongestBody} characters.");
        var filter = query.Filter;
        return query with
        {
            Text = Clean(query.Text),
            Filter = filter.IsEmpty ? filter : new()
            {
                Kinds = [.. filter.Kinds.Select(Clean)],
                Category = filter.Category is null ? null : Clean(filter.Category),
                Tags = [.. filter.Tags.Select(Clean)],
                Attributes = filter.Attributes.ToDictionary(a => Clean(a.Key), a => Clean(a.Value), StringComparer.Ordinal),
                Without = [.. filter.Without.Select(Clean)],
            },
        };
    }

    /// <summary>Whether a text can be an id: 1 to 200 visible ASCII characters. Their order is the same in every store.</summary>
    public static bool IsId(string? text) => text is { Length: > 0 and <= 200 } && text.All(c => c is > ' ' and < '\u007f');

    private static string? Fault(Article? article) => article switch
    {
        null => "it is null. Leave it out.",
        _ when !IsId(article.Id) => "its id is not 1 to 200 visible ASCII characters, such as KB-0001.",
        { Title: null or { Length: 0 or > 500 } } => "its title is not 1 to 500 characters long.",
        { Body: null or { Length: > LongestBody } } => $"its body is missing or longer than {LongestBody} characters. Cut it into several articles.",
        _ when !IsName(article.Kind) => $"its kind is not 1 to {LongestName} characters long, such as knowledge.",
        { Category.Length: > LongestName } => $"its category is longer than {LongestName} characters.",
        _ when article.Tags is null || article.Tags.Count > MostTags || !article.Tags.All(IsName) => $"it may have up to {MostTags} tags of 1 to {LongestName} characters each.",
        _ when article.Attributes is null || article.Attributes.Count > MostTags || !article.Attributes.All(a => IsName(a.Key) && a.Value is { Length: <= 1000 }) =>
            $"it may have up to {MostTags} attributes, with names of 1 to {LongestName} characters and values of at most 1000.",
        _ => null,
    };

    private static bool IsName(string? text) => text is { Length: > 0 and <= LongestName };

    private static Article Clean(Article article) => article with
    {
        Title = Clean(article.Title),
        Body = Clean(article.Body),
        Kind = Clean(article.Kind),
        Category = article.Category is null ? null : Clean(article.Category),
        Tags = [.. article.Tags.Select(Clean).Distinct(StringComparer.Ordinal)],
        Attributes = article.Attributes.ToDictionary(a => Clean(a.Key), a => Clean(a.Value), StringComparer.Ordinal),
    };

    private static string Clean(string text)
    {
        var clean = true;
        for (var i = 0; i < text.Length && clean; i++)
            clean = text[i] != '\0' && !char.IsSurrogate(text[i]);
        if (clean)
            return text;
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            result.Append(rune.Value == 0 ? " " : rune.ToString());
        return result.ToString();
    }

    private static string Shown(string? id) => id is null ? "no id" : string.Concat(id.Take(60).Select(c => char.IsControl(c) ? '?' : c));
}
