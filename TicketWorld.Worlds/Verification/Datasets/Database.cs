using System.Text.Json;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>The records of a dataset as far as they can be read. The rules that they must keep together are in <see cref="DatabaseRules"/>.</summary>
internal sealed class Database
{
    public const string FileName = "customer_database.json";

    private static readonly string[] Sections = ["customers", "products", "orders"];

    private readonly List<Customer> _customers = [];
    private readonly List<Product> _products = [];
    private readonly List<Order> _orders = [];

    private Database()
    {
    }

    public IReadOnlyList<Customer> Customers => _customers;

    public IReadOnlyList<Product> Products => _products;

    public IReadOnlyList<Order> Orders => _orders;

    /// <summary>Elements of each section, readable or not: customers, products, orders.</summary>
    public int[] Counts { get; } = new int[3];

    /// <summary>The records by id; of two with one id the first counts.</summary>
    public RecordBook Book() => new(
        [.. _customers.DistinctBy(c => c.Id)],
        [.. _products.DistinctBy(p => p.Id)],
        [.. _orders.DistinctBy(o => o.Id)]);

    public static Database Read(Stream stream, string[] tiers, VerificationReport report)
    {
        var database = new Database();
        using var scanner = new JsonElementScanner(stream, hasSections: true);
        var seen = new List<string>();
        while (scanner.Next())
        {
            if (seen.Count == 0 || seen[^1] != scanner.Section)
                seen.Add(scanner.Section);
            database.ReadElement(scanner, tiers, report);
        }

        if (scanner.Problem is { } problem)
            report.Add(new Finding(VerificationLayer.Files, FileName, "(file)", "", problem, $"after {database.Counts.Sum()} records", "customers, products, orders"));
        else if (seen.Except(Sections, StringComparer.Ordinal).Any() || seen.Distinct(StringComparer.Ordinal).Count() != seen.Count)
            report.Add(new Finding(VerificationLayer.Schema, FileName, "(file)", "", "the sections are not those of a database", string.Join(", ", seen), string.Join(", ", Sections)));
        return database;
    }

    private void ReadElement(JsonElementScanner scanner, string[] tiers, VerificationReport report)
    {
        var section = Array.IndexOf(Sections, scanner.Section);
        if (section < 0)
            return;
        var check = new RecordCheck(FileName, $"{scanner.Section}[{Counts[section]++}]");
        try
        {
            using var document = JsonDocument.Parse(scanner.Element);
            switch (section)
            {
                case 0:
                    Keep(_customers, RecordFormats.ReadCustomer(document.RootElement, check, tiers));
                    break;
                case 1:
                    Keep(_products, RecordFormats.ReadProduct(document.RootElement, check));
                    break;
                default:
                    var order = RecordFormats.ReadOrder(document.RootElement, check, out var date);
                    if (order is not null && date is { } day)
                        DatabaseRules.CheckDate(order, day, check);
                    Keep(_orders, order);
                    break;
            }
        }
        catch (JsonException e)
        {
            check.Add(VerificationLayer.Files, "(record)", $"this is not valid JSON: {e.Message}", "", "a JSON object");
        }

        report.Add(check);
    }

    private static void Keep<T>(List<T> list, T? record)
        where T : class
    {
        if (record is not null)
            list.Add(record);
    }
}
