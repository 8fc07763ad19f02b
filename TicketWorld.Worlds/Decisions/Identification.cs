using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Decisions;

/// <summary>What the customer discloses of who and what the message is about.</summary>
/// <param name="OrderNumber">The order number as written, or null.</param>
/// <param name="Product">The product named, or null.</param>
/// <param name="SignedName">The full name that the message carries, or null.</param>
public readonly record struct Disclosed(string Sender, string? OrderNumber, ProductId? Product, string? SignedName, DateTime At);

/// <summary>Who and what a message is about, as far as the records tell.</summary>
/// <param name="Line">Index of the order line, or -1.</param>
/// <param name="Missing">What has to be asked for: customer, order_number, product, or null when all is identified.</param>
public readonly record struct Identified(CustomerLookup Lookup, Customer? Customer, Order? Order, int Line, Product? Product, string? Missing);

/// <summary>Finds customer, order, line and product from what a message discloses, in the order that docs/policy.md gives.</summary>
public static class Identification
{
    public static Identified Find(RecordBook book, RequestSubject subject, in Disclosed disclosed)
    {
        var (customer, method) = FindCustomer(book, disclosed);
        if (customer is null)
            return new(new CustomerLookup("not_found", null, "none", subject is RequestSubject.None or RequestSubject.Product ? "not_needed" : "not_found", [], $"No customer has the address {disclosed.Sender}."), null, null, -1, subject == RequestSubject.Product ? Named(book, disclosed) : null, "customer");

        if (subject is RequestSubject.None or RequestSubject.Product)
        {
            var named = subject == RequestSubject.Product ? Named(book, disclosed) : null;
            var lookup = Found(customer, method, "not_needed");
            return new(lookup, customer, null, -1, named, subject == RequestSubject.Product && named is null ? "product" : null);
        }

        var (order, orderMethod, candidates) = FindOrder(book, customer, disclosed);
        if (order is null)
        {
            var notes = candidates.Length > 1 ? $"{candidates.Length} orders of the customer fit." : "No order of the customer fits.";
            var lookup = new CustomerLookup("found", customer.Id, method, candidates.Length > 1 ? "ambiguous" : "not_found", candidates, notes);
            return new(lookup, customer, null, -1, null, "order_number");
        }

        var found = Found(customer, method, orderMethod);
        if (subject == RequestSubject.Order)
            return new(found, customer, order, -1, null, null);

        var line = FindLine(order, disclosed.Product);
        return line < 0
            ? new(found, customer, order, -1, null, "product")
            : new(found, customer, order, line, book.Product(order.Items[line].Product), null);
    }

    private static Product? Named(RecordBook book, in Disclosed disclosed) => disclosed.Product is { } id ? book.Product(id) : null;

    private static (Customer? Customer, string Method) FindCustomer(RecordBook book, in Disclosed disclosed)
    {
        if (book.CustomerByEmail(disclosed.Sender) is { } known)
            return (known.Customer, known.IsAlternate ? "alternate_email" : "primary_email");
        if (disclosed.OrderNumber is { } number && OrderId.TryParse(number, out var id) && book.Order(id) is { } order
            && book.Customer(order.Customer) is { } owner && string.Equals(disclosed.SignedName, owner.Name, StringComparison.OrdinalIgnoreCase))
        {
            return (owner, "order_number");
        }

        return (null, "none");
    }

    private static (Order? Order, string Method, OrderId[] Candidates) FindOrder(RecordBook book, Customer customer, in Disclosed disclosed)
    {
        var written = disclosed.OrderNumber;
        Order? only = null;
        List<OrderId>? several = null;
        Span<char> id = stackalloc char[32];
        foreach (var order in book.OrdersOf(customer.Id))
        {
            if (order.OrderedAt > disclosed.At)
                continue;
            if (written is not null)
            {
                order.Id.TryFormat(id, out var length);
                if (written.AsSpan().SequenceEqual(id[..length]))
                    return (order, "order_number", []);
                if (!EditDistance.IsWithin(written, id[..length], 2))
                    continue;
            }

            if (disclosed.Product is { } product && FindLine(order, product) < 0)
                continue;
            if (only is null)
            {
                only = order;
                continue;
            }

            several ??= [only.Id];
            several.Add(order.Id);
        }

        if (several is not null)
            return (null, "ambiguous", [.. several]);
        var method = written is not null ? "corrected_order_number" : disclosed.Product is not null ? "product" : "only_order";
        return (only, method, []);
    }

    private static int FindLine(Order order, ProductId? product)
    {
        if (product is null)
            return order.Items.Length == 1 ? 0 : -1;
        var found = -1;
        for (var i = 0; i < order.Items.Length; i++)
        {
            if (order.Items[i].Product != product)
                continue;
            if (found >= 0)
                return -1;
            found = i;
        }

        return found;
    }

    private static CustomerLookup Found(Customer customer, string method, string orderMethod) =>
        new("found", customer.Id, method, orderMethod, [], Notes(method, orderMethod));

    private static string Notes(string method, string orderMethod)
    {
        var who = method switch
        {
            "primary_email" => "The sender's address is the account's address.",
            "alternate_email" => "The sender's address is the account's second address.",
            _ => "The sender's address is unknown; order number and name agree with the account.",
        };
        var what = orderMethod switch
        {
            "order_number" => " The order number is exact.",
            "corrected_order_number" => " The order number is misspelled; one order of the customer is close to it.",
            "product" => " One order of the customer holds the product.",
            "only_order" => " The customer has placed one order.",
            _ => "",
        };
        return who + what;
    }
}
