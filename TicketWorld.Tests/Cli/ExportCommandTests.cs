using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld export</c>: parts that share nobody, layouts that load back, and a view that tells no answer.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class ExportCommandTests : IDisposable
{
    private static readonly string[] MessageKeys = ["ticket_id", "customer_email", "subject", "body", "timestamp"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain", "{0}.jsonl")]
    [InlineData("huggingface", "data/{0}.jsonl")]
    public async Task Parts_share_no_customer_and_no_order_and_come_near_their_shares(string layout, string file)
    {
        var set = await Make("400", "300");
        var json = await Export(set, "--layout", layout, "--split", "80/10/10");
        var parts = new[] { "train", "dev", "test" }.Select(name => File.ReadLines(Public(string.Format(file, name))).Select(Read).ToArray()).ToArray();
        Assert.Equal(Lines(set).Select(t => t.Text("ticket_id")).Order(), parts.SelectMany(p => p).Select(t => t.Text("ticket_id")).Order());
        foreach (var key in (string[])["customer_id", "order_id"])
        {
            var seen = parts.Select(p => p.Select(t => t.Text(key)).Where(id => id != "N/A").ToHashSet()).ToArray();
            Assert.Empty(seen[0].Intersect(seen[1]).Concat(seen[0].Intersect(seen[2])).Concat(seen[1].Intersect(seen[2])));
        }

        Assert.InRange(parts[0].Length, 312, 328);
        Assert.InRange(parts[1].Length, 32, 48);
        Assert.Equal(parts.Select(p => p.Length), json.GetProperty("splits").EnumerateArray().Select(s => s.GetProperty("tickets").GetInt32()));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("huggingface")]
    [InlineData("csv")]
    public async Task The_evaluation_view_tells_no_answer_and_the_answers_stand_apart(string layout)
    {
        var set = await Make("60", "60");
        Assert.Equal(0, (await ConsoleCapture.RunAsync("dilute", set)).Exit);
        await Export(set, "--layout", layout, "--eval-view", "--split", "80/20");
        var tickets = Lines(set);
        foreach (var file in Directory.GetFiles(Public(""), "*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            foreach (var key in (string[])["resolution", "\"_", "seed", "expected_outcome", "policy_references"])
                Assert.DoesNotContain(key, text, StringComparison.Ordinal);
            Assert.False(Path.GetFileName(file) is "policy_graph.json" or "manifest.json");
            if (Path.GetFileName(file) is not ("train.jsonl" or "test.jsonl" or "train.csv" or "test.csv"))
                continue;
            foreach (var row in layout == "csv" ? Rows(file) : File.ReadLines(file).Select(l => Read(l).EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetString()!)))
            {
                Assert.Equal(MessageKeys, row.Keys);
                var ticket = tickets.Single(t => t.Text("ticket_id") == row["ticket_id"]);
                Assert.All(MessageKeys, key => Assert.Equal(ticket.Text(key), row[key]));
            }
        }

        var answers = File.ReadLines(_folder.File("out/private/answers.jsonl")).Select(Read).ToArray();
        Assert.Equal(tickets.Select(t => t.Text("ticket_id")), answers.Select(a => a.Text("ticket_id")));
        foreach (var (ticket, answer) in tickets.Zip(answers))
        {
            Assert.Contains(answer.Text("split"), (string[])["train", "test"]);
            Assert.True(JsonElement.DeepEquals(ticket.GetProperty("resolution_plan"), answer.GetProperty("resolution_plan")));
            Assert.Equal(
                ticket.EnumerateObject().Select(m => m.Name).Order(),
                answer.EnumerateObject().Select(m => m.Name).Where(n => n != "split").Concat(MessageKeys).Distinct().Order());
        }

        Assert.Equal(File.ReadAllBytes(Path.Combine(set, "manifest.json")), File.ReadAllBytes(_folder.File("out/private/manifest.json")));
    }

    [Fact]
    public async Task Csv_tables_load_back_equal()
    {
        var set = await Make("80", "50");
        await Export(set, "--layout", "csv");
        var tickets = Lines(set);
        var rows = Rows(Public("tickets.csv")).ToArray();
        Assert.Equal(tickets.Length, rows.Length);
        foreach (var (ticket, row) in tickets.Zip(rows))
        {
            var rebuilt = new JsonObject();
            foreach (var (column, value) in row)
            {
                var owner = column.StartsWith("resolution_plan.", StringComparison.Ordinal) ? (JsonObject)(rebuilt["resolution_plan"] ??= new JsonObject()) : rebuilt;
                var name = column[(column.LastIndexOf('.') + 1)..];
                var original = owner == rebuilt ? ticket.GetProperty(name) : ticket.GetProperty("resolution_plan").GetProperty(name);
                owner[name] = value.Length == 0 ? null : original.ValueKind == JsonValueKind.String ? JsonValue.Create(value) : JsonNode.Parse(value);
            }

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(ticket.GetRawText()), rebuilt));
        }

        Assert.EndsWith("\r\n", File.ReadAllText(Public("orders.csv")), StringComparison.Ordinal);
        var database = Read(File.ReadAllText(Path.Combine(set, "customer_database.json")));
        foreach (var (order, row) in database.GetProperty("orders").EnumerateArray().Zip(Rows(Public("orders.csv"))))
            Assert.Equal((order.Text("order_id"), order.GetProperty("total_amount").GetRawText(), order.GetProperty("delivered_at").GetString() ?? ""), (row["order_id"], row["total_amount"], row["delivered_at"]));
        Assert.Equal(
            database.GetProperty("orders").EnumerateArray().SelectMany(o => o.GetProperty("items").EnumerateArray().Select(i => $"{o.Text("order_id")} {i.Text("product_id")} {i.GetProperty("quantity")} {i.GetProperty("price_paid").GetRawText()}")),
            Rows(Public("order_items.csv")).Select(r => $"{r["order_id"]} {r["product_id"]} {r["quantity"]} {r["price_paid"]}"));
        Assert.Equal(50, Rows(Public("customers.csv")).Select(r => r["customer_id"]).Distinct().Count());
    }

    [Fact]
    public async Task A_hub_folder_has_a_card_and_rows_of_equal_columns()
    {
        var set = await Make("60", "60");
        await Export(set, "--layout", "huggingface", "--split", "80/10/10");
        var card = File.ReadAllText(Public("README.md"));
        foreach (var text in (string[])["license: mit", "- n<1K", "- split: train\n    path: data/train.jsonl", "TICKETWORLD CANARY", "| test |", "engine ", "pack technest", "| orders | 60 |"])
            Assert.Contains(text, card, StringComparison.Ordinal);
        Assert.DoesNotContain("seed", card, StringComparison.OrdinalIgnoreCase);
        var shapes = File.ReadLines(Public("data/train.jsonl")).SelectMany(l => Shapes("", Read(l))).Where(s => !s.EndsWith('?')).ToArray();
        Assert.Contains(shapes, s => s == "resolution_plan.actions[].details[]: name,value");
        foreach (var paths in shapes.Select(s => s.Split(": ")).GroupBy(s => s[0]))
            Assert.Single(paths.Select(p => p[1]).Distinct());
    }

    [Fact]
    public async Task Twice_gives_the_same_bytes_also_compressed_and_the_manifest_lists_them()
    {
        var set = await Make("40", "40");
        await Export(set, "--gzip", "--split", "80/20");
        var first = Digests();
        await Export(set, "--gzip", "--split", "80/20");
        Assert.Equal(first, Digests());
        using var unzipped = new StreamReader(new GZipStream(File.OpenRead(Public("train.jsonl.gz")), CompressionMode.Decompress));
        Assert.All(unzipped.ReadToEnd().TrimEnd().Split('\n'), line => Assert.Contains(Lines(set), t => t.GetRawText() == line));
        var manifest = Read(File.ReadAllText(Public("dataset.json")));
        foreach (var file in manifest.GetProperty("files").EnumerateArray())
            Assert.Equal(file.Text("sha256"), first[file.Text("path")]);
        Assert.Equal(first.Keys.Order(), manifest.GetProperty("files").EnumerateArray().Select(f => f.Text("path")).Append("dataset.json").Order());

        Dictionary<string, string> Digests() => Directory.GetFiles(Public(""), "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(Public(""), f), f => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));
    }

    [Theory]
    [InlineData(2, "80/10", "--split", "80/10")]
    [InlineData(2, "a/b", "--split", "a/b")]
    [InlineData(2, "100/0", "--split", "100/0")]
    [InlineData(2, "parquet", "--layout", "parquet")]
    public async Task What_cannot_be_is_refused(int exit, string named, params string[] options)
    {
        var set = await Make("10", "10");
        var result = await ConsoleCapture.RunAsync(["export", set, "--output", _folder.File("out"), .. options]);
        Assert.Equal((exit, ""), (result.Exit, result.Output));
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task A_diluted_policy_of_an_earlier_set_is_refused()
    {
        var set = await Make("10", "10");
        Assert.Equal(0, (await ConsoleCapture.RunAsync("dilute", set)).Exit);
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "10", "--company-name", "Larkspur", "--output-dir", set)).Exit);
        var (exit, _, error) = await ConsoleCapture.RunAsync("export", set, "--output", _folder.File("out"));
        Assert.Equal(1, exit);
        Assert.Contains("ticketworld dilute", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        var set = await Make("10", "10");
        var before = Directory.GetFiles(set).Order().ToArray();
        var (exit, _, error) = await ConsoleCapture.RunAsync("export", set, "--output", set);
        Assert.Equal(1, exit);
        Assert.Contains("no part of an export", error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(set).Order());
    }

    private string Public(string name) => _folder.File(Path.Combine("out", "public", name));

    private async Task<string> Make(string tickets, string orders)
    {
        var set = _folder.File("set");
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", tickets, "--orders", orders, "--customers", orders, "--output-dir", set)).Exit);
        return set;
    }

    private async Task<JsonElement> Export(string set, params string[] options)
    {
        var (exit, output, error) = await ConsoleCapture.RunAsync(["export", set, "--output", _folder.File("out"), "--json", .. options]);
        Assert.Equal((0, ""), (exit, error));
        return Read(output);
    }

    private static JsonElement[] Lines(string set) => [.. File.ReadLines(Path.Combine(set, "support_tickets.jsonl")).Select(Read)];

    private static JsonElement Read(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        using var reader = CsvReader.Create(File.ReadAllBytes(file), CsvReaderOptions.Default with { Separator = ',' });
        foreach (var row in reader)
            yield return row.ToDictionary().ToDictionary(c => c.Key, c => c.Value ?? "");
    }

    /// <summary>Path and keys of every object.</summary>
    private static IEnumerable<string> Shapes(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => Shapes(path.Length == 0 ? m.Name : $"{path}.{m.Name}", m.Value)).Prepend($"{path}: {string.Join(',', element.EnumerateObject().Select(m => m.Name))}"),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(i => Shapes(path + "[]", i)),
        _ => [],
    };
}
