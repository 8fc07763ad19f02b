using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The records of a world and where its tickets find their orders.</summary>
/// <remarks>
/// Orders are made in slots. With at least as many orders as tickets, a keyed permutation gives each ticket its slot, and the
/// order in it is made to fit the ticket; other slots hold orders that no ticket is about. With fewer, orders are made for pairs of
/// scenario and tier, every scenario first, and tickets are dealt the lines that fit. Orders are then numbered by time.
/// </remarks>
internal sealed class WorldTables
{
    private readonly Permutation _slots;
    private readonly int[] _orderOfSlot;
    private readonly byte[] _subjectOfSlot;
    private readonly Scenario[] _scenarios;

    public WorldTables(Pack pack, WorldOptions options, SeedKey key)
    {
        _scenarios = pack.Scenarios;
        Clock = new Clock(options.AsOf, pack.Settings);
        Tiers = pack.People.Tiers;
        Products = ProductMaker.MakeAll(pack.Catalog, options.Products, key);
        ScenarioProducts = new ScenarioProducts(Products, pack.Scenarios);
        var customers = new CustomerMaker(pack.People, options.Customers, key);
        TierOfCustomer = new int[options.Customers];
        for (var index = 0; index < options.Customers; index++)
            TierOfCustomer[index] = customers.TierOf(index);
        CustomerTiers = new CustomerTiers(customers, Tiers.Length, pack.Settings.HeavyCustomers);
        var timelines = new TimelineMaker(Clock, pack.Settings);
        Func<Scenario, int, bool>? pairs = pack.Scenarios.Any(s => s.Tiers.Length > 0) ? (scenario, tier) => scenario.IsFor(Tiers[tier].Name) && customers.CountOf(tier) > 0 : null;
        Plan = new TicketPlan(pack.Settings, pack.Scenarios, s => IsUsable(s, timelines), Tiers, pairs, options.Tickets, key, block: 0);
        SharesOrders = options.Tickets > options.Orders;
        _slots = new Permutation((ulong)options.Orders, key, Seeds.Assignment);
        var unnumbered = MakeOrders(pack, options, timelines, key);
        (var orders, _orderOfSlot) = OrderNumbers.Give(unnumbered, pack.Settings, key);
        _subjectOfSlot = Array.ConvertAll(unnumbered, o => o.Subject);
        Book = new RecordBook(MakeCustomers(customers, orders, options.Customers), Products, orders);
    }

    public Clock Clock { get; }

    public Share[] Tiers { get; }

    public Product[] Products { get; }

    public ScenarioProducts ScenarioProducts { get; }

    public int[] TierOfCustomer { get; }

    public CustomerTiers CustomerTiers { get; }

    /// <summary>The plan of the first block when every ticket has an order of its own.</summary>
    public TicketPlan Plan { get; }

    /// <summary>Whether there are fewer orders than tickets in the first block.</summary>
    public bool SharesOrders { get; }

    public RecordBook Book { get; }

    /// <summary>The line made for a ticket of the first block, when every ticket has an order of its own.</summary>
    public Assignment OwnOrder(int index, Scenario scenario)
    {
        var slot = (int)_slots[(ulong)index];
        return new Assignment(_orderOfSlot[slot], _subjectOfSlot[slot], scenario, IsRepeat: false);
    }

    /// <summary>Whether products, customers (of a tier that may write of it) and days allow an order for a scenario.</summary>
    private bool IsUsable(Scenario scenario, TimelineMaker timelines) => Array.Exists(TierOfCustomer, tier => scenario.IsFor(Tiers[tier].Name)) && (scenario.Order is not { } order
        || (ScenarioProducts.IsUsable(scenario) && timelines.CanReach(order) && (!order.TaxExempt || CustomerTiers.AnyExempt) && Products.Length >= LineMaker.FewestLines(order)));

