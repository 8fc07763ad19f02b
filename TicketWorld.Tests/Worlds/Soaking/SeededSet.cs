using System.Text.Json;
using System.Text.Json.Nodes;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;
using TicketWorld.Worlds.Soaking;

namespace TicketWorld.Tests.Worlds.Soaking;

/// <summary>A clean set in memory that tests put contradictions into, a copy for each.</summary>
internal sealed class SeededSet
{
    /// <summary>More orders than tickets, so that there are orders that no ticket names; enough tickets for what shows only in many.</summary>
    private static readonly Lazy<Clean> Made = new(() => new Clean(World.Create(Datasets.TestWorlds.Pack, Datasets.TestWorlds.Roomy(1200, 4) with { Orders = 1500 })));

    private readonly Dictionary<int, JsonObject> _edited = [];
    private readonly List<JsonObject> _added = [];
    private JsonObject? _database;

    public static PolicyDocument Policy => Made.Value.Policy;

    /// <summary>The records, to be changed.</summary>
    public JsonObject Database => _database ??= JsonNode.Parse(Made.Value.Database)!.AsObject();

    /// <summary>A ticket, to be changed.</summary>
    public JsonObject this[int ticket]
    {
        get
        {
            if (!_edited.TryGetValue(ticket, out var node))
                _edited[ticket] = node = JsonObject.Create(Made.Value.Tickets[ticket])!;
            return node;
        }
    }

    /// <summary>The tickets for which a condition holds, as numbers.</summary>
    public static IEnumerable<int> Where(Func<JsonElement, Scenario, bool> suits) =>
        Enumerable.Range(0, Made.Value.Tickets.Length).Where(i => suits(Made.Value.Tickets[i], ScenarioOf(i)));

    /// <summary>The tickets that are alone with their orders and for which a condition holds.</summary>
    public static IEnumerable<int> OfOrders(Func<JsonElement, Scenario, bool> suits) =>
        Where((t, s) => s.Order is not null && Made.Value.Mentions.GetValueOrDefault(t.Text("order_id")) == 1 && suits(t, s));

    public static int FirstOfOrder(Func<JsonElement, Scenario, bool> suits) => OfOrders(suits).First();

    public static Scenario ScenarioOf(int ticket) => Made.Value.Scenarios[Made.Value.Tickets[ticket].Text("_scenario_template")];

    /// <summary>The order of a ticket, to be changed.</summary>
    public JsonObject OrderOf(int ticket) => Orders.Single(o => o.Text("order_id") == Made.Value.Tickets[ticket].Text("order_id"));

    /// <summary>The line of a ticket, to be changed.</summary>
    public JsonObject LineOf(int ticket) =>
        OrderOf(ticket)["items"]!.AsArray().Select(i => i!.AsObject()).Single(i => i.Text("product_id") == Made.Value.Tickets[ticket].Text("product_id"));

    /// <summary>Orders that no ticket names, to be changed.</summary>
    public IEnumerable<JsonObject> UnnamedOrders => Orders.Where(o => !Made.Value.Mentions.ContainsKey(o.Text("order_id")));

    public void Add(JsonObject ticket) => _added.Add(ticket);

    public SoakReport Count()
    {
        var report = new SoakReport("seeded");
        using var records = new SetRecords(JsonDocument.Parse(_database?.ToJsonString() ?? Made.Value.Database));
        var counter = new ContradictionCounter(records, Policy, Made.Value.Scenarios.Values, report);
        for (var i = 0; i < Made.Value.Tickets.Length; i++)
            counter.Take(_edited.TryGetValue(i, out var edited) ? JsonSerializer.SerializeToElement(edited) : Made.Value.Tickets[i]);
        foreach (var ticket in _added)
            counter.Take(JsonSerializer.SerializeToElement(ticket));
        counter.End();
        return report;
    }

    private IEnumerable<JsonObject> Orders => Database["orders"]!.AsArray().Select(o => o!.AsObject());

    private sealed class Clean
    {
        public Clean(World world)
        {
            Tickets = [.. Datasets.TestWorlds.Lines(world).Select(line => JsonSerializer.Deserialize<JsonElement>(line.Span))];
            using var database = new MemoryStream();
            world.WriteDatabase(database, CancellationToken.None);
            Database = System.Text.Encoding.UTF8.GetString(database.ToArray());
            using var graph = new MemoryStream();
            world.WritePolicyGraph(graph);
            graph.Position = 0;
            using var reader = new StreamReader(graph);
            Policy = PolicyReader.ReadGraph("policy_graph.json", reader);
            Scenarios = world.Pack.Scenarios.ToDictionary(s => s.Id);
            Mentions = Tickets.Select(t => t.Text("order_id")).CountBy(id => id).ToDictionary();
        }

        public JsonElement[] Tickets { get; }

        public string Database { get; }

        public PolicyDocument Policy { get; }

        public Dictionary<string, Scenario> Scenarios { get; }

        /// <summary>How many tickets name an order.</summary>
        public Dictionary<string, int> Mentions { get; }
    }
}

internal static class SeededJson
{
    public static string Text(this JsonObject json, string key) => json[key]!.GetValue<string>();

    public static void Shift(this JsonObject json, string key, decimal by) => json[key] = json[key]!.GetValue<decimal>() + by;
}
