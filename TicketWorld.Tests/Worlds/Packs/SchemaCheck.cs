using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>
/// Checks a pack file against a JSON Schema: the part of draft 2020-12 that the packs' schemas use. A keyword that it does not know
/// is an error, so that no schema says more than is checked.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>What is wrong, each with its path; nothing when the file is valid.</returns>
    public IReadOnlyList<string> Check(PackNode node)
    {
        var problems = new List<string>();
        Check(node, root, "$", problems);
        return problems;
    }

    private void Check(PackNode node, JsonElement schema, string path, List<string> problems)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Problem(node, schema, keyword, path, problems) is { } problem)
                problems.Add($"{path} (line {node.Line}): {problem}");
        }
    }

    private string? Problem(PackNode node, JsonElement schema, JsonProperty keyword, string path, List<string> problems)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "$schema" or "title" or "description" or "$defs":
                return null;
            case "$ref":
                Check(node, root.GetProperty("$defs").GetProperty(value.GetString()!["#/$defs/".Length..]), path, problems);
                return null;
            case "type":
                return Types(value).Any(t => Is(node, t)) ? null : $"is not of type {value}";
            case "enum":
                return value.EnumerateArray().Any(e => node.IsScalar && e.GetString() == node.Text) ? null : $"is not one of {value}";
            case "oneOf":
                var fitting = value.EnumerateArray().Count(s => Passes(node, s));
                return fitting == 1 ? null : $"fits {fitting} of the alternatives, not one";
            case "pattern":
                return !node.IsScalar || Regex.IsMatch(node.Text, value.GetString()!, RegexOptions.None, Patience) ? null : $"'{node.Text}' does not match {value}";
            case "minLength":
                return !node.IsScalar || node.Text.Length >= value.GetInt32() ? null : "is too short";
            case "maxLength":
                return !node.IsScalar || node.Text.Length <= value.GetInt32() ? null : "is too long";
            case "minimum":
                return !Is(node, "number") || Number(node) >= value.GetDecimal() ? null : $"{node.Text} is below {value}";
            case "maximum":
                return !Is(node, "number") || Number(node) <= value.GetDecimal() ? null : $"{node.Text} is above {value}";
            case "minItems":
                return !node.IsList || node.Items.Count >= value.GetInt32() ? null : "has too few items";
            case "maxItems":
                return !node.IsList || node.Items.Count <= value.GetInt32() ? null : "has too many items";
            case "minProperties":
                return !node.IsMap || node.Entries.Count >= value.GetInt32() ? null : "has too few keys";
            case "maxProperties":
                return !node.IsMap || node.Entries.Count <= value.GetInt32() ? null : "has too many keys";
            case "required":
                var missing = value.EnumerateArray().Select(k => k.GetString()!).Where(k => node.IsMap && node.Find(k) is null).ToArray();
                return missing.Length == 0 ? null : $"lacks {string.Join(", ", missing)}";
            case "items":
                for (var i = 0; node.IsList && i < node.Items.Count; i++)
                    Check(node.Items[i], value, $"{path}[{i}]", problems);
                return null;
            case "properties" or "patternProperties" or "additionalProperties":
                return keyword.Name == FirstOf(schema) ? Members(node, schema, path, problems) : null;
            default:
                throw new NotSupportedException($"The schema keyword '{keyword.Name}' is not checked.");
        }
    }

    private string? Members(PackNode node, JsonElement schema, string path, List<string> problems)
    {
        if (!node.IsMap)
            return null;
        foreach (var (key, child) in node.Entries)
        {
            if (schema.TryGetProperty("properties", out var named) && named.TryGetProperty(key, out var own))
                Check(child, own, $"{path}.{key}", problems);
            else if (schema.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().FirstOrDefault(p => Regex.IsMatch(key, p.Name, RegexOptions.None, Patience)) is { Value.ValueKind: JsonValueKind.Object } match)
                Check(child, match.Value, $"{path}.{key}", problems);
            else if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
                Check(child, others, $"{path}.{key}", problems);
            else if (schema.TryGetProperty("additionalProperties", out others) && others.ValueKind == JsonValueKind.False)
                problems.Add($"{path} (line {child.Line}): the key '{key}' is unknown");
        }

        return null;
    }

    /// <summary>The three keywords about members are read together, once.</summary>
    private static string FirstOf(JsonElement schema) => schema.EnumerateObject().First(p => p.Name is "properties" or "patternProperties" or "additionalProperties").Name;

    private bool Passes(PackNode node, JsonElement schema)
    {
        var problems = new List<string>();
        Check(node, schema, "$", problems);
        return problems.Count == 0;
    }

    private static IEnumerable<string> Types(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(t => t.GetString()!) : [value.GetString()!];

    private static bool Is(PackNode node, string type) => type switch
    {
        "object" => node.IsMap,
        "array" => node.IsList,
        "string" => node.IsScalar,
        "boolean" => node.IsScalar && node.Text is "true" or "false",
        "integer" => node.IsScalar && long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number" => node.IsScalar && decimal.TryParse(node.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        _ => throw new NotSupportedException($"The type '{type}' is not checked."),
    };

    private static decimal Number(PackNode node) => decimal.Parse(node.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
