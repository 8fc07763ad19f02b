namespace TicketWorld.Grains.Batches;

/// <summary>What a batch shall hold. The defaults are those of the command line, and equal values give equal bytes.</summary>
public sealed record BatchRequest
{
    public string Pack { get; init; } = "technest";

    public int Tickets { get; init; } = 100;

    public int Customers { get; init; } = 50;

    public int Products { get; init; } = 35;

    public int Orders { get; init; } = 70;

    public ulong Seed { get; init; } = 1;

    /// <summary>The world's clock.</summary>
    public DateOnly AsOf { get; init; } = new(2026, 2, 15);

    /// <summary>Null takes the pack's company.</summary>
    public string? CompanyName { get; init; }

    /// <summary>Whether tickets carry the keys that begin with an underscore: scenario, analysis, facts, proof.</summary>
    public bool Debug { get; init; } = true;
}
