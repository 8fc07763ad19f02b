using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Verification;

/// <summary>What is to be decided: the facts that hold, those that nobody knows, and the amounts at stake.</summary>
internal sealed class Case
{
    public Case(PolicyDocument policy, RequestDefinition request)
    {
        Request = request;
        Values = new long[policy.Facts.Length];
        Set(policy.FactsByName["request"].Index, request.Symbol);
    }

    public RequestDefinition Request { get; }

    /// <summary>Day of the message; decides which clauses are effective.</summary>
    public DateOnly Day { get; init; } = DateOnly.MaxValue;

    public long[] Values { get; }

    /// <summary>Facts that hold a value, a bit each; the others are absent or unknown.</summary>
    public ulong Present { get; private set; }

    /// <summary>Claims that the customer withholds and that silence does not settle.</summary>
    public ulong Unknown { get; private set; }

    /// <summary>Whether all that the request's subject needs is identified.</summary>
    public bool IsIdentified { get; init; } = true;

    /// <summary>Claims that the record answers, a bit each.</summary>
    public ulong Answered { get; set; }

    /// <summary>Price of one unit of the line, or the highest in the order where the subject is the order; else null.</summary>
    public Money? UnitPrice { get; init; }

    public int Quantity { get; init; } = 1;

    public Money? OrderTotal { get; init; }

    /// <summary>The carrier's number at the time of the message, or <c>none</c>.</summary>
    public string TrackingNumber { get; init; } = "none";

    public string OrderStatus { get; init; } = "none";

    /// <summary>The product wanted in exchange, or the line's own.</summary>
    public string TargetProduct { get; init; } = "none";

    /// <summary>States a fact; an index below 0 is a fact that the policy does not have.</summary>
    public void Set(int fact, long? value)
    {
        if (fact < 0 || value is not { } known)
            return;
        Values[fact] = known;
        Present |= 1UL << fact;
    }

    /// <summary>States a fact that is true or not.</summary>
    public void Set(int fact, bool value) => Set(fact, value ? 1 : 0);

    /// <summary>The value of a fact, or null when it is absent or unknown.</summary>
    public long? ValueOf(int fact) => (Present >> fact & 1) != 0 ? Values[fact] : null;

    public void SetUnknown(int fact) => Unknown |= 1UL << fact;
}
