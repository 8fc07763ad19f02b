using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TicketWorld.Api.Requests;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Problems;
using TicketWorld.Support.Rules;

namespace TicketWorld.Api.Documentation;

/// <summary>An example of a request body, for the OpenAPI document.</summary>
internal sealed record RequestExample(JsonNode Value);

/// <summary>States that an endpoint takes the <c>Idempotency-Key</c> header.</summary>
internal sealed record TakesIdempotencyKey;

/// <summary>The words that a parameter in the query may be.</summary>
internal sealed record QueryWords(string Name, IReadOnlyList<string> Words);

/// <summary>What endpoints say about themselves beyond what their signatures do.</summary>
internal static class EndpointDescriptions
{
    /// <summary>The name under which the document describes API keys.</summary>
    public const string KeyScheme = "api_key";

    private const string ProblemType = "application/problem+json";

    /// <summary>Requests on behalf of another site, under another name, or too slow.</summary>
    private static readonly int[] Everywhere = [400, 403, 408, 421];

    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder builder, object example) =>
        builder.WithMetadata(new RequestExample(JsonSerializer.SerializeToNode(example)!));

    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder builder) => builder.WithMetadata(new TakesIdempotencyKey());

    /// <summary>The words of an enumeration that a parameter in the query takes.</summary>
    public static RouteHandlerBuilder WithQueryWords<T>(this RouteHandlerBuilder builder, string name)
        where T : struct, Enum => builder.WithMetadata(new QueryWords(name, [.. RuleWords.All<T>()]));

    /// <summary>The statuses of the problems that the endpoint answers.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder builder, params int[] statuses)
    {
        foreach (var status in statuses)
            builder.Produces<Problem>(status, ProblemType);
        return builder;
    }

    /// <summary>The statuses of the problems that every endpoint of the group answers, whatever it does.</summary>
    public static RouteGroupBuilder AnswersCommonProblems(this RouteGroupBuilder group)
    {
        foreach (var status in Everywhere)
            group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [ProblemType]));
        return group;
    }

    /// <summary>Adds examples, parameters and headers to the operations that state them.</summary>
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RequestExample>().FirstOrDefault() is { } example
            && operation.RequestBody is OpenApiRequestBody request
            && request.Content?.TryGetValue("application/json", out var body) == true)
        {
            request.Required = true;
            body.Example = example.Value.DeepClone();
        }
        if (metadata.OfType<CallersMetadata>().LastOrDefault() is { } callers && !callers.Callers.HasFlag(Callers.Anyone))
        {
            operation.Security ??= [];
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] });
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            ParameterDescriptions.Describe(parameter, context.Description.RelativePath ?? "", metadata.OfType<QueryWords>());
        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "Makes the request safe to repeat: 1 to 255 visible ASCII characters, such as a UUID.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255, Pattern = "^[!-~]+$" },
            });
        }
        return Task.CompletedTask;
    }
}
