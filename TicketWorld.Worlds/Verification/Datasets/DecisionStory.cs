namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>How the requests of a ticket may have been decided: one analysis for each, that of one completion of its unknown claims.</summary>
/// <param name="Parts">The request's name, or null where the message has one only, with its analysis.</param>
internal sealed record DecisionStory(IReadOnlyList<(string? Request, CaseAnalysis Analysis)> Parts)
{
    /// <summary>Every way to choose a completion for each request.</summary>
    public static IReadOnlyList<DecisionStory> All(Case[] cases, CaseAnalysis[][] analyses)
    {
        if (analyses is [[var only]])
            return [new DecisionStory([(null, only)])];
        if (analyses is [var single])
            return [.. single.Select(a => new DecisionStory([(null, a)]))];
        return
        [
            .. from first in analyses[0]
               from second in analyses[1]
               select new DecisionStory([(cases[0].Request.Name, first), (cases[1].Request.Name, second)]),
        ];
    }

    /// <summary>Ids of the clauses that have a state in one of the requests.</summary>
    public List<string> With(ClauseStatus status)
    {
        var ids = new List<string>();
        foreach (var (_, analysis) in Parts)
        {
            foreach (var clause in analysis.Clauses)
            {
                if (clause.Status == status && !ids.Contains(clause.Id))
                    ids.Add(clause.Id);
            }
        }

        return ids;
    }
}
