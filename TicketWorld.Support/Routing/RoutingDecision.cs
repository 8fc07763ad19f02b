using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Support.Routing;

/// <summary>Who works on a ticket, and how early.</summary>
/// <param name="Team">The team's name in the rules.</param>
/// <param name="Priority">Its place in the team's queue.</param>
/// <param name="Reasoning">Why, in a sentence.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="AlternativeTeams">At most two, never <paramref name="Team"/>.</param>
/// <param name="EscalationPath">To whom the team hands on what it cannot settle, the nearest first.</param>
public sealed record RoutingDecision(
    string Team, Priority Priority, string Reasoning, double Confidence, IReadOnlyList<string> AlternativeTeams, IReadOnlyList<string> EscalationPath);
