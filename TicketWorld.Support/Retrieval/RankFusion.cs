namespace TicketWorld.Support.Retrieval;

/// <summary>One article in the result of a fusion.</summary>
public readonly record struct FusedRank(string Id, double Score, int? Lexical, int? Vector);

/// <summary>
/// Reciprocal rank fusion: the score of an article is the sum of 1/(60 + rank) over the rankings that have it. Source: Cormack, Clarke and Büttcher,
/// "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009.
/// </summary>
public static class RankFusion
{
    private const double K = 60;

    /// <summary>How many articles of each ranking are fused.</summary>
    public const int Depth = 100;

    /// <summary>The best of two rankings, the best first, equal scores in the order of the ids.</summary>
    public static IReadOnlyList<FusedRank> Fuse(IReadOnlyList<string> lexical, IReadOnlyList<string> vector, int top)
    {
        var ranks = new Dictionary<string, (int? Lexical, int? Vector)>(StringComparer.Ordinal);
        for (var i = 0; i < lexical.Count; i++)
            ranks[lexical[i]] = (i + 1, null);
        for (var i = 0; i < vector.Count; i++)
            ranks[vector[i]] = (ranks.GetValueOrDefault(vector[i]).Lexical, i + 1);
        return [.. ranks
            .Select(r => new FusedRank(r.Key, Part(r.Value.Lexical) + Part(r.Value.Vector), r.Value.Lexical, r.Value.Vector))
            .OrderByDescending(r => r.Score).ThenBy(r => r.Id, StringComparer.Ordinal)
            .Take(top)];
    }

    private static double Part(int? rank) => rank is { } place ? 1 / (K + place) : 0;
}
