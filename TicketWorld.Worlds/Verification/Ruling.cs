using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Verification;

/// <summary>An action that a compliant resolution holds.</summary>
/// <param name="Clauses">Clauses that demand it, strongest first.</param>
public sealed record ExpectedAction(string Type, Money Value, string[] Clauses, KeyValuePair<string, string>[] Details)
{
    /// <summary>Whether it hands the case to a person.</summary>
    internal bool IsEscalation { get; init; }

    /// <summary>Whether both do the same, whatever clauses demand it.</summary>
    internal bool DoesLike(ExpectedAction other) =>
        Type == other.Type && Value == other.Value && Details.AsSpan().SequenceEqual(other.Details);
}

/// <summary>What is left when every resolution that some clause forbids is taken away.</summary>
/// <param name="Classes">Resolutions left that differ in actions, values or escalation; 1 when the case is decided.</param>
/// <param name="Problem">Why there is not exactly one, or null.</param>
/// <param name="Firing">Clauses that fire, a bit for each index in the policy (64 and more left out); for analysis.</param>
internal sealed record Ruling(
    int Classes,
    string? Problem,
    ExpectedAction[] Actions,
    string[] References,
    bool Escalates,
    string Outcome,
    string Priority,
    string[] AskFor,
    ulong Firing)
{
    /// <summary>Whether a fee of more than nothing stands.</summary>
    public bool HasFee { get; init; }

    /// <summary>A ruling that is none.</summary>
    public static Ruling Open(int classes, string problem, ulong firing) =>
        new(classes, problem, [], [], Escalates: false, "", "", [], firing);

    /// <summary>Whether both tell the customer the same, whatever clauses they cite.</summary>
    public bool AnswersLike(Ruling other) => Problem is not null || other.Problem is not null
        ? Problem == other.Problem
        : (Escalates, Outcome, Priority) == (other.Escalates, other.Outcome, other.Priority)
            && Actions.Length == other.Actions.Length
            && Actions.Zip(other.Actions).All(pair => pair.First.DoesLike(pair.Second));
}
