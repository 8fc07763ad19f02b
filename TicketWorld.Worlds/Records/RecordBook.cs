using System.Runtime.InteropServices;

namespace TicketWorld.Worlds.Records;

/// <summary>The records of a shop with the look-ups that support needs. Immutable once built; safe for many readers.</summary>
public sealed class RecordBook
{
    private readonly Dictionary<int, Customer> _customers;
    private readonly Dictionary<int, Product> _products;
    private readonly Dictionary<int, Order> _ordersBySequence;
    private readonly Dictionary<string, CustomerAddress> _byEmail;

    /// <summary>The orders customer by customer, those of one in the order of the file; and where those of each begin, and how many they are.</summary>
    private readonly OrderGlance[] _byCustomer;
    private readonly Dictionary<int, (int First, int Count)> _rangeOfCustomer;

    /// <param name="orders">Orders hold their parcels and payments.</param>
    public RecordBook(IReadOnlyList<Customer> customers, IReadOnlyList<Product> products, IReadOnlyList<Order> orders)
    {
        Customers = customers;
        Products = products;
        Orders = orders;
        _customers = new(customers.Count);
        _byEmail = new(customers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var customer in customers)
        {
            _customers[customer.Id.Number] = customer;
            _byEmail[customer.PrimaryEmail] = new(customer, IsAlternate: false);
        }

        foreach (var customer in customers)
        {
            if (customer.AlternateEmail is { } alternate)
                _byEmail.TryAdd(alternate, new(customer, IsAlternate: true));
        }

        _products = products.ToDictionary(p => p.Id.Number);
        _ordersBySequence = new(orders.Count);
        _rangeOfCustomer = new(Math.Min(customers.Count, orders.Count));
        foreach (var order in orders)
        {
            _ordersBySequence[order.Id.Sequence] = order;
            CollectionsMarshal.GetValueRefOrAddDefault(_rangeOfCustomer, order.Customer.Number, out _).Count++;
        }

        _byCustomer = new OrderGlance[orders.Count];
        var next = 0;
        foreach (var order in orders)
        {
            ref var range = ref CollectionsMarshal.GetValueRefOrNullRef(_rangeOfCustomer, order.Customer.Number);
            if (range.Count > 0)
            {
                // The first order of a customer: its place is taken, and the count begins anew as a negative one.
                range.First = next;
                next += range.Count;
                range.Count = 0;
            }

            _byCustomer[range.First - range.Count] = new OrderGlance(order);
            range.Count--;
        }

        foreach (var customer in _rangeOfCustomer.Keys)
        {
            ref var range = ref CollectionsMarshal.GetValueRefOrNullRef(_rangeOfCustomer, customer);
            range.Count = -range.Count;
        }
    }

    public IReadOnlyList<Customer> Customers { get; }

    public IReadOnlyList<Product> Products { get; }

    public IReadOnlyList<Order> Orders { get; }

    public Customer? Customer(CustomerId id) => _customers.GetValueOrDefault(id.Number);

    public Product? Product(ProductId id) => _products.GetValueOrDefault(id.Number);

    public Order? Order(OrderId id) => _ordersBySequence.TryGetValue(id.Sequence, out var order) && order.Id == id ? order : null;

    /// <summary>The customer to whom an e-mail address belongs, compared without case.</summary>
    public CustomerAddress? CustomerByEmail(string email) => _byEmail.TryGetValue(email, out var found) ? found : null;

    /// <summary>All orders of a customer, in the order of the file.</summary>
    public CustomerOrders OrdersOf(CustomerId customer) =>
        new(_rangeOfCustomer.TryGetValue(customer.Number, out var range) ? new ArraySegment<OrderGlance>(_byCustomer, range.First, range.Count) : ArraySegment<OrderGlance>.Empty);

    /// <summary>The same, for a search among them.</summary>
    public ReadOnlySpan<OrderGlance> GlancesOf(CustomerId customer) =>
        _rangeOfCustomer.TryGetValue(customer.Number, out var range) ? _byCustomer.AsSpan(range.First, range.Count) : [];
}

/// <summary>A customer found by an e-mail address.</summary>
/// <param name="IsAlternate">Whether it is the customer's second address.</param>
public readonly record struct CustomerAddress(Customer Customer, bool IsAlternate);
