using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Generation;

/// <summary>The round trip: what a reader takes from the text is what the message was to disclose, no less and no more.</summary>
internal static class MessageGate
{
    /// <summary>The first thing that the text says otherwise than it was to, or null.</summary>
    public static string? Difference(TicketDraft draft, Reading reading, PolicyDocument policy, RecordFacts names)
    {
        var disclosure = draft.Disclosure;
        if (reading.Conflict is { } conflict)
            return conflict;
        if (!SameRequests(draft, reading, policy))
            return Differs("the request", Requests(reading, policy), string.Join(" and ", draft.Requests.Select(r => r.Name)));
        if (reading.HasThread != disclosure.Thread)
            return Differs("an earlier message", reading.HasThread ? "there" : null, disclosure.Thread ? "there" : null);
        if (Days(reading) != disclosure.StatedDays)
            return Differs("the days since the order", Text(Days(reading)), Text(disclosure.StatedDays));
        if (disclosure.PretendedDays is not null && reading.StatedBands.Count > 1)
            return "the order date is stated more than once";
        if (!string.Equals(reading.OrderNumber, disclosure.WrittenOrderNumber, StringComparison.OrdinalIgnoreCase))
            return Differs("the order number", reading.OrderNumber, disclosure.WrittenOrderNumber);
        if (reading.Product != disclosure.NamedProduct?.Id)
            return Differs("the product", reading.Product?.ToString(), disclosure.NamedProduct?.Id.ToString());
        if (reading.Target != draft.Target?.Id)
            return Differs("the product wanted in exchange", reading.Target?.ToString(), draft.Target?.Id.ToString());

        foreach (var fact in policy.Facts)
        {
            if (fact.Source != FactSource.Customer || fact.Index == names.Request)
                continue;
            var said = (disclosure.States >> fact.Index & 1) != 0 ? draft.Truth[fact.Index] : (long?)null;
            var heard = fact.Type == FactType.Money
                ? draft.HasClaim(fact.Index) ? reading.Amount?.Cents : null
                : reading.Value(fact.Index);
            if (heard != said)
                return Differs($"the claim '{fact.Name}'", Text(heard), Text(said));

            string? Text(long? value) => value is { } stated ? Values.Format(stated, fact.Type, policy.Symbols) : null;
        }

        return null;
    }

    private static bool SameRequests(TicketDraft draft, Reading reading, PolicyDocument policy) =>
        reading.RequestCount == draft.Requests.Length
        && policy.Requests[reading.Request] == draft.Requests[0]
        && (draft.Requests.Length == 1 || policy.Requests[reading.SecondRequest] == draft.Requests[1]);

    /// <summary>The days since the order that agree with all that a text says; null when it says nothing.</summary>
    public static Bounds? Days(Reading reading) => reading.StatedDays is { } days ? new Bounds(days.From, days.To) : null;

    private static string Differs(string what, string? read, string? meant) => $"{what} is read as {read ?? "not stated"}, and was to be {meant ?? "not stated"}";

    private static string? Text(Bounds? days) => days is { } band ? $"{band.From} to {band.To}" : null;

    private static string? Requests(Reading reading, PolicyDocument policy) => reading.RequestCount switch
    {
        0 => null,
        1 => policy.Requests[reading.Request].Name,
        _ => $"{policy.Requests[reading.Request].Name} and {policy.Requests[reading.SecondRequest].Name}",
    };
}
