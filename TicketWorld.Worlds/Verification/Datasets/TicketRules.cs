using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What a ticket must keep with the records and with itself, apart from its resolution.</summary>
internal sealed class TicketRules(PolicyDocument policy, RecordBook book, DateTime clock)
{
    private const int RandomCharacters = 12;
    private const int MostEdits = 2;

    public void Check(TicketRecord ticket, Reading reading, Verdict verdict, RecordCheck check)
    {
        CheckId(ticket.Message, check);
        if (ticket.Message.Timestamp > clock)
            Report(check, "timestamp", "the time is later than the world's clock", Time(ticket.Message.Timestamp), $"at most {Time(clock)}");
        var customer = CheckCustomer(ticket, check);
        var order = CheckOrder(ticket, customer, check);
        CheckProduct(ticket, order, reading, verdict, check);
        if (reading.Request >= 0)
            CheckSubject(ticket, StrongerSubject(reading), check);
        CheckText(ticket, order, reading, check);
        CheckTruth(ticket, reading, verdict, check);
    }

    private static void CheckId(Message message, RecordCheck check)
    {
        var id = message.TicketId;
        var form = id.Length == 12 + RandomCharacters && id.StartsWith("TK-", StringComparison.Ordinal) && id[11] == '-';
        for (var i = 0; form && i < RandomCharacters; i++)
            form = char.IsAsciiDigit(id[12 + i]) || char.IsAsciiLetterUpper(id[12 + i]);
        if (!form)
            Report(check, "ticket_id", "this is no ticket id", id, "TK-YYYYMMDD- and 12 characters of base 32");
        else
            check.Same(VerificationLayer.Records, "ticket_id", "the id holds the day of the timestamp", id[3..11], message.Timestamp.ToString("yyyyMMdd"));
    }

    private Customer? CheckCustomer(TicketRecord ticket, RecordCheck check)
    {
        if (ticket.Customer is not { } id)
            return null;
        var customer = book.Customer(id);
        if (customer is null)
            Report(check, "customer_id", "there is no such customer", id.ToString(), "a customer of the database");
        else if (book.CustomerByEmail(ticket.Message.Sender) is { } owner && owner.Customer.Id != id)
            Report(check, "customer_email", "the address belongs to another customer", $"{ticket.Message.Sender} ({owner.Customer.Id})", $"an address of {id}, or one that nobody has");
        return customer;
    }

    private Order? CheckOrder(TicketRecord ticket, Customer? customer, RecordCheck check)
    {
        if (ticket.Order is not { } id)
            return null;
        var order = book.Order(id);
        if (order is null)
        {
            Report(check, "order_id", "there is no such order", id.ToString(), "an order of the database");
            return null;
        }

        if (customer is not null && order.Customer != customer.Id)
            Report(check, "order_id", $"the order is of {order.Customer}", id.ToString(), $"an order of {customer.Id}");
        var last = order.OrderedAt;
        Later(order.ShippedAt);
        Later(order.DeliveredAt);
        foreach (var item in order.Items)
        {
            Later(item.SettledAt);
            Later(order.DeliveredAtOf(item));
        }

        foreach (var payment in order.Payments)
        {
            Later(payment.CreatedAt);
            Later(payment.SettledAt);
        }

        if (ticket.Message.Timestamp < last)
            Report(check, "timestamp", $"an event on {id} is later than the ticket", Time(ticket.Message.Timestamp), $"at least {Time(last)}");
        return order;

        void Later(DateTime? time) => last = time > last ? time.Value : last;
    }

    private RequestSubject StrongerSubject(Reading reading)
    {
        var subject = policy.Requests[reading.Request].Subject;
        return reading.SecondRequest >= 0 && policy.Requests[reading.SecondRequest].Subject is var other && other > subject ? other : subject;
    }

    private void CheckProduct(TicketRecord ticket, Order? order, Reading reading, Verdict verdict, RecordCheck check)
    {
        if (ticket.Product is not { } id)
            return;
        if (book.Product(id) is null)
            Report(check, "product_id", "there is no such product", id.ToString(), "a product of the database");
        else if (order is not null && !Array.Exists(order.Items, item => item.Product == id))
            Report(check, "product_id", $"{order.Id} does not hold the product", id.ToString(), "a product of the order");
        else if (reading.Product is { } named && named != id && verdict.ProductMethod == "named")
            Report(check, "product_id", "the message names another product", id.ToString(), named.ToString());
    }

    private static void CheckSubject(TicketRecord ticket, RequestSubject subject, RecordCheck check)
    {
        var needsOrder = subject is RequestSubject.Order or RequestSubject.Item;
        if (ticket.Order is null == needsOrder)
            Report(check, "order_id", $"the subject of the request is {Snake.Name(subject)}", ticket.Order?.ToString() ?? "N/A", needsOrder ? "an order" : "N/A");
        if (ticket.Product is null == subject is RequestSubject.Item or RequestSubject.Product)
            Report(check, "product_id", $"the subject of the request is {Snake.Name(subject)}", ticket.Product?.ToString() ?? "N/A", "a product exactly when the subject is an item or a product");
    }

    private void CheckText(TicketRecord ticket, Order? order, Reading reading, RecordCheck check)
    {
        // A false date on an order that is found is a discrepancy, which the resolution lists.
        if (order is null && reading.StatedBands.Count > 0)
            Report(check, "body", "the text says when an order was placed, and there is none", $"{reading.StatedBands[0].From} to {reading.StatedBands[0].To} days ago", "nothing about an order");
        if (reading.OrderNumber is not { } written || order is null || written.Equals(order.Id.ToString(), StringComparison.OrdinalIgnoreCase))
            return;
        if (OrderId.TryParse(written.ToUpperInvariant(), out var other) && book.Order(other) is not null)
            Report(check, "body", "the order number in the text is another order's", written, order.Id.ToString());
        else if (EditDistance.UpTo(written.ToUpperInvariant(), order.Id.ToString(), MostEdits) > MostEdits)
            Report(check, "body", "the order number in the text is no misspelling of the ticket's", written, order.Id.ToString());
    }

    /// <summary>What can be identified from the message is what the ticket is truly about.</summary>
    private static void CheckTruth(TicketRecord ticket, Reading reading, Verdict verdict, RecordCheck check)
    {
        if (verdict.Customer is { } customer && ticket.Customer is { } trueCustomer && customer != trueCustomer)
            Report(check, "customer_id", "the message leads to another customer", trueCustomer.ToString(), customer.ToString());
        if (verdict.Order is { } order && ticket.Order is { } trueOrder && order.Id != trueOrder)
            Report(check, "order_id", "the message leads to another order", trueOrder.ToString(), order.Id.ToString());
        if (verdict.CandidateOrders.Count > 0 && ticket.Order is { } hidden && !verdict.CandidateOrders.Contains(hidden) && IsDateTrue(ticket, hidden, reading))
            Report(check, "order_id", "the order is not among those that fit the message", hidden.ToString(), string.Join(", ", verdict.CandidateOrders));
        if (verdict.Product is { } product && ticket.Product is { } trueProduct && product != trueProduct)
            Report(check, "product_id", "the message leads to another product", trueProduct.ToString(), product.ToString());
    }

    private static bool IsDateTrue(TicketRecord ticket, OrderId order, Reading reading)
    {
        var days = DateOnly.FromDateTime(ticket.Message.Timestamp).DayNumber - order.Date.DayNumber;
        return reading.StatedBands.All(band => band.Holds(days));
    }

    private static void Report(RecordCheck check, string field, string problem, string found, string expected) =>
        check.Add(VerificationLayer.Records, field, problem, found, expected);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
