namespace TicketWorld.Support.Retrieval;

/// <summary>An article that a search found.</summary>
/// <param name="Article">The article.</param>
/// <param name="Score">The fused score, by which hits are ordered; see <see cref="RankFusion"/>. It compares hits of one search only.</param>
/// <param name="LexicalRank">The place in the ranking by words, from 1; null when the article is not in it.</param>
/// <param name="VectorRank">The place in the ranking by similarity, from 1; null when the article is not in it.</param>
/// <param name="Similarity">The cosine of the article's vector and the query's, −1 to 1, higher is closer; 0 where one of them has none.</param>
/// <param name="Passage">The part of the body that has most of the words asked for, see <see cref="Passages"/>.</param>
public sealed record ArticleHit(Article Article, double Score, int? LexicalRank, int? VectorRank, double Similarity, string Passage);
