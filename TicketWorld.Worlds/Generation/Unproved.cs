using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Generation;

/// <summary>Why the draws of a ticket were not proved: the last reason of each kind.</summary>
internal struct Unproved
{
    /// <summary>What the two oracles resolve differently.</summary>
    public IReadOnlyList<Verification.Difference>? Disagreement { get; set; }

    /// <summary>What the text says otherwise than it was to.</summary>
    public string? Misreading { get; set; }

    /// <summary>What the first oracle resolves otherwise than the scenario expects.</summary>
    public ResolutionPlan? Unplanned { get; set; }

    /// <summary>The refusal of a ticket, with the reason that an author of a pack can do most about.</summary>
    /// <param name="scenario">The scenario of the ticket and its wording.</param>
    public readonly WorldException Refusal(int index, int draws, Scenarios.Scenario scenario)
    {
        var (problem, remedy) = this switch
        {
            { Disagreement: [var first, ..] } => ($"The two oracles resolve it differently: of {first.Field} the engine has {first.Found}, the checker {first.Expected}.", "Look at the rules, the relations and the withheld claims that decide the scenario"),
            { Misreading: { } misreading } => ($"Its text does not read back: {misreading}.", $"Look at the phrases of the wording '{scenario.Wording}', and at the cues of vocabulary.yaml"),
            { Unplanned: { } plan } => ($"The policy gives {plan.Outcome}: {string.Join(", ", plan.Actions.Select(a => a.Type))}; the scenario expects {scenario.ExpectedOutcome}: {string.Join(", ", scenario.ExpectedActions)}.", "Look at what the scenario withholds, and at its orders and expectation"),
            _ => ("No message could be drawn.", "Look at the claims, the order and the completeness that pack.yaml asks for"),
        };
        return new WorldException(
            "ticket_not_provable",
            $"Ticket {index} of scenario {scenario.Id} could not be proved in {draws} draws. {problem}",
            $"{remedy}; ticketworld validate lists what is wrong with a pack. When nothing is, report the pack, the options and the seed.");
    }
}
