using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Decisions;

/// <summary>What the customer discloses of who and what the message is about.</summary>
/// <param name="OrderNumber">The order number as written, or null.</param>
/// <param name="Product">The product named, or null.</param>
/// <param name="SignedName">The full name that the message carries, or null.</param>
/// <param name="DaysSinceOrder">The days since the order that agree with everything the message says of the time, or null when it says nothing of it.</param>
public readonly record struct Disclosed(string Sender, string? OrderNumber, ProductId? Product, string? SignedName, DateTime At, Bounds? DaysSinceOrder = null);

/// <summary>Who and what a message is about, as far as the records tell.</summary>
/// <param name="Line">Index of the order line, or -1.</param>
/// <param name="Missing">What has to be asked for: customer, order_number, product, or null when all is identified.</param>
public readonly record struct Identified(CustomerLookup Lookup, Customer? Customer, Order? Order, int Line, Product? Product, string? Missing)
{
    /// <summary>Whether what a request about this subject needs is identified.</summary>
    public bool Suffices(RequestSubject subject) => Missing switch
    {
        null => true,
        "product" => subject is RequestSubject.None or RequestSubject.Order,
        "order_number" => subject is RequestSubject.None,
        _ => false,
    };
}

/// <summary>Finds customer, order, line and product from what a message discloses, in the order that docs/policy.md gives.</summary>
public static class Identification
{
    public static Identified Find(RecordBook book, RequestSubject subject, in Disclosed disclosed)
    {
        var named = subject == RequestSubject.Product && disclosed.Product is { } id ? book.Product(id) : null;
        var productMethod = subject is RequestSubject.None or RequestSubject.Order ? "not_needed" : named is null ? "not_found" : "named";
        var needsOrder = subject is RequestSubject.Order or RequestSubject.Item;
        var (customer, method) = FindCustomer(book, disclosed);
        if (customer is null)
        {
            var unknown = new CustomerLookup("not_found", null, "none", needsOrder ? "not_found" : "not_needed", [], $"No customer has the address {disclosed.Sender}.") { ProductMethod = productMethod };
            return new(unknown, null, null, -1, named, "customer");
        }

        if (!needsOrder)
            return new(Found(customer, method, "not_needed", productMethod), customer, null, -1, named, productMethod == "not_found" ? "product" : null);

        var (order, orderMethod, candidates) = FindOrder(book, customer, disclosed);
        if (order is null)
        {
            var notes = candidates.Length > 1 ? $"{candidates.Length} orders of the customer fit." : "No order of the customer fits.";
            var lookup = new CustomerLookup("found", customer.Id, method, orderMethod, candidates, notes) { ProductMethod = productMethod };
            return new(lookup, customer, null, -1, null, "order_number");
        }

        if (subject == RequestSubject.Order)
            return new(Found(customer, method, orderMethod, productMethod), customer, order, -1, null, null);

        var (line, lineMethod) = FindLine(book, order, disclosed.Product);
        var found = Found(customer, method, orderMethod, lineMethod);
        return line < 0
            ? new(found, customer, order, -1, null, "product")
            : new(found, customer, order, line, book.Product(order.Items[line].Product), null);
    }

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
        List<Order>? several = null;
        Span<char> id = stackalloc char[32];
        foreach (ref readonly var glance in book.GlancesOf(customer.Id))
        {
            if (glance.OrderedAt > disclosed.At)
                continue;
            if (written is not null)
            {
                glance.Id.TryFormat(id, out var length);
                if (written.AsSpan().Equals(id[..length], StringComparison.OrdinalIgnoreCase))
                    return (glance.Order, "order_number", []);
                if (!EditDistance.IsWithin(written, id[..length], 2))
                    continue;
            }

            if (disclosed.Product is { } product && !glance.Holds(product))
                continue;
            if (only is null)
            {
                only = glance.Order;
                continue;
            }

            several ??= [only];
            several.Add(glance.Order);
        }

        if (several is not null)
            return ByDate(several, disclosed);
        if (only is null)
            return (null, "not_found", []);
        return (only, written is not null ? "corrected_order_number" : disclosed.Product is not null ? "product" : "only_order", []);
    }

    /// <summary>The orders of an age that agrees with what the message says of the time; all of them where none does.</summary>
    private static (Order? Order, string Method, OrderId[] Candidates) ByDate(List<Order> several, in Disclosed disclosed)
    {
        if (disclosed.DaysSinceOrder is { } days)
        {
            var today = DateOnly.FromDateTime(disclosed.At).DayNumber;
            var left = several.FindAll(o => days.Holds(today - o.Id.Date.DayNumber));
            if (left.Count == 1)
                return (left[0], "order_date", []);
            if (left.Count > 0)
                several = left;
        }

        return (null, "ambiguous", [.. several.Select(o => o.Id)]);
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

    private static (int Line, string Method) FindLine(RecordBook book, Order order, ProductId? product)
    {
        if (product is not { } named)
            return order.Items.Length == 1 ? (0, "only_line") : (-1, "not_found");
        if (Holds(order, named))
            return Only(order, item => item.Product == named) is >= 0 and var line ? (line, "named") : (-1, "not_found");
        var category = book.Product(named)?.Category;
        return Only(order, item => book.Product(item.Product)?.Category == category) is >= 0 and var near ? (near, "corrected_product") : (-1, "not_found");
    }

    private static int Only(Order order, Func<OrderItem, bool> fits)
    {
        var found = -1;
        for (var i = 0; i < order.Items.Length; i++)
        {
            if (!fits(order.Items[i]))
                continue;
            if (found >= 0)
                return -1;
            found = i;
        }

        return found;
    }

    private static CustomerLookup Found(Customer customer, string method, string orderMethod, string productMethod) =>
        new("found", customer.Id, method, orderMethod, [], Notes(method, orderMethod, productMethod)) { ProductMethod = productMethod };

    private static string Notes(string method, string orderMethod, string productMethod)
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
            "order_date" => " Several orders fit; one was placed when the message says.",
            _ => "",
        };
        return productMethod == "corrected_product" ? who + what + " The product named is not in the order; one line is of its kind." : who + what;
    }
}
