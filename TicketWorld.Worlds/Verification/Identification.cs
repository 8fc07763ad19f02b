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
    string ProductMethod,
    Product? Target,
    string? Missing);

/// <summary>Finds customer, order, item and product in the records, in the order that docs/policy.md gives.</summary>
internal sealed class Identifier(RecordBook book)
{
    private readonly OrderSearch _orders = new(book);

    /// <param name="subject">The stronger subject of the message's requests.</param>
    public Identification Identify(Message message, Reading reading, RequestSubject subject)
    {
        var customer = FindCustomer(message, reading, out var method);
        var needsOrder = subject is RequestSubject.Order or RequestSubject.Item;
        var found = !needsOrder ? new FoundOrder(null, "not_needed", [])
            : customer is null ? new FoundOrder(null, "not_found", [])
            : _orders.Find(message, reading, customer);
        OrderItem? line = null;
        Product? product = null;
        var productMethod = "not_needed";
        if (subject == RequestSubject.Item)
        {
            productMethod = "not_found";
            line = found.Order is { } order ? FindLine(order, reading.Product, out productMethod) : null;
            product = line is null ? null : book.Product(line.Product);
        }
        else if (subject == RequestSubject.Product)
        {
            product = reading.Product is { } named ? book.Product(named) : null;
            productMethod = product is null ? "not_found" : "named";
        }

        var missing = customer is null ? "customer"
            : needsOrder && found.Order is null ? "order_number"
            : subject is RequestSubject.Item or RequestSubject.Product && product is null ? "product"
            : null;
        var target = reading.Target is { } wanted && wanted != product?.Id ? book.Product(wanted) : null;
        return new Identification(customer, method, found.Order, found.Method, found.Candidates, line, product, productMethod, target, missing);
    }

    private Customer? FindCustomer(Message message, Reading reading, out string method)
    {
        if (book.CustomerByEmail(message.Sender) is { } address)
        {
            method = address.IsAlternate ? "alternate_email" : "primary_email";
            return address.Customer;
        }

        if (_orders.Exact(reading) is { } order && book.Customer(order.Customer) is { } owner
            && (MessageReader.Mentions(message.Body, owner.Name) || MessageReader.Mentions(message.Subject, owner.Name)))
        {
            method = "order_number";
            return owner;
        }

        method = "none";
        return null;
    }

    /// <summary>The line with the product named; where none has it, the one line of its category; where none is named, the only line.</summary>
    private OrderItem? FindLine(Order order, ProductId? product, out string method)
    {
        method = "not_found";
        if (product is not { } named)
        {
            if (order.Items is not [var only])
                return null;
            method = "only_line";
            return only;
        }

        var category = book.Product(named)?.Category;
        OrderItem? exact = null;
        OrderItem? similar = null;
        var exacts = 0;
        var similars = 0;
        foreach (var item in order.Items)
        {
            if (item.Product == named)
                (exact, exacts) = (item, exacts + 1);
            if (category is not null && book.Product(item.Product)?.Category == category)
                (similar, similars) = (item, similars + 1);
        }

        if (exacts > 0)
        {
            method = exacts == 1 ? "named" : method;
            return exacts == 1 ? exact : null;
        }

        method = similars == 1 ? "corrected_product" : method;
        return similars == 1 ? similar : null;
    }
}
