using System.Text.Json;
using TicketWorld.Grains.Customers;

namespace TicketWorld.Grains.Tickets;

/// <inheritdoc cref="ITicketGrain"/>
internal sealed class TicketGrain([PersistentState("ticket")] IPersistentState<TicketState> stored) : Grain, ITicketGrain
{
    public async Task<TicketView> Open(JsonElement document)
    {
        var key = TicketKey.Parse(Key);
        var ticket = TicketDocument.Read(document);
        if (ticket.TicketId != key.TicketId)
            throw new GrainCallException("invalid_ticket", $"The document is of ticket {ticket.TicketId}, and this is ticket {key.TicketId}. Send it to its own ticket.");
        if (stored.State.Ticket is { } opened)
            return opened;
        return await SaveAsync(new TicketView
        {
            BatchId = key.BatchId,
            TicketId = ticket.TicketId,
            CustomerId = ticket.CustomerId,
            CustomerEmail = ticket.CustomerEmail,
            Subject = ticket.Subject,
            Body = ticket.Body,
            Status = TicketStatus.Open,
            Escalated = false,
            WrittenAt = ticket.WrittenAt,
            OpenedAt = Turn.Now,
            UpdatedAt = Turn.Now,
            History = [new(Turn.Now, "customer", "opened", null, TicketStatus.Open, null)],
        });
    }

    public Task<TicketView> View() => Task.FromResult(Opened());

    public async Task<TicketView> ChangeStatus(TicketStatus status, string actor, string? note)
    {
        var ticket = Opened();
        if (ticket.Status == status)
            return ticket;
        var allowed = TicketStatusRules.After(ticket.Status);
        if (!allowed.Contains(status))
        {
            var instead = allowed.Count == 0 ? "It is over; open a new ticket." : $"From there it goes to {string.Join(", ", allowed.Select(TicketStatusRules.Word))}.";
            throw new GrainCallException("invalid_transition", $"The ticket {ticket.TicketId} is {TicketStatusRules.Word(ticket.Status)} and cannot become {TicketStatusRules.Word(status)}. {instead}");
        }

        return await SaveAsync(Changed(ticket, new(Turn.Now, Named(actor), "status_changed", ticket.Status, status, note)));
    }

    public async Task<TicketView> Escalate(string actor, string reason)
    {
        var ticket = Opened();
        if (TicketStatusRules.IsFinished(ticket.Status))
            throw new GrainCallException("invalid_transition", $"The ticket {ticket.TicketId} is {TicketStatusRules.Word(ticket.Status)} and cannot be escalated. Take it up again first.");
        if (string.IsNullOrWhiteSpace(reason))
            throw new GrainCallException("invalid_request", "An escalation needs a reason. Say why somebody else has to look at the ticket.");
        var changed = Changed(ticket, new(Turn.Now, Named(actor), "escalated", ticket.Status, ticket.Status, reason));
        return await SaveAsync(changed with { Escalated = true, EscalationReason = reason });
    }

    private static string Named(string actor) => !string.IsNullOrWhiteSpace(actor) ? actor : throw new GrainCallException(
        "invalid_request", "A change of a ticket needs an actor. Say who makes it.");

    private static TicketView Changed(TicketView ticket, TicketChange change) => ticket with
    {
        Status = change.To,
        UpdatedAt = change.At,
        History = [.. ticket.History, change],
    };

    private TicketView Opened() => stored.State.Ticket ?? throw new GrainCallException(
        "not_found", $"The ticket {Key} has not been opened. Open it with its document from the batch.");

    /// <summary>Keeps the ticket, writes its row and tells its customer, in one commit.</summary>
    private async Task<TicketView> SaveAsync(TicketView ticket)
    {
        stored.State.Ticket = ticket;
        Stage("upsert_ticket", new
        {
            batch_id = ticket.BatchId,
            ticket_id = ticket.TicketId,
            customer_id = ticket.CustomerId,
            customer_email = ticket.CustomerEmail,
            subject = ticket.Subject,
            status = TicketStatusRules.Word(ticket.Status),
            escalated = ticket.Escalated,
            written_at = ticket.WrittenAt.ToUnixTimeMilliseconds(),
            opened_at = ticket.OpenedAt.ToUnixTimeMilliseconds(),
            updated_at = ticket.UpdatedAt.ToUnixTimeMilliseconds(),
        });
        await Grains.GetGrain<ICustomerGrain>($"{ticket.BatchId}/{ticket.CustomerId}").TicketChanged(new(
            ticket.TicketId, ticket.Subject, ticket.Status, ticket.Escalated, ticket.UpdatedAt, ticket.History.Count, ticket.CustomerEmail));
        return ticket;
    }
}
