using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation.Twins;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>A ticket with all that is known about it. One is used again and again by one thread.</summary>
internal sealed class TicketDraft(PolicyDocument policy, Resolver resolver)
{
    public Message Message { get; set; } = null!;
    public ResolutionPlan Plan { get; set; } = null!;
    public Scenario Scenario { get; set; } = null!;

    /// <summary>The one or two requests, in the order of the policy.</summary>
    public RequestDefinition[] Requests { get; set; } = [];
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

    /// <summary>The link to the counterpart of a ticket that is a twin or has one.</summary>
    public TwinLink? Twin { get; set; }

    /// <summary>Values of the customer's facts as the customer has them, and which of them the case has. The record may refute one.</summary>
    public long[] Truth { get; init; } = new long[policy.Facts.Length];
    public ulong Known { get; set; }
    public Disclosure Disclosure { get; init; } = new();

    /// <summary>The decided requests.</summary>
    public ReadOnlySpan<RequestCase> Cases => resolver.Cases;
    public Identified Who => resolver.Who;

    /// <summary>Whether the resolution asks for something.</summary>
    public bool Asks => resolver.Asks;

    /// <summary>Whether the policy decides every request.</summary>
    public bool IsDecided => resolver.IsDecided;

    /// <summary>Days from the order to the message; null without an order.</summary>
    public int? DaysSinceOrder => Order is { } order ? DateOnly.FromDateTime(Message.Timestamp).DayNumber - order.Id.Date.DayNumber : null;

    /// <summary>Whether one of the requests depends on the claim.</summary>
    public bool HasClaim(int fact)
    {
        foreach (var request in Requests)
        {
            if (request.HasClaim(fact))
                return true;
        }

        return false;
    }

    public void Know(int fact, long value)
    {
        Truth[fact] = value;
        Known |= 1UL << fact;
    }
}
