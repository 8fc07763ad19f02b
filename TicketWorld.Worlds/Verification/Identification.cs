using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>Who wrote and what is meant, as far as message and records tell.</summary>
/// <param name="Order">The order, when identified.</param>
/// <param name="Line">The line of the order, when identified.</param>
/// <param name="Product">The line's product, or the one that a question about a product names.</param>
/// <param name="Target">The product wanted in exchange, when another one is named.</param>
/// <param name="Missing">What must be asked for: customer, order_number or product; null when all is identified.</param>
internal sealed record Identification(
    Customer? Customer,
    string Method,
    Order? Order,
    string OrderMethod,
    OrderId[] Candidates,
    OrderItem? Line,
    Product? Product,
    Product? Target,
    string? Missing);

/// <summary>Finds customer, order, item and product in the records, in the order that docs/policy.md gives.</summary>
internal sealed class Identifier(RecordBook book)
{
    /// <summary>Edits that a misspelled order number may be away from the right one.</summary>
    private const int MostEdits = 2;

    public Identification Identify(Message message, Reading reading, RequestSubject subject)
    {
        var customer = FindCustomer(message, reading, out var method);
        var needsOrder = subject is RequestSubject.Order or RequestSubject.Item;
        OrderId[] candidates = [];
        Order? order = null;
        var orderMethod = "not_needed";
        if (needsOrder)
        {
            orderMethod = "not_found";
            if (customer is not null)
                order = FindOrder(message, reading, customer, out orderMethod, out candidates);
        }

        var line = order is not null && subject == RequestSubject.Item ? FindLine(order, reading.Product) : null;
        var product = subject switch
        {
            RequestSubject.Item => line is null ? null : book.Product(line.Product),
            RequestSubject.Product => reading.Product is { } named ? book.Product(named) : null,
            _ => null,
        };
        var missing = customer is null ? "customer"
            : needsOrder && order is null ? "order_number"
            : subject is RequestSubject.Item or RequestSubject.Product && product is null ? "product"
            : null;
        var target = reading.Target is { } wanted && wanted != product?.Id ? book.Product(wanted) : null;
        return new Identification(customer, method, order, orderMethod, candidates, line, product, target, missing);
    }

    private Customer? FindCustomer(Message message, Reading reading, out string method)
    {
        if (book.CustomerByEmail(message.Sender) is { } address)
        {
            method = address.IsAlternate ? "alternate_email" : "primary_email";
            return address.Customer;
        }

        if (ExactOrder(reading) is { } order && book.Customer(order.Customer) is { } owner
            && (MessageReader.Mentions(message.Body, owner.Name) || MessageReader.Mentions(message.Subject, owner.Name)))
        {
            method = "order_number";
            return owner;
        }

        method = "none";
        return null;
    }

    private Order? ExactOrder(Reading reading) =>
        reading.OrderNumber is { } text && OrderId.TryParse(text.ToUpperInvariant(), out var id) ? book.Order(id) : null;

    private Order? FindOrder(Message message, Reading reading, Customer customer, out string method, out OrderId[] candidates)
    {
        candidates = [];
        if (ExactOrder(reading) is { } exact && exact.Customer == customer.Id && exact.OrderedAt <= message.Timestamp)
        {
            method = "order_number";
            return exact;
        }

        var number = reading.OrderNumber?.ToUpperInvariant();
        Order? found = null;
        List<Order>? several = null;
        foreach (var order in book.OrdersOf(customer.Id))
        {
            if (order.OrderedAt > message.Timestamp || (reading.Product is { } product && !Holds(order, product)))
                continue;
            if (number is not null && !IsMisspelling(number, order.Id))
                continue;
            if (found is null)
                found = order;
            else
                (several ??= [found]).Add(order);
        }

        if (several is not null)
        {
            method = "ambiguous";
            candidates = [.. several.Select(o => o.Id)];
            return null;
        }

        method = found is null ? "not_found"
            : number is not null ? "corrected_order_number"
            : reading.Product is not null ? "product"
            : "only_order";
        return found;
    }

    private static bool Holds(Order order, ProductId product)
    {
        foreach (var item in order.Items)
        {
            if (item.Product == product)
                return true;
        }

        return false;
    }

    private static OrderItem? FindLine(Order order, ProductId? product)
    {
        OrderItem? found = null;
        foreach (var item in order.Items)
        {
            if (product is { } named && item.Product != named)
                continue;
            if (found is not null)
                return null;
            found = item;
        }

        return found;
    }

    private static bool IsMisspelling(string written, OrderId id)
    {
        var distance = EditDistance.UpTo(written, id.ToString(), MostEdits);
        return distance is > 0 and <= MostEdits;
    }
}
