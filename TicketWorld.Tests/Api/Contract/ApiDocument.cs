using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Json.Schema;

namespace TicketWorld.Tests.Api.Contract;

/// <summary>The OpenAPI document of a running API, which answers are held against.</summary>
internal sealed class ApiDocument
{
    private const string ComponentPath = "#/components/schemas/";

    private readonly JsonElement _root;
    private readonly string _definitions;
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    public ApiDocument(JsonElement root)
    {
        _root = root;
        _definitions = root.GetProperty("components").GetProperty("schemas").GetRawText().Replace(ComponentPath, "#/$defs/", StringComparison.Ordinal);
        Operations =
        [
            .. root.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(method => new ApiOperation(method.Name.ToUpperInvariant(), path.Name, method.Value))),
        ];
    }

    public JsonElement Root => _root;

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>The schema of every problem.</summary>
    public JsonElement Problem => _root.GetProperty("components").GetProperty("schemas").GetProperty(nameof(Problem));

    public ApiOperation? Find(string method, string path) => Operations.FirstOrDefault(operation => operation.Method == method && operation.Path == path);

    /// <summary>What a schema refers to, or itself.</summary>
    public JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) && reference.GetString() is { } path && path.StartsWith(ComponentPath, StringComparison.Ordinal)
            ? Resolve(_root.GetProperty("components").GetProperty("schemas").GetProperty(path[ComponentPath.Length..]))
            : schema;

    /// <summary>Why a value does not fit a schema; null when it does.</summary>
    public string? Fault(JsonElement schema, JsonElement value)
    {
        var built = _schemas.GetOrAdd(schema.GetRawText(), Build);
        lock (built)
        {
            var results = built.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List });
            if (results.IsValid)
                return null;
            var errors = (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
                .Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}").Take(3);
            return string.Join(" | ", errors);
        }
    }

    private JsonSchema Build(string schema)
    {
        var text = $$"""{"$defs": {{_definitions}}, "allOf": [{{schema.Replace(ComponentPath, "#/$defs/", StringComparison.Ordinal)}}]}""";
        var name = string.Create(CultureInfo.InvariantCulture, $"https://ticketworld.invalid/{Guid.NewGuid():N}");
        return JsonSchema.FromText(text, new BuildOptions { Dialect = Dialect.Draft202012 }, new Uri(name));
    }
}

/// <summary>A method at a path of the document.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With the names of its parameters in braces.</param>
/// <param name="Node">What the document says of it.</param>
internal sealed record ApiOperation(string Method, string Path, JsonElement Node)
{
    public string Name => $"{Method} {Path}";

    public IEnumerable<JsonElement> Parameters => Node.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    /// <summary>The body that it takes; null when it takes none.</summary>
    public JsonElement? Body =>
        Node.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) ? json : null;

    public JsonElement Responses => Node.GetProperty("responses");

    /// <summary>Why an answer is none that the document states; null when it is one.</summary>
    /// <param name="document">The document.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="mediaType">Of the answer, without parameters; null when it has none.</param>
    /// <param name="body">Of the answer.</param>
    public string? Fault(ApiDocument document, int status, string? mediaType, ReadOnlyMemory<byte> body)
    {
        if (!Responses.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var response))
            return $"{Name} does not state the status {status}";
        if (!response.TryGetProperty("content", out var content) || Method == "HEAD")
            return body.Length == 0 ? null : $"{Name} states no body for {status}";
        if (content.TryGetProperty("application/octet-stream", out _) && status < 300)
            return null;
        if (mediaType is null || !content.TryGetProperty(mediaType, out var stated))
            return $"{Name} does not state {mediaType ?? "an answer without a type"} for {status}";
        if (!mediaType.EndsWith("json", StringComparison.Ordinal) || !stated.TryGetProperty("schema", out var schema))
            return null;
        try
        {
            using var parsed = JsonDocument.Parse(body);
            return document.Fault(schema, parsed.RootElement) is { } fault ? $"{Name} {status}: {fault}" : null;
        }
        catch (JsonException exception)
        {
            return $"{Name} {status}: no JSON: {exception.Message}";
        }
    }
}
