using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TicketWorld.Support.Retrieval.Memory;

/// <summary>What readers see of the index: a number of places, which of them are removed, and where each article is. Never changes.</summary>
internal sealed class Snapshot
{
    private readonly Shelf _shelf;
    private readonly Block[] _blocks;
    private readonly ulong[] _removed;
    private readonly ImmutableDictionary<string, int> _places;

    private Snapshot(Shelf shelf, Block[] blocks, int count, ulong[] removed, ImmutableDictionary<string, int> places, long words)
    {
        (_shelf, _blocks, Count, _removed, _places, Words) = (shelf, blocks, count, removed, places, words);
    }

    /// <summary>Places, the removed ones among them.</summary>
    public int Count { get; }

    /// <summary>Articles.</summary>
    public int Live => _places.Count;

    /// <summary>Words of all articles, those of titles as often as they count.</summary>
    public long Words { get; }

    public static Snapshot Empty(int dimensions) => new(new(dimensions), [], 0, [], ImmutableDictionary.Create<string, int>(StringComparer.Ordinal), 0);

    public Article Article(int place) => BlockOf(place).Articles[place % Block.Size];

    public int Length(int place) => BlockOf(place).Lengths[place % Block.Size];

    public bool HasVector(int place) => BlockOf(place).HasVector[place % Block.Size];

    public ReadOnlySpan<float> Vector(int place) => BlockOf(place).Vectors.AsSpan(place % Block.Size * _shelf.Dimensions, _shelf.Dimensions);

    public Postings? Postings(string word) => _shelf.Postings.GetValueOrDefault(word);

    public Article? Find(string id) => _places.TryGetValue(id, out var place) ? Article(place) : null;

    /// <summary>Whether the place is an article that the filter lets through.</summary>
    public bool Admits(int place, ArticleFilter filter) =>
        (_removed[place / 64] & (1UL << (place % 64))) == 0 && (filter.IsEmpty || filter.Admits(Article(place)));

    public IEnumerable<EmbeddedArticle> All() => _places.Values.Order().Select(place => new EmbeddedArticle(
        Article(place), HasVector(place) ? BlockOf(place).Vectors.AsMemory(place % Block.Size * _shelf.Dimensions, _shelf.Dimensions) : default));

    /// <summary>Only the one writer of the index may call this, and only on the newest snapshot.</summary>
    public Snapshot With(IReadOnlyCollection<EmbeddedArticle> articles)
    {
        var without = Without([.. articles.Select(a => a.Article.Id)]);
        var (count, words) = (Count, without.Words);
        var blocks = new List<Block>(_blocks);
        var places = without._places.ToBuilder();
        foreach (var (article, vector) in articles)
        {
            if (count / Block.Size == blocks.Count)
                blocks.Add(new(_shelf.Dimensions));
            words += Put(blocks[^1], count, article, vector);
            places.Add(article.Id, count++);
        }

        var removed = without._removed;
        Array.Resize(ref removed, (count + 63) / 64);
        return new(_shelf, [.. blocks], count, removed, places.ToImmutable(), words);
    }

    /// <summary>Only the one writer of the index may call this, and only on the newest snapshot.</summary>
    public Snapshot Without(IReadOnlyCollection<string> ids)
    {
        var removed = (ulong[])_removed.Clone();
        var places = _places.ToBuilder();
        var words = Words;
        foreach (var id in ids)
        {
            if (!places.Remove(id, out var place))
                continue;
            removed[place / 64] |= 1UL << (place % 64);
            words -= Length(place);
            foreach (var word in WordsOf(Article(place)).Keys)
                _shelf.Postings[word] = _shelf.Postings[word] with { Live = _shelf.Postings[word].Live - 1 };
        }

        return new(_shelf, _blocks, Count, removed, places.ToImmutable(), words);
    }

    /// <summary>Gives the number of the article's words.</summary>
    private int Put(Block block, int place, Article article, ReadOnlyMemory<float> vector)
    {
        var slot = place % Block.Size;
        var words = WordsOf(article);
        block.Articles[slot] = article;
        block.Lengths[slot] = words.Values.Sum();
        block.HasVector[slot] = !vector.IsEmpty;
        vector.Span.CopyTo(block.Vectors.AsSpan(slot * _shelf.Dimensions));
        foreach (var (word, frequency) in words)
            _shelf.Postings[word] = _shelf.Postings.TryGetValue(word, out var known) ? known.With(place, frequency) : Memory.Postings.First(place, frequency);
        return block.Lengths[slot];
    }

    private static Dictionary<string, int> WordsOf(Article article)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in Retrieval.Words.Of(article.Title))
            CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _) += WordRarity.TitleWeight;
        foreach (var word in Retrieval.Words.Of(article.Body))
            CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
        return counts;
    }

    private Block BlockOf(int place) => _blocks[place / Block.Size];
}
