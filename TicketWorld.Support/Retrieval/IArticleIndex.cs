namespace TicketWorld.Support.Retrieval;

/// <summary>
/// Articles, found by what they say: by words (the rarer in the index, the more they count) and by the cosine of vectors, the two rankings
/// fused by reciprocal rank. Articles of equal rank come in the order of their ids. All methods may be called at the same time; searches do not wait for writes.
/// </summary>
public interface IArticleIndex
{
    /// <summary>
    /// Adds articles, or puts them in the place of those with the same ids. When the task ends, they are kept and every search finds them; a search
    /// meanwhile finds all of the call's articles or none. Of several with one id in a call the last counts.
    /// </summary>
    /// <exception cref="ArgumentException">An article breaks a rule of <see cref="ArticleRules"/>; nothing was kept. The message says which and why.</exception>
    Task UpsertAsync(IReadOnlyCollection<Article> articles, CancellationToken cancellationToken = default);

    /// <summary>Removes articles; ids that do not exist are passed over. Gives how many were removed.</summary>
    Task<int> RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default);

    /// <summary>The article, or null when there is none of this id.</summary>
    Task<Article?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>How many articles there are.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>The best hits, the best first.</summary>
    /// <exception cref="ArgumentException">The number of hits or the length of the text is out of range.</exception>
    Task<IReadOnlyList<ArticleHit>> SearchAsync(ArticleQuery query, CancellationToken cancellationToken = default);
}
