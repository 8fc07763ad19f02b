using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>What product a customer wants in exchange.</summary>
public enum ExchangeTarget : byte
{
    None,
    Same,
    Pricier,
    Cheaper,
}

/// <summary>A claim of the customer in a scenario: the values that may be true, one of which is drawn.</summary>
public sealed record ScenarioClaim(int Fact, long[] Values);

/// <summary>A situation that a customer writes about.</summary>
public sealed record Scenario
{
    public required int Index { get; init; }
    public required string Id { get; init; }
    public required string Group { get; init; }
    public required string TicketType { get; init; }
    public required string Complexity { get; init; }
    public required int Weight { get; init; }
    public required RequestDefinition Request { get; init; }
    public required string Wording { get; init; }

    /// <summary>The second request of the message, or null.</summary>
    public RequestDefinition? Also { get; init; }

    /// <summary>The story in which the second request is told; null where there is none.</summary>
    public string? WordingAlso { get; init; }

    /// <summary>Claims of both requests, which share none.</summary>
    public required ScenarioClaim[] Claims { get; init; }

    /// <summary>What the customer says of claims that the record answers otherwise; each has one value.</summary>
    public ScenarioClaim[] Refuted { get; init; } = [];

    /// <summary>Claims (bits of facts) that a message with minimal details leaves out.</summary>
    public required ulong Withhold { get; init; }

    /// <summary>Claims (bits of facts) that the message never states.</summary>
    public required ulong WithholdAlways { get; init; }
    public required OrderRequirement? Order { get; init; }
    public required ExchangeTarget Target { get; init; }

    /// <summary>Competitor's price as a percentage of the price paid.</summary>
    public required Bounds? CompetitorPercent { get; init; }

    /// <summary>Value in cents of a planned order.</summary>
    public required Bounds? QuotedAmount { get; init; }

    /// <summary>How the policy must decide it when everything is known that the message states.</summary>
    public required string ExpectedOutcome { get; init; }
    public required string[] ExpectedActions { get; init; }

    /// <summary>The clauses that decide somewhere in it, for <c>ticketworld validate</c> to compare; none when it is left to the policy.</summary>
    public int[] ExpectedClauses { get; init; } = [];

    /// <summary>Whether a message that names the product names the right one.</summary>
    public bool NamesExactly { get; init; }

    /// <summary>What is identified for the message: the stronger of the requests' subjects, an item being stronger than an order.</summary>
    public RequestSubject Subject => Also is { } also && also.Subject > Request.Subject ? also.Subject : Request.Subject;

    /// <summary>Whether a request of the message is about the order as a whole.</summary>
    public bool IsAboutOrder => Request.Subject == RequestSubject.Order || Also?.Subject == RequestSubject.Order;
    public required int Line { get; init; }

    /// <summary>Tiers of the customers who may write of it; all when it is empty.</summary>
    public string[] Tiers { get; init; } = [];

    /// <summary>Whether a customer of the tier may write of it.</summary>
    public bool IsFor(string tier) => Tiers.Length == 0 || Array.IndexOf(Tiers, tier) >= 0;

    /// <summary>The one or two requests, in the order of the policy.</summary>
    /// <param name="all">The policy's requests.</param>
    public RequestDefinition[] Requests(RequestDefinition[] all) => [.. all.Where(r => r == Request || r == Also)];
}
