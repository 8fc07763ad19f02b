using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Requests;
using TicketWorld.Api.Tickets;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;
using TicketWorld.Grains.Tickets;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Api.Batches;

/// <summary>The tickets of a batch as documents, and opening one to work on it.</summary>
internal static class BatchTicketEndpoints
{
    public static void Map(RouteGroupBuilder batches)
    {
        batches.MapGet("/{batch_id}/tickets", List)
            .WithSummary("List the tickets of a batch")
            .WithDescription("Documents in the order of generation. While the batch runs, the tickets done so far.")
            .Problems(400, 404);
        batches.MapGet("/{batch_id}/tickets/{ticket_id}", Get)
            .WithSummary("Read a ticket with its proof")
            .WithDescription("The ticket's document. The keys _facts, _disclosure and _proof are there when the batch was made with debug.")
            .Problems(404);
        batches.MapPost("/{batch_id}/tickets/{ticket_id}/open", Open)
            .ForCallers(Callers.Admin | Callers.Agent)
            .WithSummary("Open a ticket")
            .WithDescription("Makes a ticket that can be worked on from the document. 201 when this opened it, 200 when it was open already.")
            .WithIdempotencyKey()
            .Problems(400, 404, 422, 503);
    }

    private static async Task<Ok<PageResponse<JsonElement>>> List(
        [FromRoute(Name = "batch_id")] string batchId, IBatchTickets tickets, CancellationToken cancellationToken, string? page = null,
        [FromQuery(Name = "page_size")] string? pageSize = null)
    {
        BatchEndpoints.CheckId(batchId);
        var paging = Paging.From(page, pageSize);
        var found = await tickets.PageAsync(batchId, paging.Page, paging.PageSize, cancellationToken)
            ?? throw new ProblemException(Problems.BatchNotFound(batchId));
        return TypedResults.Ok(new PageResponse<JsonElement>(found.Items, found.Total, paging.Page, paging.PageSize));
    }

    private static async Task<Ok<JsonElement>> Get(
        [FromRoute(Name = "batch_id")] string batchId, [FromRoute(Name = "ticket_id")] string ticketId, IBatchTickets tickets, IBatchQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await DocumentAsync(batchId, ticketId, tickets, queries, cancellationToken));

    private static async Task<Results<Created<TicketResponse>, Ok<TicketResponse>>> Open(
        [FromRoute(Name = "batch_id")] string batchId, [FromRoute(Name = "ticket_id")] string ticketId, HttpRequest request, IBatchTickets tickets, IBatchQueries queries, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        // Opening twice is opening once, so the key needs no memory; it is only held to its form.
        _ = IdempotencyKey.From(request);
        var document = await DocumentAsync(batchId, ticketId, tickets, queries, cancellationToken);
        var id = new TicketKey(batchId, ticketId);
        var grain = grains.GetGrain<ITicketGrain>(id.ToString());
        var wasOpen = await TicketEndpoints.FindAsync(grain) is not null;
        var response = TicketResponse.From(await grain.Open(document));
        return wasOpen ? TypedResults.Ok(response) : TypedResults.Created(TicketEndpoints.AddressOf(id), response);
    }

    private static async Task<JsonElement> DocumentAsync(
        string batchId, string ticketId, IBatchTickets tickets, IBatchQueries queries, CancellationToken cancellationToken)
    {
        BatchEndpoints.CheckId(batchId);
        if (TicketEndpoints.IsTicketId(ticketId) && await tickets.GetAsync(batchId, ticketId, cancellationToken) is { } document)
            return document;
        throw new ProblemException(await queries.GetAsync(batchId, cancellationToken) is null
            ? Problems.BatchNotFound(batchId)
            : Problems.TicketNotFound("ticket_id", ticketId, $"GET {BatchEndpoints.AddressOf(batchId)}/tickets lists the batch's tickets."));
    }
}
