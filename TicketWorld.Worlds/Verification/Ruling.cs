using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Verification;

/// <summary>An action that a compliant resolution holds.</summary>
/// <param name="Clauses">Clauses that demand it, strongest first.</param>
public sealed record ExpectedAction(string Type, Money Value, string[] Clauses, KeyValuePair<string, string>[] Details)
{
    /// <summary>Whether it hands the case to a person.</summary>
    internal bool IsEscalation { get; init; }

    internal bool IsSame(ExpectedAction other) =>
        Type == other.Type && Value == other.Value && Clauses.AsSpan().SequenceEqual(other.Clauses) && Details.AsSpan().SequenceEqual(other.Details);
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

    /// <summary>Whether both are the same resolution.</summary>
    public bool IsSame(Ruling other)
    {
        if (Problem is not null || other.Problem is not null)
            return Problem == other.Problem;
        if (Escalates != other.Escalates || Outcome != other.Outcome || Priority != other.Priority
            || !References.AsSpan().SequenceEqual(other.References) || Actions.Length != other.Actions.Length)
        {
            return false;
        }

        for (var i = 0; i < Actions.Length; i++)
        {
            if (!Actions[i].IsSame(other.Actions[i]))
                return false;
        }

        return true;
    }
}
