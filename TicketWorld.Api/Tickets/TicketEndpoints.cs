using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TicketWorld.Api.Access;
using TicketWorld.Api.Batches;
using TicketWorld.Api.Customers;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Requests;
using TicketWorld.Api.Workflow;
using TicketWorld.Grains;
using TicketWorld.Grains.Tickets;
using TicketWorld.ServiceDefaults;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Api.Tickets;

/// <summary>
/// Tickets that customers sent, and tickets that were opened from batches. The id of the first is a UUID, that of the others <c>BATCH.TICKET</c>,
/// because two batches of equal options hold tickets of equal ids.
/// </summary>
internal static class TicketEndpoints
{
    private const string Root = "/api/v1/tickets";
    private const int NewestRuns = 20;

    public static string AddressOf(TicketKey key) => $"{Root}/{IdOf(key)}";

    public static string IdOf(TicketKey key) => key.IsOfDesk ? key.TicketId : $"{key.BatchId}.{key.TicketId}";

    /// <summary>The ticket that an id names; null for what cannot be one.</summary>
    public static TicketKey? KeyOf(string id) =>
        Guid.TryParseExact(id, "D", out var uuid) ? TicketKey.OfDesk(uuid.ToString())
        : Split(id) is var (batchId, ticketId) ? new TicketKey(batchId, ticketId)
        : null;

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
            .WithSummary("List tickets")
            .WithDescription("The newest first. status, escalated (true, false), category, severity, assigned_team, customer_id and batch_id (desk: sent by customers) filter.")
            .WithQueryWords<TicketStatus>("status")
            .WithQueryWords<Category>("category")
            .WithQueryWords<Severity>("severity")
            .Problems(400);
        tickets.MapGet("/{id}", Get)
            .WithSummary("Read a ticket")
            .WithDescription("Its state, the history of its changes, and its newest runs of the workflow. The id is a UUID, or BATCH.TICKET of one that was opened from a batch.")
            .Problems(400, 404, 503);
        tickets.MapPost("/{id}/process", Process)
            .ForCallers(Callers.Admin | Callers.Agent)
            .Accepts<ProcessOptions>("application/json")
            .Produces<WorkflowResult>()
            .WithSummary("Work on a ticket anew, or for the first time on one of a batch")
            .WithDescription("Begins a run of the workflow and answers when all steps are done. 409 while another run is under way, and on a ticket that is finished.")
            .WithExample(new { options = new { response_tone = "formal" } })
            .Problems(400, 404, 409, 413, 415, 422, 503);
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
        string? status = null, string? escalated = null, [FromQuery(Name = "batch_id")] string? batchId = null, [FromQuery(Name = "customer_id")] string? customerId = null,
        string? category = null, string? severity = null, [FromQuery(Name = "assigned_team")] string? team = null, string? limit = null, string? offset = null)
    {
        var paging = Paging.From(page, pageSize, limit, offset);
        var filter = new TicketFilter(
            Status(status), Truth("escalated", escalated), QueryText.Of("batch_id", batchId), QueryText.Of("customer_id", customerId),
            Word<Category>("category", category), Word<Severity>("severity", severity), QueryText.Of("assigned_team", team));
        if (Caller.Of(context).Customer is { } own)
        {
            if (CustomerEndpoints.Split(own) is not var (batch, customer) || (filter.BatchId ?? batch) != batch || (filter.CustomerId ?? customer) != customer)
                return TypedResults.Ok(new PageResponse<TicketItem>([], 0, paging.Page, paging.PageSize));
            filter = filter with { BatchId = batch, CustomerId = customer };
        }
        var found = await queries.ListAsync(filter, paging.Page, paging.PageSize, cancellationToken);
        return TypedResults.Ok(new PageResponse<TicketItem>([.. found.Items.Select(TicketItem.From)], found.Total, paging.Page, paging.PageSize));
    }

    private static T? Word<T>(string field, string? word)
        where T : struct, Enum => word is null ? null : RuleWords.Find<T>(word) ?? throw new ProblemException(Problems.InvalidValue(
            field, word, $"There is no such {field}.", $"Use one of {string.Join(", ", RuleWords.All<T>())}."));

    private static TicketStatus? Status(string? word) => word is null ? null : TicketStatusRules.Find(word) ?? throw new ProblemException(Problems.InvalidValue(
        "status", word, "There is no such status of a ticket.", $"Use one of {string.Join(", ", Enum.GetValues<TicketStatus>().Select(TicketStatusRules.Word))}."));

    private static bool? Truth(string field, string? word) => word is null ? null : bool.TryParse(word, out var value) ? value : throw new ProblemException(
        Problems.InvalidValue(field, word, $"{field} is neither true nor false.", "Send true or false, or leave it out."));

    private static async Task<Ok<TicketResponse>> Get(string id, HttpContext context, IGrainFactory grains, IWorkflowRuns runs, CancellationToken cancellationToken)
    {
        var key = Named(id);
        var view = await FindAsync(grains.GetGrain<ITicketGrain>(key.ToString()));
        if (view is null || !Caller.Of(context).Sees(CustomerEndpoints.IdOf(view.BatchId, view.CustomerId ?? "")))
            throw NotFound(id);
        return TypedResults.Ok(TicketResponse.From(view) with { WorkflowRuns = [.. (await runs.ListAsync(key, NewestRuns, cancellationToken)).Select(WorkflowRunItem.From)] });
    }

    private static async Task<ContentHttpResult> Process(string id, HttpRequest request, IGrainFactory grains, WorkflowResults results, CancellationToken cancellationToken)
    {
        var key = Named(id);
        using var body = await JsonBody.ReadObjectAsync(request);
        var fields = new JsonFields(body.RootElement);
        var options = ProcessRequest.OptionsFrom(fields.Object("options"));
        fields.ThrowIfFaulty();
        var grain = grains.GetGrain<ITicketGrain>(key.ToString());
        _ = await FindAsync(grain) ?? throw NotFound(id);
        return WorkflowEndpoints.Json(await results.RunAsync(key, () => grain.Process(options), cancellationToken));
    }

    private static TicketKey Named(string id) => KeyOf(id) ?? throw new ProblemException(Problems.InvalidValue(
        "id", id, "This is not the id of a ticket.", "Use a UUID, or BATCH.TICKET for a ticket that was opened from a batch."));

    private static ProblemException NotFound(string id) => new(Problems.TicketNotFound(
        "id", id, "Send a ticket with POST /api/v1/workflow/process, or open one of a batch with POST /api/v1/batches/{batch_id}/tickets/{ticket_id}/open, and use the id of the answer."));
}

