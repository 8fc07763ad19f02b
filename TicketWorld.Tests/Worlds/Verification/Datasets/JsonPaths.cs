using System.Text.Json.Nodes;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

/// <summary>Paths such as <c>resolution_plan.actions[].value</c> in JSON records; an array stands for its first element.</summary>
internal static class JsonPaths
{
    /// <summary>Members that hold no object: values, nulls, and arrays of values.</summary>
    public static IEnumerable<string> Leaves(JsonNode node, string path = "") => node switch
    {
        JsonObject owner => owner.SelectMany(p => p.Value is JsonObject || HoldsObjects(p.Value)
            ? Leaves(p.Value!, Join(path, p.Key)).Append(Join(path, p.Key))
            : [Join(path, p.Key)]),
        JsonArray { Count: > 0 } array => Leaves(array[0]!, path + "[]"),
        _ => [],
    };

    /// <summary>Objects and arrays, to which something can be added.</summary>
    public static IEnumerable<string> Containers(JsonNode node, string path = "") => node switch
    {
        JsonObject owner => owner.Where(p => p.Value is JsonObject or JsonArray).SelectMany(p => Containers(p.Value!, Join(path, p.Key))).Prepend(path),
        JsonArray array => (array.Count > 0 && array[0] is JsonObject ? Containers(array[0]!, path + "[]") : []).Prepend(path),
        _ => [],
    };

    /// <summary>The object that holds the last key of a path, or null.</summary>
    public static JsonObject? Owner(JsonObject record, string path)
    {
        JsonNode? node = record;
        foreach (var step in path.Split('.').SkipLast(1))
            node = Step(node, step);
        return node as JsonObject;
    }

    public static string Key(string path) => path.Split('.')[^1].Replace("[]", "", StringComparison.Ordinal);

    /// <summary>Adds an unknown key to an object, or a copy of the last element to an array (a text to an empty one).</summary>
    public static bool Add(JsonObject record, string path)
    {
        JsonNode? node = record;
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
            node = Step(node, step);
        switch (node)
        {
            case JsonObject owner:
                owner["extra"] = "x";
                return true;
            case JsonArray array:
                array.Add(array.Count > 0 ? array[^1]?.DeepClone() : JsonValue.Create("x"));
                return true;
            default:
                return false;
        }
    }

    private static JsonNode? Step(JsonNode? node, string step)
    {
        var name = step.Replace("[]", "", StringComparison.Ordinal);
        var member = node is JsonObject owner && owner.TryGetPropertyValue(name, out var value) ? value : null;
        return !step.EndsWith("[]", StringComparison.Ordinal) ? member : member is JsonArray { Count: > 0 } array ? array[0] : null;
    }

    private static bool HoldsObjects(JsonNode? node) => node is JsonArray { Count: > 0 } array && array[0] is JsonObject;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
