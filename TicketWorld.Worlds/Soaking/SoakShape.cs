using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Soaking;

/// <summary>Options that sets are made with in turn, since what goes wrong may go wrong in some of them only.</summary>
/// <param name="Name">What progress and reports call it.</param>
/// <param name="HasOwnOrders">Whether there is an order for each ticket: only then are the shares promised, and what-ifs the exception.</param>
internal sealed record SoakShape(string Name, bool HasOwnOrders = true)
{
    /// <summary>In their order, from seed to seed; the plain one first.</summary>
    public static IReadOnlyList<SoakShape> All { get; } =
    [
        new("own orders"),
        new("shared orders", HasOwnOrders: false) { TicketsPerOrder = 3 },
        new("twins") { Twins = true },
        new("appended") { Appends = true },
        new("no debug keys") { Debug = false },
        new("too few orders", HasOwnOrders: false) { TicketsPerOrder = 50 },
        new("company name") { Company = "Harbour & Pine Ltd." },
        new("all at once", HasOwnOrders: false) { TicketsPerOrder = 2, Twins = true, Appends = true, Company = "Quill" },
    ];

    private int TicketsPerOrder { get; init; } = 1;

    private bool Twins { get; init; }

    private bool Appends { get; init; }

    private bool Debug { get; init; } = true;

    private string? Company { get; init; }

    /// <summary>The options of a set of this shape, and how many tickets are appended to it: twins and appended tickets count among the tickets.</summary>
    public (WorldOptions Options, int Appended) Options(string pack, ulong seed, int tickets)
    {
        var twins = Twins ? tickets / 10 : 0;
        var appended = Appends ? tickets / 3 : 0;
        var orders = HasOwnOrders ? tickets + (int)(seed % 3) * (tickets / 4) : tickets / TicketsPerOrder + 10;
        return (new WorldOptions
        {
            Pack = pack,
            Seed = seed,
            Tickets = tickets - twins - appended,
            Twins = twins,
            Orders = orders,
            Customers = orders / 3 + 60 + (int)(seed % 7),
            Products = 300 + (int)(seed * 17 % 400),
            CompanyName = Company,
            Debug = Debug,
        }, appended);
    }
}
