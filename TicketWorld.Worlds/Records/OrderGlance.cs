using System.Collections;

namespace TicketWorld.Worlds.Records;

/// <summary>
/// What a search among a customer's orders looks at. Those of a customer lie side by side in memory, so that the orders
/// that do not fit are passed over without being read.
/// </summary>
public readonly struct OrderGlance
{
    private readonly int _first;
    private readonly int _second;
    private readonly int _third;
    private readonly int _lines;

    public OrderGlance(Order order)
    {
        Order = order;
        Id = order.Id;
        OrderedAt = order.OrderedAt;
        var items = order.Items;
        _lines = items.Length;
        _first = _lines > 0 ? items[0].Product.Number : 0;
        _second = _lines > 1 ? items[1].Product.Number : 0;
        _third = _lines > 2 ? items[2].Product.Number : 0;
    }

    public Order Order { get; }

    public OrderId Id { get; }

    public DateTime OrderedAt { get; }

    /// <summary>Whether a line of the order has the product.</summary>
    public bool Holds(ProductId product)
    {
        var number = product.Number;
        if (number == 0)
            return false;
        if (number == _first || number == _second || number == _third)
            return true;
        for (var line = 3; line < _lines; line++)
        {
            if (Order.Items[line].Product == product)
                return true;
        }

        return false;
    }
}

/// <summary>The orders of one customer, in the order of the file. A view without storage of its own.</summary>
public readonly struct CustomerOrders : IReadOnlyList<Order>
{
    private readonly ArraySegment<OrderGlance> _orders;

    internal CustomerOrders(ArraySegment<OrderGlance> orders) => _orders = orders;

    public int Count => _orders.Count;

    public Order this[int index] => _orders[index].Order;

    public IEnumerator<Order> GetEnumerator()
    {
        foreach (var glance in _orders)
            yield return glance.Order;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
