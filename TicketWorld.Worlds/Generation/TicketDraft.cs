using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Policy;
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

/// <summary>What a message discloses of what its writer knows.</summary>
internal sealed class Disclosure
{
    public string Sender { get; set; } = "primary";

    /// <summary>exact, misspelled, withheld or none.</summary>
    public string OrderNumber { get; set; } = "none";
    public string? WrittenOrderNumber { get; set; }

    /// <summary>named, withheld or none.</summary>
    public string Product { get; set; } = "none";

    /// <summary>Bits of the facts that the message states.</summary>
    public ulong States { get; set; }

    /// <summary>Bits of the facts that the customer knows and does not say.</summary>
    public ulong Withholds { get; set; }
    public int? DaysSinceOrder { get; set; }
}

/// <summary>A ticket with all that is known about it. One is used again and again by one thread.</summary>
internal sealed class TicketDraft
{
    public TicketDraft(PolicyDocument policy)
    {
        Facts = new FactSet(policy);
        Truth = new long[policy.Facts.Length];
    }

    public Message Message { get; set; } = null!;
    public ResolutionPlan Plan { get; set; } = null!;
    public Scenario Scenario { get; set; } = null!;
    public Customer Customer { get; set; } = null!;
    public Order? Order { get; set; }

    /// <summary>Index of the line that the ticket is truly about, or -1.</summary>
    public int Line { get; set; }

    /// <summary>The product that the ticket is truly about, if any.</summary>
    public Product? Product { get; set; }
    public Product? Target { get; set; }
    public int Completeness { get; set; }
    public CompletenessKind Kind { get; set; }
    public string Sentiment { get; set; } = "";
    public string Persona { get; set; } = "";
    public bool IsWhatIf { get; set; }

    /// <summary>True values of the customer's facts, and which of them the case has.</summary>
    public long[] Truth { get; }
    public ulong Known { get; set; }
    public Disclosure Disclosure { get; } = new();
    public FactSet Facts { get; }
    public Identified Who { get; set; }

    /// <summary>Whether the resolution asks for something.</summary>
    public bool Asks { get; set; }
    public Derivation Derivation { get; set; } = null!;
    public int Completions { get; set; }

    /// <summary>Bits of the clauses that apply, or may apply where claims are unknown.</summary>
    public ulong Applicable { get; set; }
}
