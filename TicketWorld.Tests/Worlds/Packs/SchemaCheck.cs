using System.Text.Json;
using System.Text.RegularExpressions;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>
/// Checks a file against a JSON Schema: the part of draft 2020-12 that our schemas use. A keyword that it does not know
/// is an error, so that no schema says more than is checked.
/// </summary>
/// <param name="others">Finds the schema of another file by its name.</param>
internal sealed class SchemaCheck(JsonElement root, Func<string, JsonElement>? others = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>What is wrong, each with its path; nothing when the file is valid.</returns>
    public IReadOnlyList<string> Check(PackNode node) => Check(new YamlValue(node), root);

    /// <param name="part">The schema to check against when it is not the root.</param>
    public IReadOnlyList<string> Check(JsonElement value, string? part = null) => Check(new JsonValue(value), part is null ? root : root.GetProperty("$defs").GetProperty(part));

    private List<string> Check(ISchemaValue value, JsonElement schema)
    {
        var problems = new List<string>();
        Check(value, schema, "$", problems);
        return problems;
    }

    private void Check(ISchemaValue node, JsonElement schema, string path, List<string> problems)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Problem(node, schema, keyword, path, problems) is { } problem)
                problems.Add($"{path} {node.Place}: {problem}");
        }
    }

    private string? Problem(ISchemaValue node, JsonElement schema, JsonProperty keyword, string path, List<string> problems)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "$schema" or "$id" or "title" or "description" or "$defs":
                return null;
            case "$ref":
                var reference = value.GetString()!.Split("#/$defs/");
                if (reference[0].Length == 0)
                    Check(node, root.GetProperty("$defs").GetProperty(reference[1]), path, problems);
                else
                    problems.AddRange(new SchemaCheck(others!(reference[0]), others).Check(node, reference[1]).Select(p => path + p));
                return null;
            case "type":
                return Types(value).Any(node.Is) ? null : $"is not of type {value}";
            case "enum":
                return value.EnumerateArray().Any(node.Equals) ? null : $"is not one of {value}";
            case "const":
                return node.Equals(value) ? null : $"is not {value}";
            case "oneOf":
                var fitting = value.EnumerateArray().Count(s => Passes(node, s));
                return fitting == 1 ? null : $"fits {fitting} of the alternatives, not one";
            case "pattern":
                return node.Text is not { } text || Regex.IsMatch(text, value.GetString()!, RegexOptions.None, Patience) ? null : $"'{text}' does not match {value}";
            case "minLength":
                return node.Text is not { } least || least.Length >= value.GetInt32() ? null : "is too short";
            case "maxLength":
                return node.Text is not { } most || most.Length <= value.GetInt32() ? null : "is too long";
            case "minimum":
                return node.Number is not { } low || low >= value.GetDecimal() ? null : $"{low} is below {value}";
            case "maximum":
                return node.Number is not { } high || high <= value.GetDecimal() ? null : $"{high} is above {value}";
            case "minItems":
                return node.Items is not { } some || some.Count >= value.GetInt32() ? null : "has too few items";
            case "maxItems":
                return node.Items is not { } many || many.Count <= value.GetInt32() ? null : "has too many items";
            case "minProperties":
                return node.Entries is not { } few || few.Count >= value.GetInt32() ? null : "has too few keys";
            case "maxProperties":
                return node.Entries is not { } all || all.Count <= value.GetInt32() ? null : "has too many keys";
            case "required":
                var missing = value.EnumerateArray().Select(k => k.GetString()!).Where(k => node.Entries is { } present && present.All(e => e.Key != k)).ToArray();
                return missing.Length == 0 ? null : $"lacks {string.Join(", ", missing)}";
            case "items":
                for (var i = 0; i < (node.Items?.Count ?? 0); i++)
                    Check(node.Items![i], value, $"{path}[{i}]", problems);
                return null;
            case "properties" or "patternProperties" or "additionalProperties":
                return keyword.Name == FirstOf(schema) ? Members(node, schema, path, problems) : null;
            default:
                throw new NotSupportedException($"The schema keyword '{keyword.Name}' is not checked.");
        }
    }

    private string? Members(ISchemaValue node, JsonElement schema, string path, List<string> problems)
    {
        foreach (var (key, child) in node.Entries ?? [])
        {
            if (schema.TryGetProperty("properties", out var named) && named.TryGetProperty(key, out var own))
                Check(child, own, $"{path}.{key}", problems);
            else if (schema.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().FirstOrDefault(p => Regex.IsMatch(key, p.Name, RegexOptions.None, Patience)) is { Value.ValueKind: JsonValueKind.Object } match)
                Check(child, match.Value, $"{path}.{key}", problems);
            else if (schema.TryGetProperty("additionalProperties", out var rest) && rest.ValueKind == JsonValueKind.Object)
                Check(child, rest, $"{path}.{key}", problems);
            else if (schema.TryGetProperty("additionalProperties", out rest) && rest.ValueKind == JsonValueKind.False)
                problems.Add($"{path} {child.Place}: the key '{key}' is unknown");
        }

        return null;
    }

    /// <summary>The three keywords about members are read together, once.</summary>
    private static string FirstOf(JsonElement schema) => schema.EnumerateObject().First(p => p.Name is "properties" or "patternProperties" or "additionalProperties").Name;

    private bool Passes(ISchemaValue node, JsonElement schema)
    {
        var problems = new List<string>();
        Check(node, schema, "$", problems);
        return problems.Count == 0;
    }

    private static IEnumerable<string> Types(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(t => t.GetString()!) : [value.GetString()!];

    private IReadOnlyList<string> Check(ISchemaValue value, string part) => Check(value, root.GetProperty("$defs").GetProperty(part));
}
