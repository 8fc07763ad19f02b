using System.Text.Json;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Finds where two JSON values differ.</summary>
internal static class JsonDifference
{
    private const int Most = 20;

    /// <summary>Paths with the values on both sides; "missing" for a side that has none.</summary>
    public static List<(string Path, string Left, string Right)> Find(JsonElement left, JsonElement right)
    {
        var found = new List<(string Path, string Left, string Right)>();
        Compare("", left, right, found);
        return found;
    }

    private static void Compare(string path, JsonElement? left, JsonElement? right, List<(string Path, string Left, string Right)> found)
    {
        if (found.Count >= Most || (left is { } a && right is { } b && JsonElement.DeepEquals(a, b)))
            return;
        if (left is { ValueKind: JsonValueKind.Object } one && right is { ValueKind: JsonValueKind.Object } other)
        {
            foreach (var property in one.EnumerateObject())
                Compare(Join(path, property.Name), property.Value, other.TryGetProperty(property.Name, out var match) ? match : null, found);
            foreach (var property in other.EnumerateObject().Where(p => !one.TryGetProperty(p.Name, out _)))
                Compare(Join(path, property.Name), null, property.Value, found);
        }
        else if (left is { ValueKind: JsonValueKind.Array } list && right is { ValueKind: JsonValueKind.Array } second && list.GetArrayLength() == second.GetArrayLength())
        {
            for (var i = 0; i < list.GetArrayLength(); i++)
                Compare($"{path}[{i}]", list[i], second[i], found);
        }
        else
        {
            found.Add((path.Length == 0 ? "(record)" : path, left?.GetRawText() ?? "missing", right?.GetRawText() ?? "missing"));
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
