using TicketWorld.Grains.Tickets;

namespace TicketWorld.Grains.Customers;

/// <inheritdoc cref="ICustomerGrain"/>
internal sealed class CustomerGrain([PersistentState("customer")] IPersistentState<CustomerState> stored) : Grain, ICustomerGrain
{
    public Task TicketChanged(CustomerTicket ticket)
    {
        var (batchId, customerId) = Names();
        var tickets = stored.State.Tickets;
        if (tickets.TryGetValue(ticket.TicketId, out var known) && known.Revision >= ticket.Revision)
            return Task.CompletedTask;
        tickets[ticket.TicketId] = ticket;
        var finished = tickets.Values.Count(t => TicketStatusRules.IsFinished(t.Status));
        Stage("upsert_customer", new
        {
            batch_id = batchId,
            customer_id = customerId,
            email = ticket.CustomerEmail,
            open_tickets = tickets.Count - finished,
            finished_tickets = finished,
            updated_at = tickets.Values.Max(t => t.UpdatedAt).ToUnixTimeMilliseconds(),
        });
        return Task.CompletedTask;
    }

    public Task<CustomerView> View()
    {
        var (batchId, customerId) = Names();
        var tickets = stored.State.Tickets.Values;
        return Task.FromResult(new CustomerView(
            batchId,
            customerId,
            [.. tickets.Where(t => !TicketStatusRules.IsFinished(t.Status)).OrderBy(t => t.UpdatedAt).ThenBy(t => t.TicketId, StringComparer.Ordinal)],
            tickets.Count(t => TicketStatusRules.IsFinished(t.Status))));
    }

    private (string BatchId, string CustomerId) Names()
    {
        var slash = Key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < Key.Length - 1
            ? (Key[..slash], Key[(slash + 1)..])
            : throw new GrainCallException("invalid_customer", $"The customer key '{Key}' is not batch/customer-id, such as b1/CUST-0001.");
    }
}

/// <summary>What a customer grain remembers.</summary>
internal sealed class CustomerState
{
    public Dictionary<string, CustomerTicket> Tickets { get; set; } = new(StringComparer.Ordinal);
}
