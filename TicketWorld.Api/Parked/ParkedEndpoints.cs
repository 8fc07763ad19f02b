using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Requests;
using TicketWorld.Grains;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Api.Parked;

/// <summary>Messages that failed at every attempt: listed, replayed, discarded.</summary>
internal static class ParkedEndpoints
{
    private const string Root = "/api/v1/admin/parked";
    private const string DefaultReason = "Discarded over the API.";
    private const int MaxReason = 200;
    private const int MaxKind = 200;

    /// <summary>The most messages that one request over all of them changes.</summary>
    private const int MostAtOnce = 10_000;

    private const int PageSize = 500;

    public static string AddressOf(string messageId) => $"{Root}/{Uri.EscapeDataString(messageId)}";

    public static void Map(RouteGroupBuilder all)
    {
        var parked = all.MapGroup(Root).WithTags("Parked messages").ForCallers(Callers.Admin);
        parked.MapGet("", List)
            .WithSummary("List parked messages")
            .WithDescription("Messages that failed at every attempt and wait for somebody, the longest parked first. kind filters by the kind of grain. Arguments are not shown: they may hold what customers wrote.")
            .Problems(400);
        parked.MapGet("/{id}", Get)
            .WithSummary("Read a parked message")
            .WithDescription("Its grain, method, attempts and last error with the stack.")
            .Problems(404);
        parked.MapPost("/{id}/replay", Replay)
            .WithSummary("Replay a parked message")
            .WithDescription("Puts it at the end of its grain's line with all its attempts before it. Repeating the request changes nothing: the answer says where the message stands.")
            .WithIdempotencyKey()
            .Problems(400, 404, 409);
        parked.MapPost("/{id}/discard", Discard)
            .WithSummary("Discard a parked message")
            .WithDescription("Ends it without effect; the reason (up to 200 characters) is kept with it. A message that is discarded already stays so.")
            .WithIdempotencyKey()
            .Problems(400, 404, 409);
        parked.MapPost("/replay", ReplayAll)
            .WithSummary("Replay parked messages")
            .WithDescription("All that are parked when the request comes, or those of one kind of grain, the longest parked first; at most 10,000 a request.")
            .WithIdempotencyKey()
            .Problems(400);
        parked.MapPost("/discard", DiscardAll)
            .WithSummary("Discard parked messages")
            .WithDescription("All of one kind of grain that are parked when the request comes, at most 10,000 a request. kind must be named, since nothing brings them back.")
            .WithIdempotencyKey()
            .Problems(400);
    }

    private static async Task<Ok<PageResponse<ParkedResponse>>> List(
        IParkedMessages parked, CancellationToken cancellationToken, string? page = null, [FromQuery(Name = "page_size")] string? pageSize = null, string? kind = null)
    {
        var paging = Paging.From(page, pageSize);
        var found = await parked.ListAsync(paging.Page, paging.PageSize, Kind(kind), cancellationToken);
        return TypedResults.Ok(new PageResponse<ParkedResponse>(
            [.. found.Items.Select(ParkedResponse.From)], (int)Math.Min(found.Total, int.MaxValue - Paging.MaxPageSize), paging.Page, paging.PageSize));
    }

    private static async Task<Ok<ParkedResponse>> Get(string id, IParkedMessages parked, CancellationToken cancellationToken) =>
        TypedResults.Ok(ParkedResponse.From(await parked.FindAsync(id, cancellationToken) ?? throw NotFound(id)));

    private static async Task<Ok<MessageFateResponse>> Replay(string id, HttpRequest request, IParkedMessages parked, ILogger<ParkedResponse> logger)
    {
        _ = IdempotencyKey.From(request);
        if (await parked.ReplayAsync(id))
        {
            logger.LogInformation("Parked message {Message} is replayed", id);
            return TypedResults.Ok(new MessageFateResponse(id, MessageFate.Waiting));
        }
        var fate = await parked.FateAsync(id) ?? throw NotFound(id);
        return fate != MessageFate.Discarded ? TypedResults.Ok(new MessageFateResponse(id, fate)) : throw NotParked(id, "It was discarded, and that cannot be undone.");
    }

