using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Packs;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Tests.Worlds.Datasets;

public sealed class AppendTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DatasetGenerator _generator = new(threads: 2);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10, 70, 5)]
    [InlineData(600, 50, 700)]
    [InlineData(100, 400, 60)]
    public void What_is_there_stays_byte_for_byte(int tickets, int orders, int more)
    {
        _generator.Create(new WorldOptions { Tickets = tickets, Orders = orders }, _folder.Path);
        var before = Manifest.FileNames.ToDictionary(f => f, f => File.ReadAllBytes(_folder.File(f)));
        _generator.Append(more, _folder.Path);

        var manifest = TestWorlds.AssertComplete(_folder.Path);
        Assert.Equal((tickets + more, tickets), (manifest.Tickets, manifest.Options.Tickets));
        foreach (var name in (string[])["customer_database.json", "company_policy.txt", "policy_graph.json"])
            Assert.Equal(before[name], File.ReadAllBytes(_folder.File(name)));
        var lines = File.ReadAllBytes(_folder.File("support_tickets.jsonl"));
        Assert.True(lines.AsSpan().StartsWith(before["support_tickets.jsonl"]));
        var array = File.ReadAllBytes(_folder.File("support_tickets.json"));
        Assert.True(array.AsSpan().StartsWith(before["support_tickets.json"].AsSpan(0, before["support_tickets.json"].Length - TicketFiles.ArrayEnd.Length)));
        Assert.Equal(tickets + more, lines.Count(b => b == '\n'));
        Assert.Equal(tickets + more, JsonDocument.Parse(array).RootElement.GetArrayLength());
        Assert.Equal(tickets + more, Ids().Distinct().Count());
    }

    [Fact]
    public void Appending_twice_records_both_blocks_and_the_options_make_the_same_tickets_again()
    {
        _generator.Create(new WorldOptions { Tickets = 40, Orders = 60, Seed = 8, Debug = false, CompanyName = "Larkspur" }, _folder.Path);
        _generator.Append(30, _folder.Path);
        _generator.Append(20, _folder.Path);

        var options = TestWorlds.AssertComplete(_folder.Path).Options;
        Assert.Equal([30, 20], options.Appended);
        var made = TestWorlds.Lines(World.Create(TestWorlds.Pack, options)).SelectMany(l => l.ToArray());
        Assert.Equal(File.ReadAllBytes(_folder.File("support_tickets.jsonl")), made);
    }

    [Fact]
    public void A_block_keeps_its_own_shares()
    {
        _generator.Create(new WorldOptions { Tickets = 100, Orders = 3000, Customers = 500, Products = 150 }, _folder.Path);
        var made = _generator.Append(200, _folder.Path);
        Assert.Equal(200, made.Report.Tickets);
        Assert.DoesNotContain(Shares.Of(made), s => Math.Abs(s.Tickets - s.Target) > 1);
        Assert.Equal(50, Shares.Of(made).Single(s => s.Label == "return_request").Target);
    }

    [Fact]
    public void A_block_is_about_lines_that_no_ticket_is_about_as_long_as_there_are_any()
    {
        _generator.Create(new WorldOptions { Tickets = 100, Orders = 4000, Customers = 500, Products = 150 }, _folder.Path);
        var made = _generator.Append(80, _folder.Path);
        Assert.InRange(made.Report.WhatIfs, 1, 20);
        AssertRepeatsOnlyWhereAllAreTaken(made.World);

        using var tight = new TemporaryFolder();
        _generator.Create(new WorldOptions { Tickets = 60, Orders = 60 }, tight.Path);
        Assert.NotEqual(0, _generator.Append(200, tight.Path).Report.WhatIfs);
    }

    [Fact]
    public void There_must_be_a_set_to_append_to()
    {
        Assert.Equal("nothing_to_append_to", Refused(_folder.Path).Code);
        Assert.Equal("nothing_to_append_to", Refused(_folder.File("missing")).Code);
        Assert.False(Directory.Exists(_folder.File("missing")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("support_tickets.json")]
    [InlineData("support_tickets.jsonl")]
    [InlineData("customer_database.json")]
    [InlineData("company_policy.txt")]
    [InlineData("policy_graph.json")]
    public void A_set_that_was_changed_by_hand_is_refused_and_left(string file)
    {
        _generator.Create(new WorldOptions { Tickets = 20, Orders = 20 }, _folder.Path);
        var bytes = File.ReadAllBytes(_folder.File(file));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(_folder.File(file), bytes);
        AssertRefusedAndLeft("set_changed", file);
        File.Delete(_folder.File(file));
        AssertRefusedAndLeft("set_changed", file);
    }

    [Fact]
    public void A_set_of_another_pack_is_refused_even_under_the_same_name()
    {
        using var pack = new PackFolder();
        pack.Replace("pack.yaml", "span_days: 1095", "span_days: 1094");
        _generator.Create(new WorldOptions { Tickets = 5, Orders = 5, Pack = pack.Path }, _folder.Path);
        AssertRefusedAndLeft("other_pack", "technest");
        Assert.Equal(8, _generator.Append(3, _folder.Path, pack.Path).Manifest.Tickets);
    }

    [Theory]
    [InlineData("\"engine_version\": \"1.0.0\"", "\"engine_version\": \"0.9.0\"", "other_version", "0.9.0")]
    [InlineData("\"schema_version\": 2,", "\"schema_version\": 3,", "other_version", "schema 3")]
    [InlineData("\"seed\": 1", "\"seed\": -1", "invalid_manifest", "manifest.json")]
    [InlineData("\"options\"", "\"opt\"", "invalid_manifest", "manifest.json")]
    public void A_manifest_of_another_version_or_none_at_all_is_refused(string old, string other, string code, string named)
    {
        _generator.Create(new WorldOptions { Tickets = 5, Orders = 5 }, _folder.Path);
        var text = File.ReadAllText(_folder.File(Manifest.FileName));
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(_folder.File(Manifest.FileName), text.Replace(old, other, StringComparison.Ordinal));
        AssertRefusedAndLeft(code, named);
    }

    [Fact]
    public void Creating_over_a_set_replaces_it()
    {
        _generator.Create(new WorldOptions { Tickets = 30, Orders = 30, Seed = 1 }, _folder.Path);
        _generator.Append(10, _folder.Path);
        _generator.Create(new WorldOptions { Tickets = 12, Orders = 15, Seed = 2 }, _folder.Path);

        using var fresh = new TemporaryFolder();
        _generator.Create(new WorldOptions { Tickets = 12, Orders = 15, Seed = 2 }, fresh.Path);
        TestWorlds.AssertComplete(_folder.Path);
        Assert.Equal(TestWorlds.Digests(fresh.Path), TestWorlds.Digests(_folder.Path));
    }

    private void AssertRefusedAndLeft(string code, string named)
    {
        var before = TestWorlds.Digests(_folder.Path);
        var error = Refused(_folder.Path);
        Assert.Equal(code, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
        Assert.Equal(before, TestWorlds.Digests(_folder.Path));
        Assert.Empty(Directory.GetDirectories(_folder.Path));
    }

    private WorldException Refused(string path) => Assert.Throws<WorldException>(() => _generator.Append(5, path));

    private IEnumerable<string> Ids() => Tickets().Select(t => t.Text("ticket_id"));

    private List<JsonElement> Tickets() => [.. File.ReadLines(_folder.File("support_tickets.jsonl")).Select(l => JsonSerializer.Deserialize<JsonElement>(l))];

    /// <summary>Asserts that a ticket is a what-if exactly when an earlier one is about the same line, and only when tickets are about every line that fits.</summary>
    private void AssertRepeatsOnlyWhereAllAreTaken(World world)
    {
        var index = new LineIndex(world.Tables, world.Pack.Scenarios);
        var taken = new HashSet<(string Order, string Product)>();
        var orders = new HashSet<string>(StringComparer.Ordinal);
        var repeats = new List<JsonElement>();
        foreach (var ticket in Tickets().Where(t => t.Text("order_id") != "N/A"))
        {
            var isWhatIf = ticket.GetProperty("_scenario_dimensions").GetProperty("what_if").GetBoolean();
            var orderSeen = !orders.Add(ticket.Text("order_id"));
            var lineSeen = !taken.Add((ticket.Text("order_id"), ticket.Text("product_id")));
            Assert.True(lineSeen ? isWhatIf : orderSeen || !isWhatIf, ticket.Text("ticket_id"));
            if (isWhatIf)
                repeats.Add(ticket);
        }

        Assert.NotEmpty(repeats);
        foreach (var repeat in repeats)
        {
            var scenario = world.Pack.Scenarios.Single(s => s.Id == repeat.Text("_scenario_template"));
            var tier = Array.FindIndex(world.Tables.Tiers, t => t.Name == repeat.GetProperty("_scenario_dimensions").Text("customer_tier"));
            Assert.All(index.Lines(index.Cell(scenario.Index, tier)), line =>
            {
                var order = world.Book.Orders[line.Order];
                Assert.True(taken.Contains((order.Id.ToString(), "N/A")) || taken.Contains((order.Id.ToString(), order.Items[line.Line].Product.ToString())), $"{scenario.Id}: {order.Id}");
            });
        }
    }
}
