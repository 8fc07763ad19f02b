using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using TicketWorld.AppHost.Processes;
using TicketWorld.ServiceDefaults.Problems;

namespace TicketWorld.AppHost.Dashboard;

/// <summary>Reading and changing how often a project runs.</summary>
internal static class ScaleEndpoints
{
    private const int MaxBytes = 4096;
    private const string Field = "replicas";
    private const string Example = "{\"replicas\": 3}";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/resources/{name}/scale", Get);
        api.MapPost("/resources/{name}/scale", Set);
    }

    private static Results<Ok<ScaleView>, ProblemResult> Get(string name, Orchestrator orchestrator, ResourceBoard board) =>
        orchestrator.Scale(name) is { } scale ? TypedResults.Ok(scale) : NotScalable(name, orchestrator, board);

    private static async Task<Results<Accepted<ScaleView>, ProblemResult>> Set(
        string name, HttpRequest request, Orchestrator orchestrator, ResourceBoard board)
    {
        if (orchestrator.Scale(name) is not { } current)
            return NotScalable(name, orchestrator, board);
        var (replicas, fault) = await ReadAsync(request, current.Most);
        if (fault is not null)
            return new ProblemResult(fault);
        var changed = orchestrator.SetScale(name, replicas)!;
        return changed.Refusal is null
            ? TypedResults.Accepted($"/api/resources/{name}/scale", changed)
            : new ProblemResult(new(StatusCodes.Status409Conflict, "not_scalable", $"{name} cannot be scaled: {changed.Refusal}.")
            {
                Field = "name",
                Value = name,
                Remedy = "Start the AppHost with a database that silos share (docs/deployment.md), and repeat the request while it runs.",
            });
    }

    private static ProblemResult NotScalable(string name, Orchestrator orchestrator, ResourceBoard board)
    {
        var scalable = string.Join(", ", orchestrator.Scales.Select(scale => scale.Resource));
        var known = board.Find(name) is not null;
        return new(known
            ? new(StatusCodes.Status409Conflict, "not_scalable", $"{name} runs as one process; its number cannot be changed.")
            {
                Field = "name",
                Value = name,
                Remedy = scalable.Length == 0 ? "This application has nothing to scale." : $"Scale {scalable}.",
            }
            : new(StatusCodes.Status404NotFound, "not_found", "There is nothing of this name.")
            {
                Field = "name",
                Value = name,
                Remedy = scalable.Length == 0 ? "GET /api/resources lists the resources." : $"Scale {scalable}; GET /api/resources lists the processes.",
            });
    }

    /// <summary>Reads the body, an object with the number alone.</summary>
    private static async Task<(int Replicas, Problem? Fault)> ReadAsync(HttpRequest request, int most)
    {
        if (!request.HasJsonContentType())
        {
            return Fault(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "The content type is not supported.",
                "Content-Type", request.ContentType, "Send application/json.");
        }
        var body = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > MaxBytes)
            return Fault(StatusCodes.Status413PayloadTooLarge, "body_too_large", "The request body is too large.", null, null, $"Send {Example}.");
        if (length == 0)
            return Fault(StatusCodes.Status400BadRequest, "missing_body", "The request has no body.", null, null, $"Send {Example}.");
        try
        {
            using var document = JsonDocument.Parse(body.AsMemory(0, length), new() { AllowDuplicateProperties = false, MaxDepth = 4 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Fault(StatusCodes.Status400BadRequest, "invalid_json", "The body is not a JSON object.", null, document.RootElement.GetRawText(), $"Send {Example}.");
            foreach (var property in document.RootElement.EnumerateObject().Where(property => property.Name != Field))
                return Fault(StatusCodes.Status400BadRequest, "unknown_field", "The body has a field that this request does not know.", property.Name, null, $"Send {Example}.");
            var given = document.RootElement.TryGetProperty(Field, out var value);
            return given && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var replicas) && replicas >= 0 && replicas <= most
                ? (replicas, null)
                : Fault(StatusCodes.Status400BadRequest, "invalid_value", $"The number of replicas is {(given ? "out of range or not a whole number" : "missing")}.",
                    Field, given ? value.GetRawText() : null, $"Send a whole number from 0 to {most}, such as {Example}.");
        }
        catch (JsonException)
        {
            return Fault(StatusCodes.Status400BadRequest, "invalid_json", "The body is not valid JSON.", null, null, $"Send {Example}.");
        }
    }

    private static (int Replicas, Problem? Fault) Fault(int status, string code, string detail, string? field, string? value, string remedy) =>
        (0, new(status, code, detail) { Field = field, Value = value, Remedy = remedy });
}