    private static async Task<Ok<MessageFateResponse>> Discard(string id, HttpRequest request, IParkedMessages parked, ILogger<ParkedResponse> logger, string? reason = null)
    {
        _ = IdempotencyKey.From(request);
        if (await parked.DiscardAsync(id, Reason(reason)))
            logger.LogInformation("Parked message {Message} is discarded", id);
        else if ((await parked.FateAsync(id) ?? throw NotFound(id)) != MessageFate.Discarded)
            throw NotParked(id, "It waits to be handled, or was handled.");
        return TypedResults.Ok(new MessageFateResponse(id, MessageFate.Discarded));
    }

    private static Task<Ok<ParkedCountResponse>> ReplayAll(
        HttpRequest request, IParkedMessages parked, CancellationToken cancellationToken, string? kind = null)
    {
        _ = IdempotencyKey.From(request);
        return ChangeAllAsync(parked, Kind(kind), message => parked.ReplayAsync(message.MessageId, cancellationToken), cancellationToken);
    }

    private static Task<Ok<ParkedCountResponse>> DiscardAll(
        HttpRequest request, IParkedMessages parked, CancellationToken cancellationToken, string? kind = null, string? reason = null)
    {
        _ = IdempotencyKey.From(request);
        var why = Reason(reason);
        var of = Kind(kind) ?? throw new ProblemException(Problems.InvalidValue(
            "kind", kind, "The kind of grain whose messages are to be discarded is not named.", "Name it, such as ?kind=chunk, or discard single messages by their id."));
        return ChangeAllAsync(parked, of, message => parked.DiscardAsync(message.MessageId, why, cancellationToken), cancellationToken);
    }

    /// <summary>Those that are parked now; one that fails anew meanwhile is not taken a second time.</summary>
    private static async Task<Ok<ParkedCountResponse>> ChangeAllAsync(
        IParkedMessages parked, string? kind, Func<ParkedMessage, Task<bool>> change, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var changed = 0;
        while (ids.Count < MostAtOnce)
        {
            var page = await parked.ListAsync(1, PageSize, kind, cancellationToken);
            var fresh = page.Items.Where(message => ids.Add(message.MessageId)).ToList();
            if (fresh.Count == 0)
                break;
            foreach (var message in fresh)
                changed += await change(message) ? 1 : 0;
        }
        var left = await parked.ListAsync(1, 1, kind, cancellationToken);
        return TypedResults.Ok(new ParkedCountResponse(changed, left.Total));
    }

    private static string? Kind(string? kind) => kind is null or { Length: > 0 and <= MaxKind } ? kind : throw new ProblemException(Problems.InvalidValue(
        "kind", kind, "This is not the name of a kind of grain.", "Name a kind, such as chunk, or leave it out."));

    private static string Reason(string? reason) => reason switch
    {
        null => DefaultReason,
        { Length: > 0 and <= MaxReason } when !reason.Any(char.IsControl) => reason,
        _ => throw new ProblemException(Problems.InvalidValue("reason", reason, "The reason is not of the form that it must have.", $"Send 1 to {MaxReason} characters on one line, or leave it out.")),
    };

    private static ProblemException NotFound(string id) => new(new(StatusCodes.Status404NotFound, "message_not_found", "There is no parked message of this id.")
    {
        Field = "id",
        Value = id,
        Remedy = $"GET {Root} lists the parked messages.",
    });

    private static ProblemException NotParked(string id, string why) => new(new(StatusCodes.Status409Conflict, "not_parked", $"The message is not parked. {why}")
    {
        Field = "id",
        Value = id,
        Remedy = $"GET {Root} lists the parked messages.",
    });
}
