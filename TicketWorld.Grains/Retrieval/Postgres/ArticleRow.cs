using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using TicketWorld.Support.Retrieval;

namespace TicketWorld.Grains.Retrieval.Postgres;

/// <summary>An article as a row.</summary>
internal static class ArticleRow
{
    /// <summary>A lexeme keeps no more places than this, and none beyond.</summary>
    private const int MostPlaces = 255;

    private const int LastPlace = 16383;

    /// <summary>Writes the row in the order of the columns of copy_articles.sql.</summary>
    public static async Task WriteAsync(NpgsqlBinaryImporter copy, EmbeddedArticle embedded, CancellationToken cancellation)
    {
        var article = embedded.Article;
        var (words, count) = Lexemes(article);
        await copy.StartRowAsync(cancellation);
        await copy.WriteAsync(article.Id, NpgsqlDbType.Text, cancellation);
        await copy.WriteAsync(article.Title, NpgsqlDbType.Text, cancellation);
        await copy.WriteAsync(article.Body, NpgsqlDbType.Text, cancellation);
        await copy.WriteAsync(article.Kind, NpgsqlDbType.Text, cancellation);
        await WriteOrNullAsync(article.Category, NpgsqlDbType.Text);
        await copy.WriteAsync(article.Tags.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellation);
        await copy.WriteAsync(JsonSerializer.Serialize(article.Attributes), NpgsqlDbType.Text, cancellation);
        await copy.WriteAsync(count, NpgsqlDbType.Integer, cancellation);
        await copy.WriteAsync(words, NpgsqlDbType.Text, cancellation);
        await WriteOrNullAsync(embedded.Vector.IsEmpty ? null : embedded.Vector.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Real);

        Task WriteOrNullAsync<T>(T? value, NpgsqlDbType type)
            where T : class => value is null ? copy.WriteNullAsync(cancellation) : copy.WriteAsync(value, type, cancellation);
    }

    /// <summary>Reads id, title, body, kind, category, tags, attributes.</summary>
    public static Article Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Title = reader.GetString(1),
        Body = reader.GetString(2),
        Kind = reader.GetString(3),
        Category = reader.IsDBNull(4) ? null : reader.GetString(4),
        Tags = reader.GetFieldValue<string[]>(5),
        Attributes = JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(6))!,
    };

    /// <summary>The article's words as the text form of a tsvector, and how many they are, those of the title as often as they count.</summary>
    private static (string Text, int Count) Lexemes(Article article)
    {
        var places = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        var place = 0;
        foreach (var word in Words.Of(article.Title))
            Add(word, "A");
        var titled = place;
        foreach (var word in Words.Of(article.Body))
            Add(word, "");
        return (string.Join(' ', places.Select(p => $"'{p.Key}':{string.Join(',', p.Value)}")), (titled * WordRarity.TitleWeight) + place - titled);

        void Add(string word, string weight)
        {
            if (!places.TryGetValue(word, out var known))
                places.Add(word, known = []);
            if (known.Count < MostPlaces)
                known.Add(Math.Min(++place, LastPlace).ToString(CultureInfo.InvariantCulture) + weight);
            else
                place++;
        }
    }
}
