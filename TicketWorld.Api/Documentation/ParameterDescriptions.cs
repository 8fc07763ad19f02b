using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using TicketWorld.Api.Requests;

namespace TicketWorld.Api.Documentation;

/// <summary>
/// What the parameters of paths and queries may be. Endpoints read them as texts, so that one of a wrong form is answered with a problem that says what it is;
/// their names mean the same at every address.
/// </summary>
internal static class ParameterDescriptions
{
    private const string BatchPattern = "b-[0-9a-hjkmnp-tv-z]{20}";

    public static void Describe(OpenApiParameter parameter, string path, IEnumerable<QueryWords> words)
    {
        if (words.FirstOrDefault(candidate => candidate.Name == parameter.Name) is { } choice)
        {
            parameter.Description ??= $"Only those of this {parameter.Name}.";
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. choice.Words.Select(word => (JsonNode)JsonValue.Create(word))] };
            return;
        }

        var (description, schema) = Of(parameter.Name ?? "", path);
        parameter.Description ??= description;
        parameter.Schema = schema ?? parameter.Schema;
    }

    private static (string? Description, OpenApiSchema? Schema) Of(string name, string path) => name switch
    {
        "page" => ("Which page, from 1.", Number(Paging.MaxPage, 1)),
        "limit" => ("The same as page_size, for who counts in items.", Number(Paging.MaxPageSize, Paging.DefaultPageSize)),
        "offset" => ("How many items stand before the page: a multiple of limit.", Number(Paging.MaxPage, 0, least: 0)),
        "page_size" => ("The most items on a page.", Number(Paging.MaxPageSize, Paging.DefaultPageSize)),
        "batch_id" when path.Contains("{batch_id}", StringComparison.Ordinal) => ("The batch.", Pattern($"^{BatchPattern}$")),
        "batch_id" => ("Only those of this batch; desk stands for what customers sent.", Text(QueryText.Longest)),
        "ticket_id" => ("The ticket within its batch.", Pattern("^[A-Za-z0-9-]{1,64}$")),
        "id" when path.Contains("/tickets/", StringComparison.Ordinal) => ("A UUID, or BATCH.TICKET of a ticket that was opened from a batch.",
            Pattern($"^([0-9a-fA-F]{{8}}(-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}}|{BatchPattern}\\.[A-Za-z0-9-]{{1,64}})$")),
        "id" when path.Contains("/customers/", StringComparison.Ordinal) => ("BATCH.CUSTOMER, or desk.CUSTOMER of one who sent tickets.",
            Pattern($"^(desk\\..+|{BatchPattern}\\.[A-Za-z0-9-]{{1,64}})$")),
        "id" => ("The id, as the list has it.", null),
        "name" => ("The name of a file, as the batch lists it.", Pattern("^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}$")),
        "escalated" => ("Only those that are escalated, or only those that are not.", new OpenApiSchema { Type = JsonSchemaType.Boolean }),
        "customer_id" => ("Only those of this customer.", Text(QueryText.Longest)),
        "email" => ("Only those with this address, in upper or lower case.", Text(QueryText.Longest)),
        "assigned_team" => ("Only those of this team.", Text(QueryText.Longest)),
        "kind" => ("The kind of grain, such as chunk.", Text(200)),
        "reason" => ("Why, in one line.", Text(200)),
        _ => (null, null),
    };

    private static OpenApiSchema Number(int most, int fallback, int least = 1) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = least.ToString(CultureInfo.InvariantCulture),
        Maximum = most.ToString(CultureInfo.InvariantCulture),
        Default = JsonValue.Create(fallback),
    };

    private static OpenApiSchema Text(int longest) => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = longest };

    private static OpenApiSchema Pattern(string pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };
}
