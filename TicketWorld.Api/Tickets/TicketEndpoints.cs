using Microsoft.AspNetCore.Http.HttpResults;
using TicketWorld.Api.Batches;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Grains;
using TicketWorld.Grains.Tickets;

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

    public static void Map(RouteGroupBuilder all) =>
        all.MapGroup(Root).WithTags("Tickets").MapGet("/{id}", Get)
            .WithSummary("Read an opened ticket")
            .WithDescription("Its state and the history of its changes. The id is that of the answer to opening it: BATCH.TICKET.")
            .Problems(404, 503);

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

    private static async Task<Ok<TicketResponse>> Get(string id, IGrainFactory grains)
    {
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        var (batchId, ticketId) = dot < 0 ? ("", "") : (id[..dot], id[(dot + 1)..]);
        var view = RandomBatchIds.IsId(batchId) && IsTicketId(ticketId)
            ? await FindAsync(grains.GetGrain<ITicketGrain>(new TicketKey(batchId, ticketId).ToString()))
            : null;
        return view is not null
            ? TypedResults.Ok(TicketResponse.From(view))
            : throw new ProblemException(Problems.TicketNotFound(
                "id", id, "Open a ticket of a batch with POST /api/v1/batches/{batch_id}/tickets/{ticket_id}/open and use the id of the answer."));
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
