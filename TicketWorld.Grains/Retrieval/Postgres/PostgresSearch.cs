using System.Text.Json;
using Npgsql;
using TicketWorld.Grains.Runtime;
using TicketWorld.Support.Retrieval;

namespace TicketWorld.Grains.Retrieval.Postgres;

/// <summary>The two rankings of one search, within its snapshot.</summary>
internal sealed class PostgresSearch(NpgsqlConnection connection, SqlCatalog catalog, ArticleFilter filter, CancellationToken cancellation)
{
    /// <param name="words">What is looked for.</param>
    /// <param name="articles">Articles of the index.</param>
    /// <param name="total">Words of all of them.</param>
    /// <param name="enough">Words are looked for, the rarest first, until so many articles have one of them. With a filter all are, when fewer articles than are ranked come of that.</param>
    public async Task<IReadOnlyList<string>> ByWordsAsync(IReadOnlyCollection<string> words, long articles, long total, long enough)
    {
        var known = await FindWordsAsync(words);
        if (known.Count == 0)
            return [];
        var (taken, reach) = (0, 0L);
        while (taken < known.Count && (reach < enough || taken == 0))
            reach += known[taken++].Articles;
        var ranking = await RankAsync(taken);
        return ranking.Count < RankFusion.Depth && taken < known.Count && !filter.IsEmpty ? await RankAsync(known.Count) : ranking;

        async Task<IReadOnlyList<string>> RankAsync(int count)
        {
            var looked = known.Take(count).Select(w => Quoted(w.Word));
            await using var command = Command("rank_articles_by_words");
            command.Parameters.AddWithValue("any", string.Join(" | ", looked));
            command.Parameters.AddWithValue("words", known.Select(w => w.Word).ToArray());
            command.Parameters.AddWithValue("rarities", known.Select(w => WordRarity.Of(articles, w.Articles)).ToArray());
            command.Parameters.AddWithValue("average", Math.Max(1, (double)total / Math.Max(1, articles)));
            return await ReadIdsAsync(command);
        }
    }

    /// <summary>The ids with the nearest vectors, equally near ones in the order of their ids.</summary>
    public async Task<IReadOnlyList<string>> BySimilarityAsync(ReadOnlyMemory<float> vector)
    {
        if (vector.IsEmpty)
            return [];
        var ranking = await RankAsync(vector, exactly: false);
        if (ranking.Count < RankFusion.Depth && !filter.IsEmpty)
            ranking = await RankAsync(vector, exactly: true);
        return [.. ranking.OrderByDescending(r => r.Similarity).ThenBy(r => r.Id, StringComparer.Ordinal).Select(r => r.Id)];
    }

    /// <summary>The ranking by similarity as the database gives it.</summary>
    public async Task<IReadOnlyList<(string Id, double Similarity)>> RankAsync(ReadOnlyMemory<float> vector, bool exactly)
    {
        await using var command = Command(exactly ? "rank_articles_by_similarity_exactly" : "rank_articles_by_similarity");
        command.Parameters.AddWithValue("embedding", Parameter(vector));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<(string, double)>();
        while (await reader.ReadAsync(cancellation))
            rows.Add((reader.GetString(0), reader.GetDouble(1)));
        return rows;
    }

    /// <summary>A vector as the statements take it; they cast it, so that no client type for vectors is needed.</summary>
    public static object Parameter(ReadOnlyMemory<float> vector) => vector.IsEmpty ? DBNull.Value : vector.ToArray();

    private async Task<IReadOnlyList<(string Word, long Articles)>> FindWordsAsync(IReadOnlyCollection<string> words)
    {
        await using var command = new NpgsqlCommand(catalog["find_article_words"], connection);
        command.Parameters.AddWithValue("words", words.ToArray());
        command.Parameters.AddWithValue("most", WordRarity.MostWords);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var known = new List<(string, long)>();
        while (await reader.ReadAsync(cancellation))
            known.Add((reader.GetString(0), reader.GetInt64(1)));
        return known;
    }

    private async Task<IReadOnlyList<string>> ReadIdsAsync(NpgsqlCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<string>();
        while (await reader.ReadAsync(cancellation))
            ids.Add(reader.GetString(0));
        return ids;
    }

    private NpgsqlCommand Command(string statement)
    {
        var command = new NpgsqlCommand(catalog[statement], connection);
        command.Parameters.AddWithValue("kinds", filter.Kinds.ToArray());
        command.Parameters.AddWithValue("category", filter.Category ?? (object)DBNull.Value);
        command.Parameters.AddWithValue("tags", filter.Tags.ToArray());
        command.Parameters.AddWithValue("attributes", filter.Attributes.Count == 0 ? DBNull.Value : JsonSerializer.Serialize(filter.Attributes));
        command.Parameters.AddWithValue("without", filter.Without.ToArray());
        command.Parameters.AddWithValue("depth", RankFusion.Depth);
        return command;
    }

    /// <summary>A word as a tsquery; it holds letters, digits, marks and symbols only.</summary>
    private static string Quoted(string word) => $"'{word}'";
}
