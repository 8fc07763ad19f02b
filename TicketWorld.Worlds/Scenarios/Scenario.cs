using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Scenarios;

/// <summary>State that an order has in the database when a scenario fits it.</summary>
public enum OrderState : byte
{
    Delivered,
    Shipped,
    Processing,
}

/// <summary>The clock that a scenario's range is measured on.</summary>
public enum ScenarioClock : byte
{
    DaysSinceDelivery,
    DaysSinceOrder,
    DaysSinceWarrantyEnd,
    MinutesSinceOrder,
}

/// <summary>What product a customer wants in exchange.</summary>
public enum ExchangeTarget : byte
{
    None,
    Same,
    Pricier,
    Cheaper,
}

/// <summary>A range with both ends included.</summary>
public readonly record struct Bounds(long From, long To)
{
    public bool Holds(long value) => value >= From && value <= To;
}

/// <summary>What must be true of an order for a scenario to fit it.</summary>
public sealed record OrderRequirement
{
    public required OrderState State { get; init; }
    public required ScenarioClock Clock { get; init; }
    public required Bounds Range { get; init; }

    /// <summary>Unit price of the item in cents; of the dearest item where the request is about the order.</summary>
    public required Bounds ItemPrice { get; init; }
    public required Bounds OrderTotal { get; init; }

    /// <summary>Month and day (MMDD) of the order date lie in it, or outside of it.</summary>
    public Bounds? Season { get; init; }
    public bool OutsideSeason { get; init; }
    public int? WarrantyDays { get; init; }
    public bool? InStock { get; init; }
    public string[] Categories { get; init; } = [];

    public bool SeasonFits(DateOnly orderDate) =>
        Season is not { } season || season.Holds(orderDate.Month * 100 + orderDate.Day) != OutsideSeason;
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
    public required ScenarioClaim[] Claims { get; init; }

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
    public required int Line { get; init; }
}
