using System.Text.Json;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Worlds.Differences;

/// <summary>A difference between two sets.</summary>
/// <param name="Kind">options, policy, customers, products, orders, payments or tickets.</param>
/// <param name="Record">The record's id; empty for options and policy.</param>
/// <param name="Path">Path of the field; empty when the record is in one set only.</param>
/// <param name="First">The value in the first set as JSON, or null when it is missing there.</param>
public sealed record Difference(string Kind, string Record, string Path, string? First, string? Second);

/// <summary>Records of a kind in both sets.</summary>
/// <param name="Different">Records in both sets whose fields differ.</param>
public sealed record KindComparison(string Kind, long InFirst, long InSecond, long OnlyInFirst, long OnlyInSecond, long Different)
{
    public bool IsEqual => OnlyInFirst + OnlyInSecond + Different == 0;
}

/// <summary>How two sets differ.</summary>
/// <param name="Total">All differences; the list may hold fewer.</param>
public sealed record ComparisonReport(IReadOnlyList<KindComparison> Kinds, IReadOnlyList<Difference> Differences, long Total)
{
    public bool IsIdentical => Total == 0;
}

/// <summary>Compares two sets: options, policy, records and tickets by id. Of the first set's tickets only places and hashes are kept.</summary>
public sealed class DatasetComparison
{
    private readonly List<Difference> _differences = [];
    private readonly List<KindComparison> _kinds = [];
    private readonly int _listed;
    private long _total;

    private DatasetComparison(int listed) => _listed = listed;

    /// <param name="listed">How many differences to list; all are counted.</param>
    public static ComparisonReport Compare(DatasetReader first, DatasetReader second, int listed, CancellationToken cancellation = default)
    {
        var comparison = new DatasetComparison(listed);
        using (var one = JsonDocument.Parse(first.Manifest.ToBytes()))
        using (var other = JsonDocument.Parse(second.Manifest.ToBytes()))
        {
            foreach (var part in (string[])["schema_version", "engine_version", "pack", "options"])
                comparison.Add("options", "", JsonPaths.Differences(part, Member(one.RootElement, part), Member(other.RootElement, part)).Select(d => (d.Path, Hide(d.First), Hide(d.Second))));
        }

        using (var one = first.PolicyGraph())
        using (var other = second.PolicyGraph())
            comparison.Add("policy", "", JsonPaths.Differences("", one.RootElement, other.RootElement));
        comparison.CompareRecords(first, second);
        comparison.CompareTickets(first, second, cancellation);
        return new ComparisonReport(comparison._kinds, comparison._differences, comparison._total);
    }

    private void CompareRecords(DatasetReader first, DatasetReader second)
    {
        using var one = first.Database();
        using var other = second.Database();
        foreach (var (array, key) in RecordKeys.All)
        {
            var left = ById(one.RootElement, array, key);
            var right = ById(other.RootElement, array, key);
            if (left.Count + right.Count == 0)
                continue;
            long onlyFirst = 0, onlySecond = 0, different = 0;
            foreach (var (id, record) in left)
            {
                if (!right.TryGetValue(id, out var match))
                    onlyFirst += Only(array, id, inFirst: true);
                else if (!JsonElement.DeepEquals(record, match))
                    different += Add(array, id, JsonPaths.Differences("", record, match)) ? 1 : 0;
            }

            foreach (var id in right.Keys.Where(id => !left.ContainsKey(id)))
                onlySecond += Only(array, id, inFirst: false);
            _kinds.Add(new KindComparison(array, left.Count, right.Count, onlyFirst, onlySecond, different));
        }
    }

    private void CompareTickets(DatasetReader first, DatasetReader second, CancellationToken cancellation)
    {
        using var index = TicketPlaces.Read(first, cancellation);
        long count = 0, onlySecond = 0, different = 0;
        var number = 0;
        foreach (var line in second.Lines())
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            using var ticket = second.ParseTicket(line, ++number);
            var id = ticket.RootElement.GetProperty("ticket_id").GetString()!;
            if (index.Take(id, line) is not { } match)
            {
                onlySecond += Only("tickets", id, inFirst: false);
            }
            else if (match.Line is { } text)
            {
                using var other = first.ParseTicket(text, match.Number);
                different += Add("tickets", id, JsonPaths.Differences("", other.RootElement, ticket.RootElement)) ? 1 : 0;
            }
        }

        long onlyFirst = 0;
        foreach (var id in index.Left())
            onlyFirst += Only("tickets", id, inFirst: true);
        _kinds.Add(new KindComparison("tickets", index.Count, count, onlyFirst, onlySecond, different));
    }

    private int Only(string kind, string id, bool inFirst)
    {
        Add(new Difference(kind, id, "", inFirst ? "present" : null, inFirst ? null : "present"));
        return 1;
    }

    private bool Add(string kind, string id, IEnumerable<(string Path, string? First, string? Second)> found)
    {
        var any = false;
        foreach (var (path, one, other) in found)
        {
            Add(new Difference(kind, id, path, one, other));
            any = true;
        }

        return any;
    }

    private void Add(Difference difference)
    {
        _total++;
        if (_differences.Count < _listed)
            _differences.Add(difference);
    }

    private static Dictionary<string, JsonElement> ById(JsonElement database, string array, string key)
    {
        var records = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var record in Member(database, array) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default)
            records[Member(record, key)?.ToString() ?? $"number {records.Count + 1}"] = record;
        return records;
    }

    /// <summary>A drawn seed is a secret until it is revealed, so it is not shown.</summary>
    private static string? Hide(string? value) => value?.StartsWith("\"0x", StringComparison.Ordinal) == true ? "a drawn seed" : value;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