/// <summary>An opened ticket in a list.</summary>
internal sealed record TicketItem(
    string Id, string BatchId, string TicketId, string? CustomerId, string? CustomerEmail, string Subject, TicketStatus Status, bool Escalated,
    Category? Category, Severity? Severity, string? AssignedTeam, Priority? Priority, string? DuplicateOf, DateTimeOffset WrittenAt, DateTimeOffset OpenedAt, DateTimeOffset UpdatedAt, string Link)
{
    public static TicketItem From(TicketSummary ticket)
    {
        var key = new TicketKey(ticket.BatchId, ticket.TicketId);
        return new(
            TicketEndpoints.IdOf(key), ticket.BatchId, ticket.TicketId, ticket.CustomerId, ticket.CustomerEmail, ticket.Subject, ticket.Status, ticket.Escalated,
            ticket.Category, ticket.Severity, ticket.AssignedTeam, ticket.Priority, ticket.DuplicateOf, ticket.WrittenAt, ticket.OpenedAt, ticket.UpdatedAt, TicketEndpoints.AddressOf(key));
    }
}

/// <summary>A ticket as the API shows it.</summary>
internal sealed record TicketResponse(string Id, TicketView Ticket, string Link)
{
    /// <summary>The newest runs of the workflow, the newest first.</summary>
    public IReadOnlyList<WorkflowRunItem> WorkflowRuns { get; init; } = [];

    public static TicketResponse From(TicketView view)
    {
        var key = new TicketKey(view.BatchId, view.TicketId);
        return new(TicketEndpoints.IdOf(key), view, TicketEndpoints.AddressOf(key));
    }
}

/// <summary>A run of the workflow on a ticket.</summary>
/// <param name="Number">Which run, from 1.</param>
/// <param name="Status"><c>running</c> or <c>completed</c>.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="EndedAt">Null while it goes on.</param>
/// <param name="Result">What it made of the ticket; null while it goes on.</param>
internal sealed record WorkflowRunItem(int Number, string Status, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, WorkflowResult? Result)
{
    public static WorkflowRunItem From(WorkflowRun run) => new(
        run.Number, run.Result is null ? "running" : "completed", run.CreatedAt, run.EndedAt,
        run.Result is null ? null : JsonSerializer.Deserialize<WorkflowResult>(run.Result, GrainJson.Options));
}

/// <summary>What is done to a ticket that is known.</summary>
internal sealed record ProcessOptions(WorkflowOptions? Options = null);