    private UnnumberedOrder[] MakeOrders(Pack pack, WorldOptions options, TimelineMaker timelines, SeedKey key)
    {
        var purposes = SharesOrders ? SharedPurposes(options.Orders) : null;
        var maker = new OrderMaker(pack.Settings, Products, ScenarioProducts, CustomerTiers, timelines, Clock, key);
        var orders = new UnnumberedOrder[options.Orders];
        try
        {
            Parallel.For(0, (options.Orders + 4095) / 4096, part =>
            {
                for (var slot = part * 4096; slot < Math.Min(orders.Length, (part + 1) * 4096); slot++)
                    orders[slot] = maker.Make(slot, purposes is null ? PurposeOf(slot, options.Tickets) : purposes[_slots[(ulong)slot]]);
            });
        }
        catch (AggregateException e) when (e.InnerException is WorldException first)
        {
            throw new WorldException(first.Code, first.Message, first.Remedy, first.Field, first.Value);
        }

        return orders;
    }

    private OrderPurpose PurposeOf(int slot, int tickets)
    {
        var ticket = _slots.Inverse((ulong)slot);
        return ticket < (ulong)tickets ? PurposeOfTicket((int)ticket) : default;
    }

    private OrderPurpose PurposeOfTicket(int ticket)
    {
        var planned = Plan[ticket];
        var scenario = _scenarios[planned.Scenario];
        return scenario.Order is null ? new OrderPurpose(null, planned.Tier) : new OrderPurpose(scenario, planned.Tier);
    }

    /// <summary>What orders are made for when there are too few: one for every scenario, most needed first, then evenly by scenario and tier.</summary>
    private OrderPurpose[] SharedPurposes(int orders)
    {
        var tiers = Tiers.Length;
        var needed = new int[_scenarios.Length * tiers];
        for (var index = 0; index < Plan.Count; index++)
        {
            var planned = Plan[index];
            if (_scenarios[planned.Scenario].Order is not null)
                needed[planned.Scenario * tiers + planned.Tier]++;
        }

        var given = new int[needed.Length];
        var left = orders;
        var ofScenario = _scenarios.Select(s => needed.AsSpan(s.Index * tiers, tiers).ToArray()).ToArray();
        foreach (var scenario in _scenarios.Where(s => ofScenario[s.Index].Sum() > 0).OrderByDescending(s => ofScenario[s.Index].Sum()).ThenBy(s => s.Index).Take(left))
        {
            given[scenario.Index * tiers + Array.IndexOf(ofScenario[scenario.Index], ofScenario[scenario.Index].Max())]++;
            left--;
        }

        DealEvenly(needed, given, left);
        var purposes = new OrderPurpose[orders];
        var next = 0;
        for (var cell = 0; cell < given.Length; cell++)
        {
            for (var i = 0; i < given[cell]; i++)
                purposes[next++] = new OrderPurpose(_scenarios[cell / tiers], cell % tiers);
        }

        return purposes;
    }

    /// <summary>Deals what is left to cells so that the least served is served first, none above its need.</summary>
    private static void DealEvenly(int[] needed, int[] given, int left)
    {
        for (var level = 1; left > 0; level++)
        {
            var open = Enumerable.Range(0, needed.Length).Where(c => given[c] < level && given[c] < needed[c]).OrderByDescending(c => needed[c]).ThenBy(c => c).Take(left).ToArray();
            if (open.Length == 0 && !needed.Where((n, c) => given[c] < n).Any())
                return;
            foreach (var cell in open)
                given[cell]++;
            left -= open.Length;
        }
    }

    /// <summary>Customers; an account is opened at the latest on the day of its first order.</summary>
    private Customer[] MakeCustomers(CustomerMaker maker, Order[] orders, int count)
    {
        var first = new DateOnly[count];
        Array.Fill(first, Clock.Today);
        foreach (var order in orders)
        {
            if (order.Id.Date < first[order.Customer.Number - 1])
                first[order.Customer.Number - 1] = order.Id.Date;
        }

        var customers = new Customer[count];
        Parallel.For(0, (count + 4095) / 4096, part =>
        {
            for (var index = part * 4096; index < Math.Min(count, (part + 1) * 4096); index++)
                customers[index] = maker.Make(index, Clock.FirstDay, first[index]);
        });
        return customers;
    }
}
