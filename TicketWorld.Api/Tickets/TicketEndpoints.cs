using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Access;
using TicketWorld.Api.Batches;
using TicketWorld.Api.Customers;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Requests;
using TicketWorld.Grains;
using TicketWorld.Grains.Tickets;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Api.Tickets;

/// <summary>
/// Tickets that were opened. Their id is <c>BATCH.TICKET</c>, because two batches of equal options hold tickets of equal ids.
/// </summary>
internal static class TicketEndpoints
{
    private const string Root = "/api/v1/tickets";

    public static string AddressOf(TicketKey key) => $"{Root}/{IdOf(key)}";

    public static string IdOf(TicketKey key) => $"{key.BatchId}.{key.TicketId}";

    public static bool IsTicketId(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>The batch and what it numbers of an id <c>BATCH.OTHER</c>; null for what cannot be one.</summary>
    public static (string BatchId, string Other)? Split(string id)
    {
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot >= 0 && RandomBatchIds.IsId(id[..dot]) && IsTicketId(id[(dot + 1)..]) ? (id[..dot], id[(dot + 1)..]) : null;
    }

    public static void Map(RouteGroupBuilder all)
    {
        var tickets = all.MapGroup(Root).WithTags("Tickets").ForCallers(Callers.KeyHolders);
        tickets.MapGet("", List)
            .WithSummary("List opened tickets")
            .WithDescription("The ones opened last first. status, escalated (true, false), batch_id and customer_id filter.")
            .Problems(400);
        tickets.MapGet("/{id}", Get)
            .WithSummary("Read an opened ticket")
            .WithDescription("Its state and the history of its changes. The id is that of the answer to opening it: BATCH.TICKET.")
            .Problems(404, 503);
    }

    /// <summary>The ticket, or null when it was never opened.</summary>
    public static async Task<TicketView?> FindAsync(ITicketGrain grain)
    {
        try
        {
            return await grain.View();
        }
        catch (GrainCallException exception) when (exception.Code == "not_found")
        {
            return null;
        }
    }

    private static async Task<Ok<PageResponse<TicketItem>>> List(
        HttpContext context, ITicketQueries queries, CancellationToken cancellationToken, string? page = null, [FromQuery(Name = "page_size")] string? pageSize = null,
        string? status = null, string? escalated = null, [FromQuery(Name = "batch_id")] string? batchId = null, [FromQuery(Name = "customer_id")] string? customerId = null)
    {
        var paging = Paging.From(page, pageSize);
        var filter = new TicketFilter(Status(status), Truth("escalated", escalated), QueryText.Of("batch_id", batchId), QueryText.Of("customer_id", customerId));
        if (Caller.Of(context).Customer is { } own)
        {
            if (Split(own) is not var (batch, customer) || (filter.BatchId ?? batch) != batch || (filter.CustomerId ?? customer) != customer)
                return TypedResults.Ok(new PageResponse<TicketItem>([], 0, paging.Page, paging.PageSize));
            filter = filter with { BatchId = batch, CustomerId = customer };
        }
        var found = await queries.ListAsync(filter, paging.Page, paging.PageSize, cancellationToken);
        return TypedResults.Ok(new PageResponse<TicketItem>([.. found.Items.Select(TicketItem.From)], found.Total, paging.Page, paging.PageSize));
    }

    private static TicketStatus? Status(string? word) => word is null ? null : TicketStatusRules.Find(word) ?? throw new ProblemException(Problems.InvalidValue(
        "status", word, "There is no such status of a ticket.", $"Use one of {string.Join(", ", Enum.GetValues<TicketStatus>().Select(TicketStatusRules.Word))}."));

    private static bool? Truth(string field, string? word) => word is null ? null : bool.TryParse(word, out var value) ? value : throw new ProblemException(
        Problems.InvalidValue(field, word, $"{field} is neither true nor false.", "Send true or false, or leave it out."));

    private static async Task<Ok<TicketResponse>> Get(string id, HttpContext context, IGrainFactory grains)
    {
        var view = Split(id) is var (batchId, ticketId)
            ? await FindAsync(grains.GetGrain<ITicketGrain>(new TicketKey(batchId, ticketId).ToString()))
            : null;
        return view is not null && Caller.Of(context).Sees(CustomerEndpoints.IdOf(view.BatchId, view.CustomerId))
            ? TypedResults.Ok(TicketResponse.From(view))
            : throw new ProblemException(Problems.TicketNotFound(
                "id", id, "Open a ticket of a batch with POST /api/v1/batches/{batch_id}/tickets/{ticket_id}/open and use the id of the answer."));
    }
}

/// <summary>An opened ticket in a list.</summary>
internal sealed record TicketItem(
    string Id, string BatchId, string TicketId, string CustomerId, string CustomerEmail, string Subject, TicketStatus Status, bool Escalated,
    DateTimeOffset WrittenAt, DateTimeOffset OpenedAt, DateTimeOffset UpdatedAt, string Link)
{
    public static TicketItem From(TicketSummary ticket)
    {
        var key = new TicketKey(ticket.BatchId, ticket.TicketId);
        return new(
            TicketEndpoints.IdOf(key), ticket.BatchId, ticket.TicketId, ticket.CustomerId, ticket.CustomerEmail, ticket.Subject, ticket.Status, ticket.Escalated,
            ticket.WrittenAt, ticket.OpenedAt, ticket.UpdatedAt, TicketEndpoints.AddressOf(key));
    }
}

/// <summary>An opened ticket as the API shows it.</summary>
internal sealed record TicketResponse(string Id, TicketView Ticket, string Link)
{
    public static TicketResponse From(TicketView view)
    {
        var key = new TicketKey(view.BatchId, view.TicketId);
        return new(TicketEndpoints.IdOf(key), view, TicketEndpoints.AddressOf(key));
    }
}
