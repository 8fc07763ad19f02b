using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

/// <summary>A single damage to a dataset.</summary>
/// <param name="Apply">Damages the files; false where they have nothing that it fits.</param>
internal sealed record Fault(string Name, Func<DatasetFiles, bool> Apply);

/// <summary>Every schema field of every file times every operator that fits its type: change, swap, drop, add, shift.</summary>
internal static class Faults
{
    private static readonly string[] Sections = ["customers", "products", "orders", "payments", "tickets"];

    public static IEnumerable<Fault> All(DatasetFiles files) =>
        Sections.Concat(files.Twins is null ? [] : ["twins"]).SelectMany(section => OfSection(files, section))
            .Concat(DocumentFaults.OfGraph(files))
            .Concat(DocumentFaults.OfText())
            .Concat(DocumentFaults.OfManifest())
            .Concat(files.Twins is null ? [] : TwinFaults.All());

    private static IEnumerable<Fault> OfSection(DatasetFiles files, string section)
    {
        foreach (var path in files.Section(section).SelectMany(r => JsonPaths.Leaves(JsonNode.Parse(r)!)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            yield return OnField("change", section, path, (node, key, _) => Assign(node, key, Values.Changed(node[key])));
            yield return OnField("shift", section, path, (node, key, _) => Assign(node, key, Values.Shifted(node[key])));
            yield return OnField("drop", section, path, (node, key, _) => node.Remove(key));
            yield return OnField("swap", section, path, (node, key, other) => Assign(node, key, other?[key]?.DeepClone()));
        }

        foreach (var path in files.Section(section).SelectMany(r => JsonPaths.Containers(JsonNode.Parse(r)!)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            yield return new Fault($"add {section} {path}", set => OnRecord(set.Section(section), path.Length, record => JsonPaths.Add(record, path)));

        yield return new Fault($"drop {section} record", set => Do(() => set.Section(section).RemoveAt(set.Section(section).Count / 2)));
        yield return new Fault($"drop {section} last record", set => Do(() => set.Section(section).RemoveAt(set.Section(section).Count - 1)));
        yield return new Fault($"add {section} record", set => Do(() => set.Section(section).Add(set.Section(section)[1])));
        yield return new Fault($"swap {section} records", set => Do(() => (set.Section(section)[1], set.Section(section)[3]) = (set.Section(section)[3], set.Section(section)[1])));
    }

    /// <summary>Applies an operator to a field of the first record, from a place that depends on the path, in which it makes a difference.</summary>
    private static Fault OnField(string operation, string section, string path, Func<JsonObject, string, JsonObject?, bool> change) =>
        new($"{operation} {section} {path}", set => OnRecord(set.Section(section), path.Sum(c => c), (record, index) =>
        {
            if (JsonPaths.Owner(record, path) is not { } owner || !owner.ContainsKey(JsonPaths.Key(path)))
                return false;
            var other = set.Section(section)
                .Where((_, i) => i != index)
                .Select(r => JsonPaths.Owner(JsonNode.Parse(r)!.AsObject(), path))
                .FirstOrDefault(o => o is not null && o.TryGetPropertyValue(JsonPaths.Key(path), out var value) && !JsonNode.DeepEquals(value, owner[JsonPaths.Key(path)]));
            return change(owner, JsonPaths.Key(path), other);
        }));

    private static bool OnRecord(List<string> records, int start, Func<JsonObject, bool> change) => OnRecord(records, start, (record, _) => change(record));

    private static bool OnRecord(List<string> records, int start, Func<JsonObject, int, bool> change)
    {
        for (var i = 0; i < records.Count; i++)
        {
            var index = (start + i) % records.Count;
            var before = JsonNode.Parse(records[index])!;
            var record = before.DeepClone().AsObject();
            if (!change(record, index) || JsonNode.DeepEquals(before, record))
                continue;
            records[index] = DatasetFiles.Text(record);
            return true;
        }

        return false;
    }

    private static bool Assign(JsonObject owner, string key, JsonNode? value)
    {
        if (value is null && owner[key] is null)
            return false;
        owner[key] = value;
        return true;
    }

    private static bool Do(Action action)
    {
        action();
        return true;
    }

    /// <summary>Values near a given one: plausible, of the same type, and different.</summary>
    internal static class Values
    {
        public static JsonNode? Changed(JsonNode? value) => value?.GetValueKind() switch
        {
            JsonValueKind.True => JsonValue.Create(false),
            JsonValueKind.False => JsonValue.Create(true),
            JsonValueKind.Number => Number(value, 100m),
            JsonValueKind.String => JsonValue.Create(Letter(value.GetValue<string>())),
            _ => JsonValue.Create("2026-01-01T00:00:00Z"),
        };

        public static JsonNode? Shifted(JsonNode? value)
        {
            if (value?.GetValueKind() == JsonValueKind.Number)
                return Number(value, 1m);
            if (value?.GetValueKind() != JsonValueKind.String)
                return value?.DeepClone();
            var text = value.GetValue<string>();
            if (DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                return JsonValue.Create(time.AddHours(-30).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day))
                return JsonValue.Create(day.AddDays(1).ToString("yyyy-MM-dd"));
            var dash = text.LastIndexOf('-') + 1;
            return dash > 0 && int.TryParse(text.AsSpan(dash), out var number)
                ? JsonValue.Create($"{text[..dash]}{(number + 1).ToString(new string('0', text.Length - dash))}")
                : value.DeepClone();
        }

        /// <summary>The number in its own form, moved by whole units or by as many of its last digit.</summary>
        private static JsonNode Number(JsonNode value, decimal steps)
        {
            var raw = value.ToJsonString();
            var decimals = raw.Contains('.', StringComparison.Ordinal) ? raw.Length - raw.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            var moved = decimal.Parse(raw) + steps / (decimal)Math.Pow(10, decimals);
            return JsonNode.Parse(moved.ToString($"F{decimals}"))!;
        }

        /// <summary>Another letter or digit for the last one.</summary>
        private static string Letter(string text)
        {
            var at = text.Length - 1;
            while (at >= 0 && !char.IsAsciiLetterOrDigit(text[at]))
                at--;
            if (at < 0)
                return text + "x";
            var other = text[at] switch
            {
                '9' => '8',
                'z' => 'y',
                'Z' => 'Y',
                var c => (char)(c + 1),
            };
            return $"{text[..at]}{other}{text[(at + 1)..]}";
        }
    }
}
