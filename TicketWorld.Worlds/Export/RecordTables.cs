using System.Text.Json;

namespace TicketWorld.Worlds.Export;

/// <summary>A row of a flat table: column and value. A value is a single JSON value; a list stands as a JSON text.</summary>
public sealed record TableRow(string Table, IReadOnlyList<(string Column, JsonElement Value)> Cells);

/// <summary>
/// Turns the nested records of <c>customer_database.json</c> into rows of flat tables: an object's members become columns, a list of
/// objects becomes rows of a table of its own that name their owner.
/// </summary>
public static class RecordTables
{
    /// <summary>Lists of objects that become tables.</summary>
    private static readonly Child[] Children =
    [
        new("orders", "order_id", "items", "order_items", "line", StaysAsText: true),
        new("orders", "order_id", "parcels", "parcels", null, StaysAsText: false),
    ];

    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["shipping_address"] = "shipping",
        ["billing_address"] = "billing",
    };

    /// <summary>Names of the tables, those that others refer to first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["customers", "products", "orders", "order_items", "parcels", "payments"];

    /// <summary>The rows of all tables, an owner before what belongs to it.</summary>
    public static IEnumerable<TableRow> Rows(JsonElement database)
    {
        foreach (var array in (string[])["customers", "products", "orders", "payments"])
        {
            if (!database.TryGetProperty(array, out var records) || records.ValueKind != JsonValueKind.Array)
                continue;
            foreach (var record in records.EnumerateArray())
            {
                yield return new TableRow(array, [.. Flatten(record, "").Where(c => !Array.Exists(Children, child => child.Array == array && child.List == c.Column && !child.StaysAsText))]);
                foreach (var child in Children.Where(c => c.Array == array))
                {
                    foreach (var row in ChildRows(record, child))
                        yield return row;
                }
            }
        }
    }

    private static IEnumerable<TableRow> ChildRows(JsonElement record, Child child)
    {
        if (!record.TryGetProperty(child.List, out var items) || items.ValueKind != JsonValueKind.Array)
            yield break;
        var number = 0;
        foreach (var item in items.EnumerateArray())
        {
            number++;
            var cells = new List<(string Column, JsonElement Value)> { (child.Owner, record.GetProperty(child.Owner)) };
            if (child.Counter is { } counter)
                cells.Add((counter, JsonSerializer.SerializeToElement(number)));
            cells.AddRange(Flatten(item, ""));
            yield return new TableRow(child.Table, cells);
        }
    }

    private static IEnumerable<(string Column, JsonElement Value)> Flatten(JsonElement record, string prefix)
    {
        foreach (var member in record.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var cell in Flatten(member.Value, prefix + Prefixes.GetValueOrDefault(member.Name, member.Name) + "_"))
                    yield return cell;
            }
            else
            {
                yield return (prefix + member.Name, member.Value);
            }
        }
    }

    /// <param name="Owner">Key of the record that the list belongs to.</param>
    /// <param name="Counter">Column that counts the rows, when they have no number of their own.</param>
    /// <param name="StaysAsText">Whether the owner keeps the list as a JSON text too.</param>
    private sealed record Child(string Array, string Owner, string List, string Table, string? Counter, bool StaysAsText);
}
