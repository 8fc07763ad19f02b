using System.Buffers;
using System.Numerics.Tensors;

namespace TicketWorld.Support.Retrieval.Memory;

// How readers and writers share the index
// =======================================
// Documents and postings only ever grow. A document has a place, a number that counts up; replacing or removing an article marks its place as removed.
// What readers see is a snapshot: how many places count, and which of them are removed. A writer (one at a time) adds documents behind the
// places that count, adds their postings, and then puts a new snapshot in the place of the old one; so a search sees a whole call's articles or none,
// and waits for nothing. Postings beyond the snapshot's places are passed over. When more places are removed than not, everything is copied into a new shelf;
// searches that are under way finish on the old one.

/// <summary>
/// Articles in memory: an inverted index with BM25 (k1 = 1.2, b = 0.75, a word of the title counting three times) and exact cosine over all vectors. Nothing of it outlives the process.
/// </summary>
public sealed class MemoryArticleIndex(ArticleEmbedder embedder) : IArticleIndex
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    /// <summary>Fewer removed places than this are not worth a copy.</summary>
    private const int LeastRemoved = 1024;

    private readonly Lock _writing = new();
    private Snapshot _snapshot = Snapshot.Empty(embedder.Dimensions);

    public async Task UpsertAsync(IReadOnlyCollection<Article> articles, CancellationToken cancellationToken = default) =>
        Put(await embedder.EmbedAsync(ArticleRules.Checked(articles), cancellationToken).ConfigureAwait(false));

    public Task<int> RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Remove(ids));
    }

    public Task<Article?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Task.FromResult(Volatile.Read(ref _snapshot).Find(id));
    }

    public Task<int> CountAsync(CancellationToken cancellationToken = default) => Task.FromResult(Volatile.Read(ref _snapshot).Live);

    public async Task<IReadOnlyList<ArticleHit>> SearchAsync(ArticleQuery query, CancellationToken cancellationToken = default)
    {
        query = ArticleRules.Checked(query);
        var words = Words.Of(query.Text).ToHashSet(StringComparer.Ordinal);
        if (words.Count == 0)
            return [];
        var vector = await embedder.EmbedAsync(query.Text, cancellationToken).ConfigureAwait(false);
        var snapshot = Volatile.Read(ref _snapshot);
        var lexical = ByWords(snapshot, words, query.Filter);
        var similar = BySimilarity(snapshot, vector.Span, query.Filter);
        cancellationToken.ThrowIfCancellationRequested();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var place in lexical.Concat(similar))
            places[snapshot.Article(place).Id] = place;
        return [.. RankFusion.Fuse(Ids(lexical), Ids(similar), query.Top).Select(rank =>
        {
            var article = snapshot.Article(places[rank.Id]);
            return new ArticleHit(
                article, rank.Score, rank.Lexical, rank.Vector, Similarity(snapshot, places[rank.Id], vector.Span), Passages.Best(article.Body, words));
        })];

        string[] Ids(IReadOnlyList<int> ranking) => [.. ranking.Select(place => snapshot.Article(place).Id)];
    }

    /// <summary>Adds or replaces articles that are checked and have their vectors.</summary>
    public void Put(IReadOnlyCollection<EmbeddedArticle> articles)
    {
        lock (_writing)
            Volatile.Write(ref _snapshot, Compact(_snapshot.With(articles)));
    }

    /// <summary>Removes articles; gives how many there were.</summary>
    public int Remove(IReadOnlyCollection<string> ids)
    {
        lock (_writing)
        {
            var before = _snapshot;
            var after = before.Without(ids);
            Volatile.Write(ref _snapshot, Compact(after));
            return before.Live - after.Live;
        }
    }

    private Snapshot Compact(Snapshot snapshot) => snapshot.Count - snapshot.Live is var removed && removed > LeastRemoved && removed > snapshot.Live
        ? Snapshot.Empty(embedder.Dimensions).With([.. snapshot.All()])
        : snapshot;

    /// <summary>Places in the order of BM25. Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.</summary>
    private static IReadOnlyList<int> ByWords(Snapshot snapshot, IReadOnlyCollection<string> words, ArticleFilter filter)
    {
        var count = snapshot.Count;
        var scores = ArrayPool<float>.Shared.Rent(count);
        try
        {
            scores.AsSpan(0, count).Clear();
            var average = snapshot.Live == 0 ? 1 : Math.Max(1, (double)snapshot.Words / snapshot.Live);
            foreach (var postings in Rarest(snapshot, words))
            {
                var rarity = WordRarity.Of(snapshot.Live, postings.Live);
                for (var i = 0; i < postings.Count; i++)
                {
                    var place = postings.Places[i];
                    if (place >= count)
                        break;
                    double often = postings.Frequencies[i];
                    scores[place] += (float)(rarity * often * (K1 + 1) / (often + (K1 * (1 - B + (B * snapshot.Length(place) / average)))));
                }
            }

            var best = new BestPlaces(snapshot, RankFusion.Depth);
            for (var place = 0; place < count; place++)
            {
                if (scores[place] > 0 && best.Takes(scores[place]) && snapshot.Admits(place, filter))
                    best.Add(place, scores[place]);
            }

            return best.InOrder();
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    /// <summary>Where the words are, the rarest first, equally rare ones in the order of the alphabet.</summary>
    private static IEnumerable<Postings> Rarest(Snapshot snapshot, IReadOnlyCollection<string> words) => words
        .Select(word => (Word: word, Postings: snapshot.Postings(word)))
        .Where(w => w.Postings is { Live: > 0 })
        .OrderBy(w => w.Postings!.Live).ThenBy(w => w.Word, StringComparer.Ordinal)
        .Take(WordRarity.MostWords)
        .Select(w => w.Postings!);

    private static IReadOnlyList<int> BySimilarity(Snapshot snapshot, ReadOnlySpan<float> vector, ArticleFilter filter)
    {
        if (vector.IsEmpty)
            return [];
        var best = new BestPlaces(snapshot, RankFusion.Depth);
        for (var place = 0; place < snapshot.Count; place++)
        {
            if (!snapshot.HasVector(place) || (!filter.IsEmpty && !snapshot.Admits(place, filter)))
                continue;
            var similarity = TensorPrimitives.Dot(vector, snapshot.Vector(place));
            if (best.Takes(similarity) && snapshot.Admits(place, ArticleFilter.None))
                best.Add(place, similarity);
        }

        return best.InOrder();
    }

    private static double Similarity(Snapshot snapshot, int place, ReadOnlySpan<float> vector) =>
        vector.IsEmpty || !snapshot.HasVector(place) ? 0 : Math.Clamp(TensorPrimitives.Dot(vector, snapshot.Vector(place)), -1, 1);
}
