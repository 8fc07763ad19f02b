using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Generation;

/// <summary>The round trip: what a reader takes from the text is what the message was to disclose, no less and no more.</summary>
internal static class MessageGate
{
    public static bool Passes(TicketDraft draft, Reading reading, PolicyDocument policy, RecordFacts names)
    {
        var disclosure = draft.Disclosure;
        if (reading.Conflict is not null || reading.RequestCount != 1 || policy.Requests[reading.Request].Symbol != draft.Scenario.Request.Symbol)
            return false;
        if (!string.Equals(reading.OrderNumber, disclosure.WrittenOrderNumber, StringComparison.OrdinalIgnoreCase))
            return false;
        if (reading.Product != (disclosure.Product == "named" ? draft.Product?.Id : null) || reading.Target != draft.Target?.Id)
            return false;

        foreach (var fact in policy.Facts)
        {
            if (fact.Source != FactSource.Customer || fact.Index == names.Request)
                continue;
            var said = (disclosure.States >> fact.Index & 1) != 0;
            var heard = fact.Type == FactType.Money
                ? IsClaimOf(draft, fact.Index) ? reading.Amount?.Cents : null
                : reading.Value(fact.Index);
            if (heard != (said ? draft.Truth[fact.Index] : null))
                return false;
        }

        return true;
    }

    private static bool IsClaimOf(TicketDraft draft, int fact) => Array.Exists(draft.Scenario.Request.Claims, c => c.Fact == fact);
}
