using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Difficulty.Baselines;

/// <summary>Applies the whole policy with all its relations to what is written: it finds nothing that is not given exactly, and believes every claim.</summary>
internal sealed class ByTheBookAgent(PolicyDocument policy, MessageReader reader, RecordBook book, Adjudicator adjudicator) : IBaselineAgent
{
    private readonly LiteralLookup _lookup = new(policy, book);

    public string Name => "by_the_book";

    public string Description => "the full policy, without repair of lookups or claims";

    public Answer Solve(BaselineTicket ticket)
    {
        var reading = reader.Read(ticket.Message);
        if (reading.Request < 0)
            return default;
        RequestDefinition[] requests = reading.SecondRequest < 0 ? [policy.Requests[reading.Request]] : [policy.Requests[reading.Request], policy.Requests[reading.SecondRequest]];
        var who = _lookup.Find(ticket.Message, reading, requests.Max(r => r.Subject));
        var cases = new Case[requests.Length];
        for (var i = 0; i < cases.Length; i++)
        {
            if (_lookup.Facts(requests[i], ticket.Message, reading, who) is not { } facts)
                return default;
            cases[i] = facts;
        }

        var ruling = adjudicator.Judge(cases, who.Missing);
        return Answer.Of(ruling.Outcome, ruling.Actions.Select(a => Answer.Action(a.Type, ruling.AskFor.Length > 0 ? string.Join(", ", ruling.AskFor) : null)));
    }
}
