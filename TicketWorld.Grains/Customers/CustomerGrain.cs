using TicketWorld.Grains.Tickets;

namespace TicketWorld.Grains.Customers;

/// <inheritdoc cref="ICustomerGrain"/>
internal sealed class CustomerGrain([PersistentState("customer")] IPersistentState<CustomerState> stored) : Grain, ICustomerGrain
{
    public Task TicketChanged(CustomerTicket ticket)
    {
        var tickets = stored.State.Tickets;
        if (!tickets.TryGetValue(ticket.TicketId, out var known) || known.Revision < ticket.Revision)
            tickets[ticket.TicketId] = ticket;
        return Task.CompletedTask;
    }

    public Task<CustomerView> View()
    {
        var slash = Key.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == Key.Length - 1)
            throw new GrainCallException("invalid_customer", $"The customer key '{Key}' is not batch/customer-id, such as b1/CUST-0001.");
        var tickets = stored.State.Tickets.Values;
        return Task.FromResult(new CustomerView(
            Key[..slash],
            Key[(slash + 1)..],
            [.. tickets.Where(t => !TicketStatusRules.IsFinished(t.Status)).OrderBy(t => t.UpdatedAt).ThenBy(t => t.TicketId, StringComparer.Ordinal)],
            tickets.Count(t => TicketStatusRules.IsFinished(t.Status))));
    }
}

/// <summary>What a customer grain remembers.</summary>
internal sealed class CustomerState
{
    public Dictionary<string, CustomerTicket> Tickets { get; set; } = new(StringComparer.Ordinal);
}
