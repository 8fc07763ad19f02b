namespace TicketWorld.Worlds.Difficulty.Baselines;

/// <summary>What an agent answers, as far as baselines are judged by it: the outcome and the types of the actions, a question with what it asks for.</summary>
/// <param name="Actions">Types in ordinal order, joined.</param>
internal readonly record struct Answer(string Outcome, string Actions)
{
    public static Answer Of(string outcome, IEnumerable<string> actions) => new(outcome, string.Join(" + ", actions.Order(StringComparer.Ordinal)));

    public static string Action(string type, string? askFor) => askFor is null ? type : $"{type} ({askFor})";
}

/// <summary>A ticket as an agent sees it, with the answer that it is to give.</summary>
/// <param name="Number">Position in the set, from 0.</param>
internal sealed record BaselineTicket(int Number, Records.Message Message, int Level, Answer Gold);

/// <summary>A simple agent. It sees messages, records and policy.</summary>
internal interface IBaselineAgent
{
    string Name { get; }

    string Description { get; }

    /// <summary>Shows a ticket with its right answer, before any is asked for.</summary>
    void Learn(BaselineTicket ticket)
    {
    }

    Answer Solve(BaselineTicket ticket);
}
