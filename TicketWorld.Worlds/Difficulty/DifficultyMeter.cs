using System.Numerics;
using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Difficulty;

/// <summary>Measures the difficulty of tickets. Immutable; allocates nothing for a ticket.</summary>
internal sealed class DifficultyMeter
{
    private const int NearDays = 14;
    private const int NearNumbers = 10;

    private static readonly string[] PaymentFacts =
        ["charged_total", "charge_count", "overcharge", "failed_charge", "refund_state", "refund_amount", "days_since_refund", "refunded_total"];

    private readonly RecordBook _book;
    private readonly ulong _clarification;

    /// <summary>Bits of the clauses that read what was paid.</summary>
    private readonly ulong _readPayments;

    public DifficultyMeter(PolicyDocument policy, RecordBook book)
    {
        _book = book;
        _clarification = 1UL << policy.ClarificationClause;
        ulong payments = 0;
        foreach (var name in PaymentFacts)
            payments |= policy.FactsByName.TryGetValue(name, out var fact) ? 1UL << fact.Index : 0;
        foreach (var clause in policy.Clauses)
            _readPayments |= (ClauseFacts.Of(clause) & payments) != 0 ? 1UL << clause.Index : 0;
    }

    public TicketDifficulty Of(TicketDraft draft)
    {
        var acting = 0;
        ulong spoken = 0;
        ulong cited = 0;
        ulong acted = draft.Asks ? _clarification : 0;
        foreach (var request in draft.Cases)
        {
            spoken |= request.Applicable;
            if (draft.Asks)
                continue;
            cited |= request.Derivation.References;
            var with = Acting(request.Derivation);
            acted |= with;
            acting += BitOperations.PopCount(with);
            foreach (var by in request.Derivation.ModifiedBy)
                acting += by >= 0 ? 1 : 0;
        }

        var lookup = draft.Plan.Lookup;
        var searches = lookup.OrderMethod is "corrected_order_number" or "product" or "only_order" or "order_date";
        var lookups = (lookup.Method is "alternate_email" or "order_number" ? 1 : 0)
            + (searches ? 1 : 0)
            + (lookup.ProductMethod is "only_line" or "corrected_product" ? 1 : 0)
            + ((cited & _readPayments) != 0 ? 1 : 0);
        return new TicketDifficulty(lookups, Math.Max(0, acting - 1), BitOperations.PopCount(spoken & ~acted), OtherOrders(draft), Gaps(draft), searches);
    }

    private static ulong Acting(Derivation derivation)
    {
        ulong bits = 0;
        for (var index = 0; index < derivation.Status.Length; index++)
            bits |= derivation.Status[index] > ClauseStatus.Applicable ? 1UL << index : 0;
        return bits;
    }

    private static int Gaps(TicketDraft draft)
    {
        var disclosure = draft.Disclosure;
        ulong refuted = 0;
        foreach (var claim in draft.Scenario.Refuted)
            refuted |= 1UL << claim.Fact;
        return (disclosure.OrderNumber == "withheld" ? 1 : 0)
            + (disclosure.Product == "withheld" ? 1 : 0)
            + BitOperations.PopCount(disclosure.Withholds)
            + (disclosure.Misstates != Misstatement.None ? 1 : 0)
            + BitOperations.PopCount(disclosure.States & refuted)
            + draft.Requests.Length - 1
            + (draft.Asks ? 1 : 0);
    }

    private int OtherOrders(TicketDraft draft)
    {
        if (draft.Order is not { } own)
            return 0;
        var product = draft.Scenario.Subject == RequestSubject.Item ? draft.Product?.Id : null;
        var count = 0;
        foreach (ref readonly var other in _book.GlancesOf(draft.Customer.Id))
        {
            if (other.Order != own && other.OrderedAt <= draft.Message.Timestamp)
                count += IsNear(own.Id, other.Id) || (product is { } wanted && other.Holds(wanted)) ? 2 : 1;
        }

        return count;
    }

    private static bool IsNear(OrderId own, OrderId other) =>
        Math.Abs(own.Date.DayNumber - other.Date.DayNumber) <= NearDays || Math.Abs(own.Sequence - other.Sequence) <= NearNumbers;
}
