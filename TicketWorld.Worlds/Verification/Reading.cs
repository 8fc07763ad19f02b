using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>What a message says, taken from its text alone. Immutable once read.</summary>
public sealed class Reading
{
    internal Reading(int facts) => Values = new long[facts];

    /// <summary>Why nothing can be decided from the text (two requests, two amounts …), or null.</summary>
    public string? Conflict { get; internal set; }

    /// <summary>Index of the request in the policy, or -1 when the text states none.</summary>
    public int Request { get; internal set; } = -1;

    /// <summary>Facts (by index, a bit each) that the text states in words; amounts are in <see cref="Amount"/>.</summary>
    public ulong Stated { get; internal set; }

    /// <summary>The order number as the customer wrote it, or null.</summary>
    public string? OrderNumber { get; internal set; }

    /// <summary>The product named, or null.</summary>
    public ProductId? Product { get; internal set; }

    /// <summary>The product that a target marker introduces, or null.</summary>
    public ProductId? Target { get; internal set; }

    /// <summary>The one amount of money in the text; null when there is none or there are several.</summary>
    public Money? Amount { get; internal set; }

    /// <summary>Whether the text holds two amounts that differ.</summary>
    public bool AmountsDiffer { get; internal set; }

    /// <summary>Timing phrases found, as indexes into the vocabulary's timing list.</summary>
    public IReadOnlyList<int> Timing => TimingFound ?? [];

    internal List<int>? TimingFound { get; set; }

    internal long[] Values { get; }

    /// <summary>The value that the text states for a fact, or null.</summary>
    public long? Value(int fact) => (Stated >> fact & 1) != 0 ? Values[fact] : null;
}
