using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Generation;

/// <summary>The records of a world and where its tickets find their orders.</summary>
/// <remarks>
/// Orders are made in slots. With at least as many orders as tickets, a keyed permutation gives each ticket its slot, and the
/// order in it is made to fit the ticket; other slots hold orders that no ticket is about. With fewer, the slots go first to
/// tickets whose pair of scenario and tier has none yet, evenly, and the other tickets share. Orders are then numbered by time.
/// </remarks>
internal sealed class WorldTables
{
    private readonly Permutation _slots;
    private readonly Dictionary<int, int>? _slotOfTicket;
    private readonly int[] _orderOfSlot;
    private readonly byte[] _subjectOfSlot;
    private readonly Scenario[] _scenarios;

    public WorldTables(Pack pack, WorldOptions options, ulong key)
    {
        _scenarios = pack.Scenarios;
        Clock = new Clock(options.AsOf, pack.Settings);
        Tiers = CustomerMaker.Tiers(pack.People);
        Products = ProductMaker.MakeAll(pack.Catalog, options.Products, key);
        ScenarioProducts = new ScenarioProducts(Products, pack.Scenarios);
        var customers = new CustomerMaker(pack.People, options.Customers, key);
        TierOfCustomer = new int[options.Customers];
        for (var index = 0; index < options.Customers; index++)
            TierOfCustomer[index] = customers.TierOf(index);
        CustomerTiers = new CustomerTiers(TierOfCustomer, Tiers.Length);
        Plan = new TicketPlan(pack.Settings, pack.Scenarios, ScenarioProducts.IsUsable, Tiers, options.Tickets, key, block: 0);

        _slots = new Permutation((ulong)options.Orders, key, Seeds.Assignment);
        _slotOfTicket = options.Tickets > options.Orders ? OwnSlots(options.Orders) : null;
        var unnumbered = MakeOrders(pack, options, key);
        (var orders, _orderOfSlot) = Number(unnumbered, pack, key);
        _subjectOfSlot = Array.ConvertAll(unnumbered, o => o.Subject);
        Book = new RecordBook(MakeCustomers(customers, orders, options.Customers), Products, orders);
    }

    public Clock Clock { get; }

    public Share[] Tiers { get; }

    public Product[] Products { get; }

    public ScenarioProducts ScenarioProducts { get; }

    public int[] TierOfCustomer { get; }

    public CustomerTiers CustomerTiers { get; }

    public TicketPlan Plan { get; }

    public RecordBook Book { get; }

    /// <summary>Whether an order was made for a ticket of the first block.</summary>
    public bool HasOwnOrder(int index) => _slotOfTicket is null || _slotOfTicket.ContainsKey(index);

    /// <summary>The line made for a ticket of the first block that has its own order.</summary>
    public Assignment OwnOrder(int index, Scenario scenario)
    {
        var slot = _slotOfTicket is null ? (int)_slots[(ulong)index] : _slotOfTicket[index];
        return new Assignment(_orderOfSlot[slot], _subjectOfSlot[slot], scenario, IsRepeat: false);
    }

    private Dictionary<int, int> OwnSlots(int orders)
    {
        var cells = _scenarios.Length * Tiers.Length;
        var needed = new int[cells];
        for (var index = 0; index < Plan.Count; index++)
        {
            if (CellOf(index) is var cell and >= 0)
                needed[cell]++;
        }

        var given = Even(needed, orders);
        var own = new Dictionary<int, int>();
        for (var index = 0; index < Plan.Count && own.Count < orders; index++)
        {
            if (CellOf(index) is not (var cell and >= 0) || given[cell] == 0)
                continue;
            given[cell]--;
            own[index] = (int)_slots[(ulong)own.Count];
        }

        return own;
    }

    private int CellOf(int index)
    {
        var planned = Plan[index];
        return _scenarios[planned.Scenario].Order is null ? -1 : planned.Scenario * Tiers.Length + planned.Tier;
    }

    /// <summary>Deals a total to cells so that the least served is served first, none above its need.</summary>
    private static int[] Even(int[] needed, int total)
    {
        var given = new int[needed.Length];
        while (total > 0)
        {
            var open = Enumerable.Range(0, needed.Length).Where(c => given[c] < needed[c]).OrderByDescending(c => needed[c]).ToArray();
            if (open.Length == 0)
                break;
            var each = Math.Max(1, total / open.Length);
            foreach (var cell in open)
            {
                var more = Math.Min(Math.Min(each, needed[cell] - given[cell]), total);
                given[cell] += more;
                total -= more;
            }
        }

        return given;
    }

    private UnnumberedOrder[] MakeOrders(Pack pack, WorldOptions options, ulong key)
    {
        var purposes = PurposesOfSharedSlots(options.Orders);
        var maker = new OrderMaker(pack.Settings, Products, ScenarioProducts, CustomerTiers, Clock, key);
        var orders = new UnnumberedOrder[options.Orders];
        try
        {
            Parallel.For(0, (options.Orders + 4095) / 4096, part =>
            {
                for (var slot = part * 4096; slot < Math.Min(orders.Length, (part + 1) * 4096); slot++)
                    orders[slot] = maker.Make(slot, purposes is null ? PurposeOf(slot, options.Tickets) : purposes.GetValueOrDefault(slot));
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

    private Dictionary<int, OrderPurpose>? PurposesOfSharedSlots(int orders)
    {
        if (_slotOfTicket is null)
            return null;
        var purposes = new Dictionary<int, OrderPurpose>(orders);
        foreach (var (ticket, slot) in _slotOfTicket)
            purposes[slot] = PurposeOfTicket(ticket);
        return purposes;
    }

    private static (Order[] Orders, int[] OrderOfSlot) Number(UnnumberedOrder[] unnumbered, Pack pack, ulong key)
    {
        var keys = Array.ConvertAll(unnumbered, o => o.Timeline.Ordered.Ticks);
        var slots = Enumerable.Range(0, unnumbered.Length).ToArray();
        var ties = new long[unnumbered.Length];
        for (var i = 0; i < ties.Length; i++)
            ties[i] = keys[i] / TimeSpan.TicksPerSecond * 8_388_608 + i;
        Array.Sort(ties, slots);

        var orders = new Order[unnumbered.Length];
        var orderOfSlot = new int[unnumbered.Length];
        var tracking = new Permutation(1_000_000_000_000, key, Seeds.Tracking);
        for (var rank = 0; rank < orders.Length; rank++)
        {
            var made = unnumbered[slots[rank]];
            orderOfSlot[slots[rank]] = rank;
            var total = 0L;
            foreach (var item in made.Items)
                total += item.Amount.Cents;
            orders[rank] = new Order
            {
                Id = new OrderId(DateOnly.FromDateTime(made.Timeline.Ordered), 1001 + rank),
                Customer = new CustomerId(made.Customer + 1),
                OrderedAt = made.Timeline.Ordered,
                ShippedAt = made.Timeline.Shipped,
                DeliveredAt = made.Timeline.Delivered,
                Items = made.Items,
                ShippingMethod = pack.Settings.ShippingMethods[made.ShippingMethod].Name,
                TrackingNumber = made.Timeline.Shipped is null ? null : $"TRK{tracking[(ulong)rank]:D12}",
                Total = new Quantities.Money(total),
                PaymentMethod = pack.Settings.PaymentMethods[made.PaymentMethod].Name,
                Status = made.Status,
            };
        }

        return (orders, orderOfSlot);
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
