using System.Text.Json;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Datasets;

/// <summary>A set as its readers see it: the exported JSON, and nothing of the program that wrote it.</summary>
internal sealed class ExportedSet
{
    private ExportedSet(WorldOptions options, IEnumerable<ReadOnlyMemory<byte>> lines, byte[] database, byte[] graph)
    {
        Options = options;
        var root = Read(database);
        Customers = ById(root.GetProperty("customers"), "customer_id");
        Products = ById(root.GetProperty("products"), "product_id");
        Orders = ById(root.GetProperty("orders"), "order_id");
        Payments = root.GetProperty("payments").EnumerateArray().ToLookup(p => p.Text("order_id"), StringComparer.Ordinal);
        PolicyGraph = Read(graph);
        Tickets = [.. lines.Select(line => new ExportedTicket(Read(line), this))];
    }

    public WorldOptions Options { get; }

    public ExportedTicket[] Tickets { get; }

    public IReadOnlyDictionary<string, JsonElement> Customers { get; }

    public IReadOnlyDictionary<string, JsonElement> Products { get; }

    public IReadOnlyDictionary<string, JsonElement> Orders { get; }

    /// <summary>Payments by order.</summary>
    public ILookup<string, JsonElement> Payments { get; }

    public JsonElement PolicyGraph { get; }

    public static ExportedSet Make(WorldOptions options, Pack? pack = null)
    {
        var world = World.Create(pack ?? TestWorlds.Pack, options);
        using var database = new MemoryStream();
        world.WriteDatabase(database);
        using var graph = new MemoryStream();
        world.WritePolicyGraph(graph);
        return new ExportedSet(options, TestWorlds.Lines(world), database.ToArray(), graph.ToArray());
    }

    private static JsonElement Read(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize<JsonElement>(json.Span);

    private static Dictionary<string, JsonElement> ById(JsonElement records, string key) =>
        records.EnumerateArray().ToDictionary(r => r.GetProperty(key).GetString()!, StringComparer.Ordinal);
}
