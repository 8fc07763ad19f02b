using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Access;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Requests;
using TicketWorld.Api.Tickets;
using TicketWorld.Grains;
using TicketWorld.Grains.Customers;
using TicketWorld.Grains.Tickets;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Api.Customers;

/// <summary>Customers who have opened tickets. Their id is <c>BATCH.CUSTOMER</c>, because every world numbers its own customers; of those who sent tickets <c>desk.CUSTOMER</c>.</summary>
internal static class CustomerEndpoints
{
    private const string Root = "/api/v1/customers";
    private const string DeskPrefix = TicketKey.Desk + ".";

    public static string IdOf(string batchId, string customerId) => $"{batchId}.{customerId}";

    public static string AddressOf(string batchId, string customerId) => $"{Root}/{Uri.EscapeDataString(IdOf(batchId, customerId))}";

    public static void Map(RouteGroupBuilder all)
    {
        var customers = all.MapGroup(Root).WithTags("Customers").ForCallers(Callers.Staff);
        customers.MapGet("", List)
            .WithSummary("List customers with opened tickets")
            .WithDescription("The ones whose tickets changed last first. batch_id and email filter.")
            .Problems(400);
        customers.MapGet("/{id}", Get)
            .ForCallers(Callers.KeyHolders)
            .WithSummary("Read a customer")
            .WithDescription("The tickets that somebody still has to work on, the longest unchanged first, and how many are finished. The id is BATCH.CUSTOMER, or desk.CUSTOMER for one who sent tickets.")
            .Problems(404, 503);
    }

    /// <summary>World and customer of an id; null for what cannot be one. Customers of the desk name themselves, so theirs may hold anything.</summary>
    public static (string BatchId, string CustomerId)? Split(string id) =>
        id.StartsWith(DeskPrefix, StringComparison.Ordinal) && id.Length > DeskPrefix.Length ? (TicketKey.Desk, id[DeskPrefix.Length..]) : TicketEndpoints.Split(id);

    private static async Task<Ok<PageResponse<CustomerItem>>> List(
        ICustomerQueries queries, CancellationToken cancellationToken, string? page = null, [FromQuery(Name = "page_size")] string? pageSize = null,
        [FromQuery(Name = "batch_id")] string? batchId = null, string? email = null)
    {
        var paging = Paging.From(page, pageSize);
        var filter = new CustomerFilter(QueryText.Of("batch_id", batchId), Email: QueryText.Of("email", email));
        var found = await queries.ListAsync(filter, paging.Page, paging.PageSize, cancellationToken);
        return TypedResults.Ok(new PageResponse<CustomerItem>([.. found.Items.Select(CustomerItem.From)], found.Total, paging.Page, paging.PageSize));
    }

    private static async Task<Ok<CustomerResponse>> Get(string id, HttpContext context, ICustomerQueries queries, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!Caller.Of(context).Sees(id) || Split(id) is not var (batchId, customerId)
            || (await queries.ListAsync(new(batchId, customerId), 1, 1, cancellationToken)).Items is not [var found])
            throw new ProblemException(Problems.CustomerNotFound(id));
        var view = await grains.GetGrain<ICustomerGrain>($"{batchId}/{customerId}").View();
        return TypedResults.Ok(new CustomerResponse(CustomerItem.From(found), [.. view.OpenTickets.Select(t => OpenTicket.From(batchId, t))]));
    }
}

/// <summary>A customer in a list.</summary>
internal sealed record CustomerItem(
    string Id, string BatchId, string CustomerId, string? Email, int OpenTickets, int FinishedTickets, DateTimeOffset UpdatedAt, string Link)
{
    public static CustomerItem From(CustomerSummary customer) => new(
        CustomerEndpoints.IdOf(customer.BatchId, customer.CustomerId), customer.BatchId, customer.CustomerId, customer.Email,
        customer.OpenTickets, customer.FinishedTickets, customer.UpdatedAt, CustomerEndpoints.AddressOf(customer.BatchId, customer.CustomerId));
}

/// <summary>A customer with the tickets that are open.</summary>
internal sealed record CustomerResponse(CustomerItem Customer, IReadOnlyList<OpenTicket> OpenTickets);

/// <summary>A ticket that somebody still has to work on.</summary>
internal sealed record OpenTicket(string Id, string TicketId, string Subject, TicketStatus Status, bool Escalated, DateTimeOffset UpdatedAt, string Link)
{
    public static OpenTicket From(string batchId, CustomerTicket ticket)
    {
        var key = new TicketKey(batchId, ticket.TicketId);
        return new(TicketEndpoints.IdOf(key), ticket.TicketId, ticket.Subject, ticket.Status, ticket.Escalated, ticket.UpdatedAt, TicketEndpoints.AddressOf(key));
    }
}
