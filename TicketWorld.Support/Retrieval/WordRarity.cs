namespace TicketWorld.Support.Retrieval;

/// <summary>How much a word tells: the inverse document frequency of BM25.</summary>
public static class WordRarity
{
    /// <summary>How often a word of the title counts.</summary>
    public const int TitleWeight = 3;

    /// <summary>Of a long query so many words are looked for, the rarest.</summary>
    public const int MostWords = 32;

    /// <param name="articles">All articles of the index.</param>
    /// <param name="having">Those that have the word.</param>
    public static double Of(long articles, long having) => Math.Log(1 + ((Math.Max(articles, having) - having + 0.5) / (having + 0.5)));
}
