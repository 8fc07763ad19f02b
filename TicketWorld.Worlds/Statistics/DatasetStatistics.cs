namespace TicketWorld.Worlds.Statistics;

/// <summary>How often something occurs.</summary>
/// <param name="Share">Of the whole that it is counted in, from 0 to 1.</param>
public sealed record Count(string Name, long Tickets, double Share);

/// <summary>Lengths of bodies in words.</summary>
/// <param name="Histogram">Bodies by length: each bar counts those from its number of words up to the next bar's.</param>
public sealed record LengthStatistics(int Minimum, int Median, int P90, int P99, int Maximum, IReadOnlyList<LengthBar> Histogram);

/// <summary>Bodies of <paramref name="From"/> to <paramref name="To"/> words; no <paramref name="To"/> for the last bar.</summary>
public sealed record LengthBar(int From, int? To, long Tickets);

/// <summary>How alike the messages are.</summary>
/// <param name="OpeningLine">The most common first line of a body.</param>
/// <param name="FirstFiveWords">The most common first five words, in lower case and without punctuation.</param>
/// <param name="NearDuplicates">Tickets whose body shares runs of five words with another's, Jaccard ≥ 0.8; twins of each other left out.</param>
/// <param name="NearDuplicatePair">One such pair of ticket ids, to look at.</param>
/// <param name="Distinct1">Different words over all words.</param>
/// <param name="Distinct2">Different pairs of neighbouring words over all of them.</param>
/// <param name="Distinct3">The same for three words.</param>
public sealed record TextStatistics(
    Count OpeningLine,
    Count FirstFiveWords,
    Count NearDuplicates,
    IReadOnlyList<string> NearDuplicatePair,
    double Distinct1,
    double Distinct2,
    double Distinct3,
    LengthStatistics Words);

/// <summary>What a set is made of: counts and shares, texts, policy.</summary>
/// <param name="Records">Records by kind, tickets included.</param>
/// <param name="Dimensions">By dimension of the scenarios (ticket type, complexity, writer …): tickets of each label. Empty without debug keys.</param>
/// <param name="Outcomes">Tickets by expected outcome.</param>
/// <param name="Actions">Actions by type; the share is that of the tickets that have one.</param>
/// <param name="Clauses">Tickets that each clause of the policy decides, those that decide none included.</param>
/// <param name="UnusedClauses">Clauses that decide no ticket.</param>
/// <param name="ClausesPerTicket">Tickets by the number of clauses that their resolution cites.</param>
public sealed record DatasetStatistics(
    string Company,
    IReadOnlyDictionary<string, long> Records,
    IReadOnlyDictionary<string, IReadOnlyList<Count>> Dimensions,
    TextStatistics Texts,
    IReadOnlyList<Count> Outcomes,
    IReadOnlyList<Count> Actions,
    IReadOnlyList<Count> Clauses,
    IReadOnlyList<string> UnusedClauses,
    IReadOnlyList<Count> ClausesPerTicket);
