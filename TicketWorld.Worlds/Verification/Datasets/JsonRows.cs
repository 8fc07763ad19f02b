using System.Text.Json;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// Compares arrays of a record with what they must hold, without making texts of them. It says yes only to the exact form; what differs
/// in any way is for a slower reader to name.
/// </summary>
internal static class JsonRows
{
    /// <summary>Whether the member is an array of exactly these texts.</summary>
    public static bool AreTexts(JsonRecord record, string name, IReadOnlyList<string> expected)
    {
        if (record.Member(name) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() != expected.Count)
            return false;
        var next = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (!PlainJson.Is(element, expected[next++]))
                return false;
        }

        return true;
    }

    /// <summary>Whether the member is an array of objects with exactly these keys, in this order, and these values row by row.</summary>
    /// <param name="keys">Keys of each object.</param>
    /// <param name="expected">Values of all rows, one after the other; null where the file must say null.</param>
    public static bool AreRows(JsonRecord record, string name, ReadOnlySpan<string> keys, ReadOnlySpan<string?> expected)
    {
        if (record.Member(name) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() * keys.Length != expected.Length)
            return false;
        var next = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (!IsRow(element, keys, expected.Slice(next, keys.Length)))
                return false;
            next += keys.Length;
        }

        return true;
    }

    private static bool IsRow(JsonElement element, ReadOnlySpan<string> keys, ReadOnlySpan<string?> expected)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return false;
        var next = 0;
        foreach (var property in element.EnumerateObject())
        {
            if (next >= keys.Length || !property.NameEquals(keys[next]))
                return false;
            var value = expected[next++];
            if (value is null ? property.Value.ValueKind != JsonValueKind.Null : !PlainJson.Is(property.Value, value))
                return false;
        }

        return next == keys.Length;
    }
}
