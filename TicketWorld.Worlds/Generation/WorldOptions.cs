using System.Globalization;

namespace TicketWorld.Worlds.Generation;

/// <summary>What cannot be done, with a stable code, the option at fault and the remedy.</summary>
public sealed class WorldException : Exception
{
    public WorldException(string code, string message, string remedy, string? field = null, string? value = null)
        : base(message)
    {
        Code = code;
        Remedy = remedy;
        Field = field;
        Value = value;
    }

    /// <summary>Stable and in snake_case, for programs.</summary>
    public string Code { get; }

    /// <summary>The option at fault, in snake_case.</summary>
    public string? Field { get; }
    public string? Value { get; }
    public string Remedy { get; }
}

/// <summary>Everything that a world depends on besides the engine's and the pack's version.</summary>
public sealed record WorldOptions
{
    public const int MaximumTickets = 100_000_000;
    public const int MaximumCustomers = 1_000_000;
    public const int MaximumProducts = 20_000;
    public const int MaximumOrders = 5_000_000;

    /// <summary>Name of an embedded pack, or a folder.</summary>
    public string Pack { get; init; } = "technest";
    public int Tickets { get; init; } = 100;
    public int Customers { get; init; } = 50;
    public int Products { get; init; } = 35;
    public int Orders { get; init; } = 70;
    public WorldSeed Seed { get; init; } = 1;

    /// <summary>The world's clock stands at the end of this day, UTC.</summary>
    public DateOnly AsOf { get; init; } = new(2026, 2, 15);

    /// <summary>The company's name in policy and messages; null for the pack's.</summary>
    public string? CompanyName { get; init; }

    /// <summary>Whether tickets carry the <c>_</c> keys: debug metadata and proof.</summary>
    public bool Debug { get; init; } = true;

    /// <summary>Twins to make on top of the tickets: at most one for each ticket of the first block.</summary>
    public int Twins { get; init; }

    /// <summary>Counts of the tickets that were appended later, in order; each is a block with its own streams and quotas.</summary>
    public int[] Appended { get; init; } = [];

    /// <summary>Tickets of all blocks, twins left out.</summary>
    public int AllTickets => Tickets + Appended.Sum();

    /// <summary>Refuses what no world can have.</summary>
    /// <exception cref="WorldException">An option is out of its range.</exception>
    public void Validate()
    {
        Range("tickets", Tickets, MaximumTickets);
        Range("customers", Customers, MaximumCustomers);
        Range("products", Products, MaximumProducts);
        Range("orders", Orders, MaximumOrders);
        if (Twins < 0 || Twins > Tickets)
            throw Invalid("twins", Twins.ToString(CultureInfo.InvariantCulture), $"twins is {Twins}, and there are {Tickets} tickets.", $"Use a number from 0 to {Tickets}.");
        foreach (var count in Appended)
            Range("tickets", count, MaximumTickets);
        if ((long)Tickets + Twins + Appended.Sum(c => (long)c) > MaximumTickets)
            throw Invalid("tickets", (Appended.Length > 0 ? Appended[^1] : Tickets).ToString(CultureInfo.InvariantCulture), "The set would hold more tickets than it may.", $"A set holds at most {MaximumTickets} tickets.");
        if (AsOf < new DateOnly(2000, 1, 1) || AsOf > new DateOnly(2100, 12, 31))
            throw Invalid("as_of", AsOf.ToString("O", CultureInfo.InvariantCulture), $"The date {AsOf:yyyy-MM-dd} is out of range.", "Use a date from 2000-01-01 to 2100-12-31.");
        if (string.IsNullOrWhiteSpace(Pack))
            throw Invalid("pack", Pack, "The pack has no name.", "Name an embedded pack, such as technest, or a folder.");
        if (CompanyName is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > 60 || name.Any(c => char.IsControl(c) || c is '{' or '}' or '<' or '>')))
            throw Invalid("company_name", name, "The company name is empty, longer than 60 characters, or has characters that a name has not.", "Use 1 to 60 letters, digits, spaces and punctuation.");
    }

    private static void Range(string field, int value, int maximum)
    {
        if (value < 1 || value > maximum)
            throw Invalid(field, value.ToString(CultureInfo.InvariantCulture), $"{field} is {value}.", $"Use a number from 1 to {maximum}.");
    }

    private static WorldException Invalid(string field, string value, string message, string remedy) => new("invalid_option", message, remedy, field, value);
}
