using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>How a message tells what it is about.</summary>
internal enum CompletenessKind : byte
{
    Complete,
    MissingOrderNumber,
    MinimalDetails,
    IncorrectInfo,
    WrongEmail,
}

/// <summary>What a message of the kind <see cref="CompletenessKind.IncorrectInfo"/> gets wrong.</summary>
internal enum Misstatement : byte
{
    None,
    OrderNumber,
    OrderDate,
    Product,
}

/// <summary>What a message discloses of what its writer knows.</summary>
internal sealed class Disclosure
{
    public string Sender { get; set; } = "primary";

    /// <summary>exact, misspelled, withheld or none.</summary>
    public string OrderNumber { get; set; } = "none";
    public string? WrittenOrderNumber { get; set; }

    /// <summary>named, misnamed, withheld or none.</summary>
    public string Product { get; set; } = "none";

    /// <summary>The product that the message names; another than the ticket is about where it is misnamed.</summary>
    public Product? NamedProduct { get; set; }

    public Misstatement Misstates { get; set; }

    /// <summary>Whether the message has to say when the order was placed.</summary>
    public bool SaysDate { get; set; }

    /// <summary>The age in days that the customer believes the order to have, where that is wrong.</summary>
    public int? PretendedDays { get; set; }

    /// <summary>The days since the order that agree with all that the message says of the time, once it is written; null when it says nothing of it.</summary>
    public Bounds? StatedDays { get; set; }

    /// <summary>Whether an earlier message stands below, and whether the order number stands in that one alone.</summary>
    public bool Thread { get; set; }
    public bool OrderInThread { get; set; }

    /// <summary>Bits of the facts that the message states.</summary>
    public ulong States { get; set; }

    /// <summary>Bits of the facts that the customer knows and does not say.</summary>
    public ulong Withholds { get; set; }

    /// <summary>stated, misstated, unsaid or none.</summary>
    public string OrderDate(TicketDraft draft) => draft.Order is null ? "none" : StatedDays is null ? "unsaid" : PretendedDays is null ? "stated" : "misstated";
}
