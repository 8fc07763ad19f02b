using TicketWorld.Grains.Tickets;

namespace TicketWorld.Grains.Customers;

/// <summary>One customer of a world and the tickets opened for them. Its key is <c>batch/customer-id</c>.</summary>
[GrainKind("customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>A ticket of this customer was opened or changed. An older revision than the known one changes nothing.</summary>
    Task TicketChanged(CustomerTicket ticket);

    /// <summary>The customer; without tickets when none was opened yet.</summary>
    Task<CustomerView> View();
}

/// <summary>A ticket as its customer knows it.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Escalated">Whether it is escalated.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Revision">The number of its changes.</param>
/// <param name="CustomerEmail">The address that it came from; null in messages of versions that did not send it.</param>
public sealed record CustomerTicket(
    string TicketId, string Subject, TicketStatus Status, bool Escalated, DateTimeOffset UpdatedAt, int Revision, string? CustomerEmail = null);

/// <summary>A customer as callers see them.</summary>
/// <param name="BatchId">The world's batch.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="OpenTickets">Tickets that somebody still has to work on, the longest unchanged first.</param>
/// <param name="FinishedTickets">How many are resolved, closed or cancelled.</param>
public sealed record CustomerView(
    string BatchId, string CustomerId, IReadOnlyList<CustomerTicket> OpenTickets, int FinishedTickets);
