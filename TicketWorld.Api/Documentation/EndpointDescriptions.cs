using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TicketWorld.Api.Requests;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Problems;

namespace TicketWorld.Api.Documentation;

/// <summary>An example of a request body, for the OpenAPI document.</summary>
internal sealed record RequestExample(JsonNode Value);

/// <summary>States that an endpoint takes the <c>Idempotency-Key</c> header.</summary>
internal sealed record TakesIdempotencyKey;

/// <summary>What endpoints say about themselves beyond what their signatures do.</summary>
internal static class EndpointDescriptions
{
    /// <summary>The name under which the document describes API keys.</summary>
    public const string KeyScheme = "api_key";

    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder builder, object example) =>
        builder.WithMetadata(new RequestExample(JsonSerializer.SerializeToNode(example)!));

    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder builder) => builder.WithMetadata(new TakesIdempotencyKey());

    /// <summary>The statuses of the problems that the endpoint answers.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder builder, params int[] statuses)
    {
        foreach (var status in statuses)
            builder.Produces<Problem>(status, "application/problem+json");
        return builder;
    }

    /// <summary>Adds examples and headers to the operations that state them.</summary>
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RequestExample>().FirstOrDefault() is { } example
            && operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true)
        {
            body.Example = example.Value.DeepClone();
        }
        if (metadata.OfType<CallersMetadata>().LastOrDefault() is { } callers && !callers.Callers.HasFlag(Callers.Anyone))
        {
            operation.Security ??= [];
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] });
        }
        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "Makes the request safe to repeat: 1 to 255 visible ASCII characters, such as a UUID.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
            });
        }
        return Task.CompletedTask;
    }
}
