using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification;

/// <summary>The order that a message is about, and how it was found.</summary>
/// <param name="Candidates">The orders that fit when several do.</param>
internal readonly record struct FoundOrder(Order? Order, string Method, OrderId[] Candidates);

/// <summary>Finds the order that a customer means by its number, by a product in it, by being the only one, and among several by when it was placed.</summary>
internal sealed class OrderSearch(RecordBook book)
{
    /// <summary>Edits that a misspelled order number may be away from the right one.</summary>
    private const int MostEdits = 2;

    /// <summary>The order whose number is written exactly, whoever it belongs to.</summary>
    public Order? Exact(Reading reading) =>
        reading.OrderNumber is { } text && OrderId.TryParse(text.ToUpperInvariant(), out var id) ? book.Order(id) : null;

    public FoundOrder Find(Message message, Reading reading, Customer customer)
    {
        if (Exact(reading) is { } exact && exact.Customer == customer.Id && exact.OrderedAt <= message.Timestamp)
            return new FoundOrder(exact, "order_number", []);

        var number = reading.OrderNumber?.ToUpperInvariant();
        Order? found = null;
        List<Order>? several = null;
        foreach (ref readonly var placed in book.GlancesOf(customer.Id))
        {
            if (placed.OrderedAt > message.Timestamp || (reading.Product is { } product && !placed.Holds(product)))
                continue;
            if (number is not null && !IsMisspelling(number, placed.Id))
                continue;
            if (found is null)
                found = placed.Order;
            else
                (several ??= [found]).Add(placed.Order);
        }

        if (several is not null)
            return AmongSeveral(message, reading, several);
        var method = found is null ? "not_found"
            : number is not null ? "corrected_order_number"
            : reading.Product is not null ? "product"
            : "only_order";
        return new FoundOrder(found, method, []);
    }

    private static FoundOrder AmongSeveral(Message message, Reading reading, List<Order> several)
    {
        var left = several;
        if (reading.StatedBands.Count > 0)
            left = several.FindAll(order => IsStated(reading, DaysSince(order, message)));
        if (left is [var one])
            return new FoundOrder(one, "order_date", []);
        return new FoundOrder(null, "ambiguous", [.. (left.Count > 0 ? left : several).Select(o => o.Id)]);
    }

    /// <summary>Calendar days from the order to the message.</summary>
    public static int DaysSince(Order order, Message message) =>
        DateOnly.FromDateTime(message.Timestamp).DayNumber - DateOnly.FromDateTime(order.OrderedAt).DayNumber;

    private static bool IsStated(Reading reading, int days)
    {
        foreach (var band in reading.StatedBands)
        {
            if (!band.Holds(days))
                return false;
        }

        return true;
    }

    private static bool IsMisspelling(string written, OrderId id)
    {
        var distance = EditDistance.UpTo(written, id.ToString(), MostEdits);
        return distance is > 0 and <= MostEdits;
    }
}
