using TicketWorld.Grains.Tickets;

namespace TicketWorld.Grains.Customers;

/// <inheritdoc cref="IAnonymousGrain"/>
internal sealed class AnonymousGrain([PersistentState("tickets")] IPersistentState<OpenTickets> stored, Submission submission) : Grain, IAnonymousGrain
{
    public async Task<SubmitReceipt> Submit(SubmittedTicket ticket)
    {
        var received = submission.Take(stored.State, ticket, Turn.Now);
        await Grains.GetGrain<ITicketGrain>(TicketKey.OfDesk(ticket.TicketId).ToString(), Submission.Send).Receive(received);
        return new(ticket.TicketId, received.Duplicate);
    }

    public Task TicketChanged(CustomerTicket ticket)
    {
        stored.State.Change(ticket);
        return Task.CompletedTask;
    }
}
