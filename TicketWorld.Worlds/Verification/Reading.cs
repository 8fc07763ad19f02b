using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>What a message says, taken from its text alone. Immutable once read.</summary>
public sealed class Reading
{
    internal Reading(int facts) => Values = new long[facts];

    /// <summary>Why nothing can be decided from the text (three requests, two order numbers …), or null.</summary>
    public string? Conflict { get; internal set; }

    /// <summary>Index in the policy of the first request that the text states, in the policy's order, or -1 when it states none.</summary>
    public int Request { get; internal set; } = -1;

    /// <summary>Index of the other request, or -1. It comes later in the policy than <see cref="Request"/>.</summary>
    public int SecondRequest { get; internal set; } = -1;

    /// <summary>How many requests the text states: 0, 1 or 2.</summary>
    public int RequestCount => Request < 0 ? 0 : SecondRequest < 0 ? 1 : 2;

    /// <summary>Facts (by index, a bit each) that the text states in words; amounts are in <see cref="Amount"/>.</summary>
    public ulong Stated { get; internal set; }

    /// <summary>The order number as the customer wrote it: that of the new text, or else the first in what it quotes; or null.</summary>
    public string? OrderNumber { get; internal set; }

    /// <summary>The product named, or null.</summary>
    public ProductId? Product { get; internal set; }

    /// <summary>The product that a target marker introduces, or null.</summary>
    public ProductId? Target { get; internal set; }

    /// <summary>The one amount of money in the text; null when there is none or there are several.</summary>
    public Money? Amount { get; internal set; }

    /// <summary>Whether the text holds two amounts that differ.</summary>
    public bool AmountsDiffer { get; internal set; }

    /// <summary>Whether the message quotes an earlier one.</summary>
    public bool HasThread { get; internal set; }

    /// <summary>When the order was placed, as each statement of the text has it.</summary>
    public IReadOnlyList<DayBand> StatedBands => BandsFound ?? [];

    /// <summary>The days that agree with every one of <see cref="StatedBands"/>; null when there is none.</summary>
    public DayBand? StatedDays { get; private set; }

    internal List<DayBand>? BandsFound { get; private set; }

    internal long[] Values { get; }

    /// <summary>The weak wordings, by index, that state something else where they are not the request.</summary>
    internal ulong Weak { get; set; }

    /// <summary>The one amount without a sign of the currency; it counts where no amount has one.</summary>
    internal Money? BareAmount { get; set; }

    internal bool BareAmountsDiffer { get; set; }

    /// <summary>The value that the text states for a fact, or null.</summary>
    public long? Value(int fact) => (Stated >> fact & 1) != 0 ? Values[fact] : null;

    internal void Note(DayBand band)
    {
        (BandsFound ??= []).Add(band);
        StatedDays = StatedDays is { } said ? said.And(band) : band;
    }
}
