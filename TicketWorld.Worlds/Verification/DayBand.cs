namespace TicketWorld.Worlds.Verification;

/// <summary>How many calendar days ago the order was, as a message states it: least and most, both included.</summary>
public readonly record struct DayBand(int From, int To)
{
    /// <summary>Whether nothing lies in it: two statements that cannot both be true.</summary>
    public bool IsEmpty => From > To;

    public bool Holds(int days) => days >= From && days <= To;

    /// <summary>What lies in both.</summary>
    public DayBand And(DayBand other) => new(Math.Max(From, other.From), Math.Min(To, other.To));
}
