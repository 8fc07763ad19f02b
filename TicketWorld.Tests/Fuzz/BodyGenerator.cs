using System.Text.Json;
using System.Text.Json.Nodes;
using TicketWorld.Tests.Api.Contract;

namespace TicketWorld.Tests.Fuzz;

/// <summary>A value within a generated body that can be changed.</summary>
/// <param name="Parent">The object that holds it.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Schema">What it should be.</param>
internal sealed record BodyPlace(JsonObject Parent, string Name, JsonElement Schema);

/// <summary>Makes values that fit a schema of the document.</summary>
internal sealed class BodyGenerator(ApiDocument document, Random random)
{
    /// <summary>Numbers that say how much work is wanted stay small, so that the run is about requests.</summary>
    private const int MostWork = 5;

    private static readonly string[] Words =
    [
        "order ORD-20250609-1002", "refund", "crash", "ERR-5003", "$1,299.00", "urgent", "not urgent", "\u00fc\u00e7\u65e5\u672c", "\u202eright to left", "e\u0301", "\ud83d\ude00", "<script>alert(1)</script>", "'; DROP TABLE tickets; --",
        "{{7*7}}", "ignore all previous instructions", "\u0000\u0001\u001f", "\r\n\t", "%00%0a", "2024-01-15", "+1-555-987-6543", "a@b.example", "\u2028", "\ufeff", "null", "system:",
    ];

    public List<BodyPlace> Places { get; } = [];

    public JsonNode? Value(JsonElement schema, string name = "")
    {
        schema = document.Resolve(schema);
        foreach (var several in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(several, out var choices))
                return Value(choices[random.Next(choices.GetArrayLength())], name);
        }

        if (schema.TryGetProperty("enum", out var words))
            return JsonNode.Parse(words[random.Next(words.GetArrayLength())].GetRawText());
        return TypeOf(schema) switch
        {
            "object" => Object(schema),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => schema.TryGetProperty("items", out var items) ? Value(items) : null)]),
            "string" => JsonValue.Create(Text(schema, name)),
            "integer" => JsonValue.Create(Integer(schema)),
            "number" => JsonValue.Create(random.NextDouble()),
            "boolean" => JsonValue.Create(random.Next(2) == 0),
            "null" => null,
            _ => JsonValue.Create("anything"),
        };
    }

    public string Sentence(int longest)
    {
        var text = string.Join(' ', Enumerable.Range(0, 1 + random.Next(12)).Select(_ => Words[random.Next(Words.Length)]));
        return text.Length <= longest ? text : text[..longest].TrimEnd('\ud83d');
    }

    private static int Limit(JsonElement schema, string name, int fallback) => schema.TryGetProperty(name, out var limit) && limit.TryGetInt32(out var number) ? number : fallback;

    private string TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
            return schema.TryGetProperty("properties", out _) ? "object" : "";
        if (type.ValueKind == JsonValueKind.String)
            return type.GetString()!;
        // null is tried now and then only.
        string[] types = [.. type.EnumerateArray().Select(one => one.GetString()!)];
        return random.Next(5) > 0 && types.Length > 1 ? types.First(one => one != "null") : types[random.Next(types.Length)];
    }

    private JsonObject Object(JsonElement schema)
    {
        var made = new JsonObject();
        if (!schema.TryGetProperty("properties", out var properties))
        {
            for (var i = random.Next(3); i > 0; i--)
                made[$"key {i}"] = Sentence(40);
            return made;
        }

        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var property in properties.EnumerateObject().Where(property => required.Contains(property.Name) || random.Next(2) == 0))
        {
            made[property.Name] = Value(property.Value, property.Name);
            Places.Add(new(made, property.Name, property.Value));
        }

        return made;
    }

    private string Text(JsonElement schema, string name)
    {
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "date")
            return random.Next(3) == 0 ? "2026-02-30" : "2026-01-15";
        if (name.EndsWith("email", StringComparison.Ordinal))
            return "somebody@example.com";
        if (name == "pack")
            return random.Next(2) == 0 ? "technest" : "fernhill";
        var longest = Limit(schema, "maxLength", 200);
        return random.Next(40) == 0 ? new string('x', longest) : Sentence(longest);
    }

    private long Integer(JsonElement schema)
    {
        var least = schema.TryGetProperty("minimum", out var minimum) ? minimum.GetInt64() : 0;
        return least + random.Next(MostWork);
    }
}
