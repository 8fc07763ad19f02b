using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Requests;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Problems;

namespace TicketWorld.Api.Batches;

/// <summary>Starting, listing, watching and cancelling batches.</summary>
internal static class BatchEndpoints
{
    private const string Root = "/api/v1/batches";

    public static string AddressOf(string batchId) => $"{Root}/{batchId}";

    public static void Map(RouteGroupBuilder all)
    {
        var batches = all.MapGroup(Root).WithTags("Batches").ForCallers(Callers.Admin | Callers.Analyst);
        batches.MapPost("", Create)
            .WithSummary("Start a batch")
            .WithDescription("Queues the generation of a world and its proved tickets. With an Idempotency-Key the same request gives the same batch, however often it is sent.")
            .Accepts<CreateBatchRequest>("application/json")
            .WithExample(new { tickets = 1000, customers = 500, orders = 1000, seed = 7 })
            .WithIdempotencyKey()
            .Problems(400, 413, 415, 422, 503, 507);
        batches.MapGet("", List)
            .WithSummary("List batches")
            .WithDescription("The newest first. status filters: queued, running, completed, failed, cancelled.")
            .WithQueryWords<BatchStatus>("status")
            .Problems(400);
        batches.MapGet("/{batch_id}", Get)
            .WithSummary("Read a batch")
            .WithDescription("Status, progress, rate, and when the tickets will be done.")
            .Problems(404);
        batches.MapGet("/{batch_id}/events", BatchEvents.Follow)
            .WithSummary("Follow a batch")
            .WithDescription("Server-sent events: progress while it changes, then one event named by the final status, after which the stream ends.")
            .Problems(404);
        batches.MapPost("/{batch_id}/cancel", Cancel)
            .WithSummary("Cancel a batch")
            .WithDescription("A batch that is over already is left as it is.")
            .WithIdempotencyKey()
            .Problems(400, 404, 503);
        BatchFileEndpoints.Map(batches);
        BatchTicketEndpoints.Map(batches);
    }

    /// <summary>Answers 404 for a text that cannot be the id of a batch, before it reaches a grain.</summary>
    public static void CheckId(string batchId)
    {
        if (!RandomBatchIds.IsId(batchId))
            throw new ProblemException(Problems.BatchNotFound(batchId));
    }

    private static async Task<Accepted<BatchResponse>> Create(
        HttpRequest request, IGrainFactory grains, IBatchIds ids, ILogger<CreateBatchRequest> logger)
    {
        var key = IdempotencyKey.From(request);
        var batch = (await JsonBody.ReadAsync<CreateBatchRequest>(request)).ToBatch();
        var id = key is null ? ids.New() : RandomBatchIds.ForKey(key);
        try
        {
            var view = await grains.GetGrain<IBatchGrain>(id).Start(batch);
            logger.LogInformation("Batch {BatchId} accepted: {Tickets} tickets of {Pack}, seed {Seed}", id, batch.Tickets, batch.Pack, batch.Seed);
            return TypedResults.Accepted(AddressOf(id), BatchResponse.From(view));
        }
        catch (GrainCallException exception) when (exception.Code == "batch_exists")
        {
            throw new ProblemException(new Problem(
                StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "This Idempotency-Key was used before with other options.")
            {
                Field = IdempotencyKey.Header,
                Value = key,
                Remedy = $"Send a new key for a new batch, or GET {AddressOf(id)} for the batch of this key.",
            });
        }
    }

    private static async Task<Ok<PageResponse<BatchResponse>>> List(
        IBatchQueries queries, CancellationToken cancellationToken, string? page = null,
        [FromQuery(Name = "page_size")] string? pageSize = null, string? status = null)
    {
        var paging = Paging.From(page, pageSize);
        var found = await queries.ListAsync(paging.Page, paging.PageSize, Status(status), cancellationToken);
        return TypedResults.Ok(new PageResponse<BatchResponse>(
            [.. found.Items.Select(BatchResponse.From)], found.Total, paging.Page, paging.PageSize));
    }

    private static async Task<Ok<BatchResponse>> Get([FromRoute(Name = "batch_id")] string batchId, IBatchQueries queries, CancellationToken cancellationToken)
    {
        CheckId(batchId);
        var view = await queries.GetAsync(batchId, cancellationToken) ?? throw new ProblemException(Problems.BatchNotFound(batchId));
        return TypedResults.Ok(BatchResponse.From(view));
    }

    private static async Task<Ok<BatchResponse>> Cancel([FromRoute(Name = "batch_id")] string batchId, HttpRequest request, IGrainFactory grains)
    {
        // Cancelling twice is cancelling once, so the key needs no memory; it is only held to its form.
        _ = IdempotencyKey.From(request);
        CheckId(batchId);
        try
        {
            return TypedResults.Ok(BatchResponse.From(await grains.GetGrain<IBatchGrain>(batchId).Cancel()));
        }
        catch (GrainCallException exception) when (exception.Code == "not_found")
        {
            throw new ProblemException(Problems.BatchNotFound(batchId));
        }
    }

    private static BatchStatus? Status(string? word)
    {
        if (word is null)
            return null;
        foreach (var status in Enum.GetValues<BatchStatus>())
        {
            if (string.Equals(status.ToString(), word, StringComparison.OrdinalIgnoreCase))
                return status;
        }
        var words = string.Join(", ", Enum.GetNames<BatchStatus>().Select(name => name.ToLowerInvariant()));
        throw new ProblemException(Problems.InvalidValue("status", word, "There is no such status of a batch.", $"Use one of {words}."));
    }
}
