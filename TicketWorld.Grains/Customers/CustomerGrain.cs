using TicketWorld.Grains.Tickets;

namespace TicketWorld.Grains.Customers;

/// <inheritdoc cref="ICustomerGrain"/>
internal sealed class CustomerGrain([PersistentState("customer")] IPersistentState<OpenTickets> stored, Submission submission) : Grain, ICustomerGrain
{
    public async Task<SubmitReceipt> Submit(SubmittedTicket ticket)
    {
        var received = submission.Take(stored.State, ticket, Turn.Now);
        await Grains.GetGrain<ITicketGrain>(TicketKey.OfDesk(ticket.TicketId).ToString(), Submission.Send).Receive(received);
        StageRow(ticket.CustomerEmail);
        return new(ticket.TicketId, received.Duplicate);
    }

    public Task TicketChanged(CustomerTicket ticket)
    {
        if (stored.State.Change(ticket))
            StageRow(ticket.CustomerEmail);
        return Task.CompletedTask;
    }

    public Task<CustomerView> View()
    {
        var (batchId, customerId) = Names();
        var tickets = stored.State;
        tickets.Upgrade();
        return Task.FromResult(new CustomerView(
            batchId,
            customerId,
            [.. tickets.Known.Select(known => known.Ticket).OrderBy(ticket => ticket.UpdatedAt).ThenBy(ticket => ticket.TicketId, StringComparer.Ordinal)],
            tickets.Finished));
    }

    private void StageRow(string? email)
    {
        var (batchId, customerId) = Names();
        Stage("upsert_customer", new
        {
            batch_id = batchId,
            customer_id = customerId,
            email,
            open_tickets = stored.State.Open,
            finished_tickets = stored.State.Finished,
            updated_at = stored.State.UpdatedAt.ToUnixTimeMilliseconds(),
        });
    }

    private (string BatchId, string CustomerId) Names()
    {
        var slash = Key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < Key.Length - 1
            ? (Key[..slash], Key[(slash + 1)..])
            : throw new GrainCallException("invalid_customer", $"The customer key '{Key}' is not batch/customer-id, such as b1/CUST-0001.");
    }
}
