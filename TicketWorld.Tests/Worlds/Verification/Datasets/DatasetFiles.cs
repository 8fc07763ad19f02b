using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

/// <summary>The files of a dataset in memory, record by record, to damage one and write all.</summary>
internal sealed class DatasetFiles
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private DatasetFiles(string folder)
    {
        Tickets = [.. File.ReadLines(Path.Combine(folder, "support_tickets.jsonl"))];
        foreach (var line in File.ReadLines(Path.Combine(folder, "customer_database.json")))
        {
            var record = line.TrimEnd(',');
            if (record.StartsWith("{\"customer_id\"", StringComparison.Ordinal))
                Customers.Add(record);
            else if (record.StartsWith("{\"product_id\"", StringComparison.Ordinal))
                Products.Add(record);
            else if (record.StartsWith("{\"order_id\"", StringComparison.Ordinal))
                Orders.Add(record);
            else if (record.StartsWith("{\"payment_id\"", StringComparison.Ordinal))
                Payments.Add(record);
        }

        PolicyText = File.ReadAllText(Path.Combine(folder, "company_policy.txt"));
        Graph = File.ReadAllText(Path.Combine(folder, "policy_graph.json"));
        Manifest = File.ReadAllText(Path.Combine(folder, "manifest.json"));
        if (File.Exists(Path.Combine(folder, "twins.jsonl")))
            Twins = [.. File.ReadLines(Path.Combine(folder, "twins.jsonl"))];
    }

    private DatasetFiles(DatasetFiles other)
    {
        Tickets = [.. other.Tickets];
        Customers = [.. other.Customers];
        Products = [.. other.Products];
        Orders = [.. other.Orders];
        Payments = [.. other.Payments];
        Twins = other.Twins is { } twins ? [.. twins] : null;
        PolicyText = other.PolicyText;
        Graph = other.Graph;
        Manifest = other.Manifest;
    }

    public List<string> Tickets { get; }

    public List<string> Customers { get; } = [];

    public List<string> Products { get; } = [];

    public List<string> Orders { get; } = [];

    public List<string> Payments { get; } = [];

    /// <summary>The lines of the file of pairs; null where there is no such file.</summary>
    public List<string>? Twins { get; set; }

    public string PolicyText { get; set; }

    public string Graph { get; set; }

    public string Manifest { get; set; }

    /// <summary>Makes a small world with every kind of record.</summary>
    public static DatasetFiles Generate(bool debug, int twins = 0)
    {
        var folder = Directory.CreateTempSubdirectory("ticketworld-").FullName;
        try
        {
            var path = Path.Combine(folder, "set");
            var options = new WorldOptions { Tickets = 60, Customers = 25, Products = 14, Orders = 90, Seed = 11, Debug = debug, Twins = twins };
            new DatasetGenerator(1, null, TimeProvider.System).Create(options, path, CancellationToken.None);
            return new DatasetFiles(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public DatasetFiles Copy() => new(this);

    /// <summary>The records of a section by the name of its file: customers, products, orders, payments, twins or tickets.</summary>
    public List<string> Section(string name) => name switch
    {
        "customers" => Customers,
        "products" => Products,
        "orders" => Orders,
        "payments" => Payments,
        "twins" => Twins!,
        _ => Tickets,
    };

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "support_tickets.json"), $"[\n{string.Join(",\n", Tickets)}\n]\n");
        File.WriteAllText(Path.Combine(folder, "support_tickets.jsonl"), string.Concat(Tickets.Select(t => t + "\n")));
        File.WriteAllText(
            Path.Combine(folder, "customer_database.json"),
            $"{{\n\"schema_version\": 2,\n\"customers\": [\n{string.Join(",\n", Customers)}\n],\n\"products\": [\n{string.Join(",\n", Products)}\n],\n\"orders\": [\n{string.Join(",\n", Orders)}\n],\n\"payments\": [\n{string.Join(",\n", Payments)}\n]\n}}\n");
        File.WriteAllText(Path.Combine(folder, "company_policy.txt"), PolicyText);
        File.WriteAllText(Path.Combine(folder, "policy_graph.json"), Graph);
        File.WriteAllText(Path.Combine(folder, "manifest.json"), Manifest);
        if (Twins is not null)
            File.WriteAllText(Path.Combine(folder, "twins.jsonl"), string.Concat(Twins.Select(t => t + "\n")));
    }

    public static string Text(JsonNode node) => node.ToJsonString(Plain);
}
