namespace TicketWorld.Worlds.Scoring;

/// <summary>How near a candidate's resolution of one ticket is to the right one. Shares are from 0 to 1.</summary>
/// <param name="ActionMatch">F1 over the types of the actions, each as often as it stands.</param>
/// <param name="ValueError">Sum over the types of actions of the absolute difference of their values, in the set's currency.</param>
/// <param name="ValueMatch">1 − error / sum of the absolute right values (at least 1.00), at least 0.</param>
/// <param name="OutcomeMatch">Whether the outcome is the right one.</param>
/// <param name="Overall">0.4 action match + 0.3 clause F1 + 0.2 value match + 0.1 outcome match.</param>
public sealed record TicketScore(
    string TicketId,
    double ClausePrecision,
    double ClauseRecall,
    double ClauseF1,
    double ActionMatch,
    decimal ValueError,
    double ValueMatch,
    bool OutcomeMatch,
    double Overall)
{
    /// <summary>Whether clauses, actions, values and outcome are all right.</summary>
    public bool IsExact => ClauseF1 == 1 && ActionMatch == 1 && ValueError == 0 && OutcomeMatch;

    /// <summary>The score of a ticket for which there is no candidate.</summary>
    internal static TicketScore Missing(string ticket, Resolution gold) => new(ticket, 0, 0, 0, 0, gold.Values.Values.Sum(Math.Abs), 0, false, 0);

    internal static TicketScore Of(string ticket, Resolution gold, Resolution candidate)
    {
        var shared = candidate.Clauses.Count(gold.Clauses.Contains);
        var (precision, recall) = (Share(shared, candidate.Clauses.Count, gold.Clauses.Count), Share(shared, gold.Clauses.Count, candidate.Clauses.Count));
        var common = gold.Actions.Sum(a => Math.Min(a.Value, candidate.Actions.GetValueOrDefault(a.Key)));
        var (goldActions, candidateActions) = (gold.Actions.Values.Sum(), candidate.Actions.Values.Sum());
        var actions = F1(Share(common, candidateActions, goldActions), Share(common, goldActions, candidateActions));
        var error = gold.Values.Keys.Union(candidate.Values.Keys, StringComparer.Ordinal)
            .Sum(type => Math.Abs(gold.Values.GetValueOrDefault(type) - candidate.Values.GetValueOrDefault(type)));
        var value = (double)Math.Max(0, 1 - error / Math.Max(1, gold.Values.Values.Sum(Math.Abs)));
        var outcome = gold.Outcome == candidate.Outcome;
        var clauses = F1(precision, recall);
        return new TicketScore(ticket, precision, recall, clauses, actions, error, value, outcome, 0.4 * actions + 0.3 * clauses + 0.2 * value + (outcome ? 0.1 : 0));
    }

    /// <summary>A share of nothing is whole when the other side is nothing too.</summary>
    private static double Share(int part, int whole, int other) => whole > 0 ? (double)part / whole : other == 0 ? 1 : 0;

    private static double F1(double precision, double recall) => precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
}

/// <summary>The scores of a file of candidates.</summary>
/// <param name="Missing">Tickets without a candidate; they score 0.</param>
public sealed record ScoreReport(IReadOnlyList<TicketScore> Tickets, int Missing)
{
    public double ClausePrecision => Mean(t => t.ClausePrecision);

    public double ClauseRecall => Mean(t => t.ClauseRecall);

    public double ClauseF1 => Mean(t => t.ClauseF1);

    public double ActionMatch => Mean(t => t.ActionMatch);

    public decimal ValueError => Tickets.Count == 0 ? 0 : Tickets.Average(t => t.ValueError);

    public double ValueMatch => Mean(t => t.ValueMatch);

    public double OutcomeMatch => Mean(t => t.OutcomeMatch ? 1 : 0);

    public double Exact => Mean(t => t.IsExact ? 1 : 0);

    public double Overall => Mean(t => t.Overall);

    private double Mean(Func<TicketScore, double> of) => Tickets.Count == 0 ? 0 : Tickets.Average(of);
}
