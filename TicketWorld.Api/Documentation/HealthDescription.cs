using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TicketWorld.Api.Documentation;

/// <summary>Describes <c>/health</c> and <c>/alive</c>, which are no endpoints of the API's own.</summary>
internal static class HealthDescription
{
    private const string Schema = "Health";

    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas[Schema] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "How the service is.",
            Required = new HashSet<string>(["status", "timestamp", "version", "checks"], StringComparer.Ordinal),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. ((string[])["healthy", "degraded", "unhealthy"]).Select(word => (JsonNode)JsonValue.Create(word))] },
                ["timestamp"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
                ["version"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["ai_enabled"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether a model is configured; without one rules do its work." },
                ["checks"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "The state of each part by its name.",
                    AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        };
        document.Paths["/health"] = Item(document, "Whether everything works", "Runs every check. 503 when one of them fails; degraded is answered with 200.");
        document.Paths["/alive"] = Item(document, "Whether the process answers", "For those who restart it when it does not.");
        return Task.CompletedTask;
    }

    private static OpenApiPathItem Item(OpenApiDocument document, string summary, string description) => new()
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation>
        {
            [HttpMethod.Get] = new()
            {
                Tags = new HashSet<OpenApiTagReference> { new("Service", document) },
                Summary = summary,
                Description = description,
                Responses = new OpenApiResponses
                {
                    ["200"] = Answer(document, "It works."),
                    ["503"] = Answer(document, "A check fails."),
                    ["400"] = Problem(document, "Bad Request"),
                    ["403"] = Problem(document, "Forbidden"),
                    ["408"] = Problem(document, "Request Timeout"),
                    ["421"] = Problem(document, "Misdirected Request"),
                },
            },
        },
    };

    private static OpenApiResponse Answer(OpenApiDocument document, string description) => Of(document, description, "application/json", Schema);

    private static OpenApiResponse Problem(OpenApiDocument document, string description) => Of(document, description, "application/problem+json", "Problem");

    private static OpenApiResponse Of(OpenApiDocument document, string description, string type, string schema) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [type] = new() { Schema = new OpenApiSchemaReference(schema, document) } },
    };
}
