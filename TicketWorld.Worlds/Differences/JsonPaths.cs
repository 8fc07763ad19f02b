using System.Text.Json;

namespace TicketWorld.Worlds.Differences;

/// <summary>The paths at which two JSON values differ.</summary>
internal static class JsonPaths
{
    /// <summary>Every path that differs with both values as JSON; null for the side that has none.</summary>
    public static IEnumerable<(string Path, string? First, string? Second)> Differences(string path, JsonElement? first, JsonElement? second)
    {
        if (first is { } one && second is { } other)
        {
            if (JsonElement.DeepEquals(one, other))
                return [];
            if (one.ValueKind == JsonValueKind.Object && other.ValueKind == JsonValueKind.Object)
                return Members(path, one, other);
            if (one.ValueKind == JsonValueKind.Array && other.ValueKind == JsonValueKind.Array)
                return Items(path, one, other);
        }

        return [(path, first?.GetRawText(), second?.GetRawText())];
    }

    private static IEnumerable<(string Path, string? First, string? Second)> Members(string path, JsonElement one, JsonElement other)
    {
        var prefix = path.Length == 0 ? "" : path + ".";
        return one.EnumerateObject().SelectMany(p => Differences(prefix + p.Name, p.Value, other.TryGetProperty(p.Name, out var match) ? match : null))
            .Concat(other.EnumerateObject().Where(p => !one.TryGetProperty(p.Name, out _)).SelectMany(p => Differences(prefix + p.Name, null, p.Value)));
    }

    private static IEnumerable<(string Path, string? First, string? Second)> Items(string path, JsonElement one, JsonElement other)
    {
        var (left, right) = (one.GetArrayLength(), other.GetArrayLength());
        return Enumerable.Range(0, Math.Max(left, right)).SelectMany(i => Differences($"{path}[{i}]", i < left ? one[i] : null, i < right ? other[i] : null));
    }
}
