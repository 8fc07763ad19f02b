namespace TicketWorld.Worlds.Records;

/// <summary>The records of a shop with the look-ups that support needs. Immutable once built; safe for many readers.</summary>
public sealed class RecordBook
{
    private readonly Dictionary<int, Customer> _customers;
    private readonly Dictionary<int, Product> _products;
    private readonly Dictionary<int, Order> _ordersBySequence;
    private readonly Dictionary<string, CustomerAddress> _byEmail;
    private readonly Dictionary<int, List<Order>> _ordersOfCustomer;

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
        _ordersOfCustomer = new(Math.Min(customers.Count, orders.Count));
        foreach (var order in orders)
        {
            _ordersBySequence[order.Id.Sequence] = order;
            if (!_ordersOfCustomer.TryGetValue(order.Customer.Number, out var list))
                _ordersOfCustomer[order.Customer.Number] = list = new(2);
            list.Add(order);
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
    public IReadOnlyList<Order> OrdersOf(CustomerId customer) => _ordersOfCustomer.TryGetValue(customer.Number, out var orders) ? orders : [];
}

/// <summary>A customer found by an e-mail address.</summary>
/// <param name="IsAlternate">Whether it is the customer's second address.</param>
public readonly record struct CustomerAddress(Customer Customer, bool IsAlternate);
