using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketWorld.AppHost.Logs;
using TicketWorld.AppHost.Processes;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Problems;

namespace TicketWorld.AppHost.Dashboard;

/// <summary>The dashboard's page and the JSON behind it.</summary>
internal static class DashboardEndpoints
{
    private const int MaxTail = LogStore.Capacity;

    public static void AddServices(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        });
        services.AddSingleton<BatchFeed>();
        services.AddSingleton<SiloFeed>();
        services.AddSingleton<ParkedFeed>();
        services.AddSingleton<ApiFeeds>();
        // One answer is one observation: these clients neither retry nor break circuits.
        services.AddHttpClient(HealthProbe.Client).ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear());
        services.AddHttpClient(ApiClient.Name).ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear());
        services.AddSingleton(provider => provider.GetServices<IHostedService>().OfType<Orchestrator>().Single());
    }

    public static void Map(WebApplication app)
    {
        app.Use(AddSecurityHeaders);
        var all = app.MapGroup("").ForCallers(Callers.ThisMachine);
        all.MapGet("/", Page);
        all.MapGet("/assets/dashboard.css", () => Asset("dashboard.css", "text/css; charset=utf-8"));
        all.MapGet("/assets/dashboard.js", () => Asset("dashboard.js", "text/javascript; charset=utf-8"));
        all.MapGet("/favicon.ico", () => TypedResults.NoContent());

        var api = all.MapGroup("/api");
        api.MapGet("/resources", (ResourceBoard board) => TypedResults.Ok(board.All));
        api.MapGet("/resources/{name}", Resource);
        api.MapPost("/resources/{name}/start", (string name, Orchestrator orchestrator) => Ask(orchestrator, name, Wish.Start));
        api.MapPost("/resources/{name}/stop", (string name, Orchestrator orchestrator) => Ask(orchestrator, name, Wish.Stop));
        api.MapPost("/resources/{name}/restart", (string name, Orchestrator orchestrator) => Ask(orchestrator, name, Wish.Restart));
        ScaleEndpoints.Map(api);
        api.MapGet("/silos", async (SiloFeed feed, CancellationToken cancel) => TypedResults.Ok(await feed.GetAsync(cancel)));
        api.MapGet("/parked", async (ParkedFeed feed, CancellationToken cancel) => TypedResults.Ok(await feed.GetAsync(cancel)));
        api.MapGet("/batches", async (BatchFeed feed, CancellationToken cancel) => TypedResults.Ok(await feed.GetAsync(cancel)));
        api.MapGet("/logs", Logs);
        api.MapGet("/logs/stream", FollowLogs);
        api.MapGet("/events", Events);
        app.MapFallback((HttpContext context) => NotFound("path", context.Request.Path)).ForCallers(Callers.ThisMachine);
    }

    private static Task AddSecurityHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }

    private static async Task<ContentHttpResult> Page(
        ResourceBoard board, Orchestrator orchestrator, ApiFeeds feeds, LogStore logs, TimeProvider time, CancellationToken cancel) =>
        TypedResults.Content(
            DashboardPage.Render(new(
                board.All, orchestrator.Scales, await feeds.Silos.GetAsync(cancel), await feeds.Batches.GetAsync(cancel), await feeds.Parked.GetAsync(cancel), logs.Tail(null, 200), time.GetUtcNow())),
            "text/html; charset=utf-8");

    private static FileStreamHttpResult Asset(string name, string type) =>
        TypedResults.Stream(typeof(DashboardEndpoints).Assembly.GetManifestResourceStream(name)!, type);

    private static Results<Ok<ResourceSnapshot>, ProblemResult> Resource(string name, ResourceBoard board) =>
        board.Find(name) is { } found ? TypedResults.Ok(found) : NotFound("name", name);

    private static Results<Accepted, ProblemResult> Ask(Orchestrator orchestrator, string name, Wish wish) =>
        orchestrator.Ask(name, wish) ? TypedResults.Accepted($"/api/resources/{name}") : NotFound("name", name);

    private static Results<Ok<IReadOnlyList<LogLine>>, ProblemResult> Logs(ResourceBoard board, LogStore logs, string? resource, string? tail)
    {
        if (resource is not null && board.Find(resource) is null)
            return NotFound("resource", resource);
        if (!int.TryParse(tail ?? "500", out var count) || count is < 1 or > MaxTail)
        {
            return new ProblemResult(new(StatusCodes.Status400BadRequest, "invalid_value", "The number of lines is out of range.")
            {
                Field = "tail",
                Value = tail,
                Remedy = $"Ask for 1 to {MaxTail} lines.",
            });
        }
        return TypedResults.Ok(logs.Tail(resource, count));
    }

    private static Results<ServerSentEventsResult<LogLine>, ProblemResult> FollowLogs(
        HttpContext context, ResourceBoard board, LogStore logs, IHostApplicationLifetime lifetime, string? resource, string? after)
    {
        if (resource is not null && board.Find(resource) is null)
            return NotFound("resource", resource);
        // A browser that reconnects names the last line it has; a page names the last one it was rendered with.
        _ = long.TryParse(context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : after, out var from);
        return TypedResults.ServerSentEvents(Lines());

        async IAsyncEnumerable<SseItem<LogLine>> Lines()
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await foreach (var line in LiveFeed.UntilCancelled(logs.FollowAsync(resource, from, end.Token)))
                yield return new SseItem<LogLine>(line, "line") { EventId = line.Sequence.ToString() };
        }
    }

    private static ServerSentEventsResult<object> Events(
        HttpContext context, ResourceBoard board, Orchestrator orchestrator, ApiFeeds feeds, IHostApplicationLifetime lifetime, TimeProvider time) =>
        TypedResults.ServerSentEvents(LiveFeed.Run(board, orchestrator, feeds, time, lifetime.ApplicationStopping, context.RequestAborted));

    private static ProblemResult NotFound(string field, string value) =>
        new(new(StatusCodes.Status404NotFound, "not_found", "There is nothing of this name.")
        {
            Field = field,
            Value = value,
            Remedy = "GET /api/resources lists the resources.",
        });
}
