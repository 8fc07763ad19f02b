using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Generation;

/// <summary>The round trip: what a reader takes from the text is what the message was to disclose, no less and no more.</summary>
internal static class MessageGate
{
    public static bool Passes(TicketDraft draft, Reading reading, PolicyDocument policy, RecordFacts names)
    {
        var disclosure = draft.Disclosure;
        if (reading.Conflict is not null || !SameRequests(draft, reading, policy) || reading.HasThread != disclosure.Thread || Days(reading) != disclosure.StatedDays
            || (disclosure.PretendedDays is not null && reading.StatedBands.Count > 1))
            return false;
        if (!string.Equals(reading.OrderNumber, disclosure.WrittenOrderNumber, StringComparison.OrdinalIgnoreCase))
            return false;
        if (reading.Product != disclosure.NamedProduct?.Id || reading.Target != draft.Target?.Id)
            return false;

        foreach (var fact in policy.Facts)
        {
            if (fact.Source != FactSource.Customer || fact.Index == names.Request)
                continue;
            var said = (disclosure.States >> fact.Index & 1) != 0;
            var heard = fact.Type == FactType.Money
                ? draft.HasClaim(fact.Index) ? reading.Amount?.Cents : null
                : reading.Value(fact.Index);
            if (heard != (said ? draft.Truth[fact.Index] : null))
                return false;
        }

        return true;
    }

    private static bool SameRequests(TicketDraft draft, Reading reading, PolicyDocument policy) =>
        reading.RequestCount == draft.Requests.Length
        && policy.Requests[reading.Request] == draft.Requests[0]
        && (draft.Requests.Length == 1 || policy.Requests[reading.SecondRequest] == draft.Requests[1]);

    /// <summary>The days since the order that agree with all that a text says; null when it says nothing.</summary>
    public static Bounds? Days(Reading reading) => reading.StatedDays is { } days ? new Bounds(days.From, days.To) : null;
}
