using TicketWorld.Grains.Tickets;

namespace TicketWorld.Grains.Customers;

/// <summary>One customer of a world, or of the desk, and the tickets opened for them. Its key is <c>batch/customer-id</c>; of the desk, <c>desk/customer-id</c>.</summary>
[GrainKind("customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes a ticket that a customer sent, compares it with the open ones, and sends it on to its own grain. A ticket that is known already is not counted again.
    /// </summary>
    Task<SubmitReceipt> Submit(SubmittedTicket ticket);

    /// <summary>A ticket of this customer was opened or changed. An older revision than the known one changes nothing.</summary>
    Task TicketChanged(CustomerTicket ticket);

    /// <summary>The customer; without tickets when none was opened yet.</summary>
    Task<CustomerView> View();
}

/// <summary>The tickets of senders who did not say who they are, by what their subjects say. Its key is <see cref="Support.Duplicates.TicketFingerprint.BucketOf"/>.</summary>
[GrainKind("anonymous")]
public interface IAnonymousGrain : IGrainWithStringKey
{
    /// <inheritdoc cref="ICustomerGrain.Submit"/>
    Task<SubmitReceipt> Submit(SubmittedTicket ticket);

    /// <inheritdoc cref="ICustomerGrain.TicketChanged"/>
    Task TicketChanged(CustomerTicket ticket);
}

/// <summary>A ticket as its customer knows it.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Escalated">Whether it is escalated.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Revision">The number of its changes.</param>
/// <param name="CustomerEmail">The address that it came from; null in messages of versions that did not send it.</param>
/// <param name="WasFinished">Whether it was finished before this change; null when it is new to its customer.</param>
public sealed record CustomerTicket(
    string TicketId, string Subject, TicketStatus Status, bool Escalated, DateTimeOffset UpdatedAt, int Revision, string? CustomerEmail = null, bool? WasFinished = null);

/// <summary>A customer as callers see them.</summary>
/// <param name="BatchId">The world's batch, or <c>desk</c>.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="OpenTickets">The newest tickets that somebody still has to work on, the longest unchanged first; see <see cref="OpenTickets.MostKnown"/>.</param>
/// <param name="FinishedTickets">How many are resolved, closed or cancelled.</param>
public sealed record CustomerView(
    string BatchId, string CustomerId, IReadOnlyList<CustomerTicket> OpenTickets, int FinishedTickets);
