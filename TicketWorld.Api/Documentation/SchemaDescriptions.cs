using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Api.Documentation;

/// <summary>What the schemas of bodies say beyond what the types do.</summary>
internal static class SchemaDescriptions
{
    /// <summary>Types of requests, whose readers refuse what they do not know.</summary>
    private static readonly string[] Closed =
        ["CreateBatchRequest", "ProcessRequest", "ProcessOptions", "ClassifyRequest", "ExtractRequest", "RespondRequest", "RouteRequest", "TicketInput", "WorkflowOptions"];

    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { AttributeProvider: { } member })
            DescribeOneOrMany(schema, member);
        foreach (var property in context.JsonTypeInfo.Properties)
            DescribePresence(schema, property);
        return Task.CompletedTask;
    }

    /// <summary>Components that several operations share, and those that hold JSON of any shape.</summary>
    public static Task DescribeComponents(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (name, component) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            if (component is not OpenApiSchema schema)
                continue;
            // Where a word may be null, the property says so; the component is that of the words alone.
            if (schema.Enum is { Count: > 0 } words)
                (schema.Type, schema.Enum) = (JsonSchemaType.String, [.. words.Where(word => word is not null && word.GetValueKind() == System.Text.Json.JsonValueKind.String)]);
            if (Closed.Contains(name, StringComparer.Ordinal))
                schema.AdditionalPropertiesAllowed = false;
            if (name is "TicketInput" or "TicketView" && schema.Properties is { } properties)
            {
                properties["metadata"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object | JsonSchemaType.Null,
                    Description = "Anything that the sender's system adds; at most 16,384 bytes of JSON.",
                };
            }

            if (name == "WorkflowOptions")
                schema.Properties?.TryAdd("skip_response", new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Another name of skip_response_generation." });
        }

        return Task.CompletedTask;
    }

    private static void DescribeOneOrMany(OpenApiSchema schema, ICustomAttributeProvider member)
    {
        if (!member.GetCustomAttributes(typeof(JsonConverterAttribute), inherit: false).OfType<JsonConverterAttribute>().Any(a => a.ConverterType == typeof(OneOrMany)))
            return;
        (schema.Type, schema.Items) = (null, null);
        schema.AnyOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.String },
            new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        ];
    }

    /// <summary>What is null is left out, except where the property says that it is always written.</summary>
    private static void DescribePresence(OpenApiSchema schema, JsonPropertyInfo property)
    {
        var ignore = property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false).OfType<JsonIgnoreAttribute>().FirstOrDefault();
        if (ignore?.Condition == JsonIgnoreCondition.Never)
            (schema.Required ??= new HashSet<string>(StringComparer.Ordinal)).Add(property.Name);
        else if (property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null)
            schema.Required?.Remove(property.Name);
    }
}
