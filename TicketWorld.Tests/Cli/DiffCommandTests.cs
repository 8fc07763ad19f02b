using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld diff</c> names what differs, and nothing else.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class DiffCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_options_make_identical_sets()
    {
        var (a, b) = (await Make("a"), await Make("b"));
        var (exit, output, _) = await ConsoleCapture.RunAsync("diff", a, b);
        Assert.Equal(0, exit);
        Assert.EndsWith("identical", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_change_is_named_with_its_record_and_path()
    {
        var (a, b) = (await Make("a"), await Make("b"));
        var tickets = File.ReadAllLines(Path.Combine(b, "support_tickets.jsonl"));
        var changed = JsonSerializer.Deserialize<JsonElement>(tickets[3]);
        tickets[3] = tickets[3].Replace($"\"priority\":\"{changed.GetProperty("resolution_plan").Text("priority")}\"", "\"priority\":\"none\"", StringComparison.Ordinal);
        var gone = JsonSerializer.Deserialize<JsonElement>(tickets[9]).Text("ticket_id");
        File.WriteAllLines(Path.Combine(b, "support_tickets.jsonl"), tickets.Where((_, i) => i != 9));
        var database = File.ReadAllText(Path.Combine(b, "customer_database.json"));
        File.WriteAllText(Path.Combine(b, "customer_database.json"), database.Replace("\"city\":\"", "\"city\":\"New ", StringComparison.Ordinal));
        var (exit, output, _) = await ConsoleCapture.RunAsync("diff", a, b, "--json", "--list", "10000");
        Assert.Equal(1, exit);
        var report = JsonSerializer.Deserialize<JsonElement>(output);
        var differences = report.GetProperty("differences").EnumerateArray().Select(d => (d.Text("kind"), d.Text("record"), d.Text("path"), d.GetProperty("second").GetString())).ToArray();
        Assert.Contains(("tickets", changed.Text("ticket_id"), "resolution_plan.priority", "\"none\""), differences);
        Assert.Contains(("tickets", gone, "", null), differences);
        Assert.Equal(2, differences.Count(d => d.Item1 == "tickets"));
        Assert.Equal(100, differences.Count(d => d is ("customers", _, "shipping_address.city" or "billing_address.city", _)));
        Assert.Equal(102, report.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Other_options_are_named()
    {
        var (exit, output, _) = await ConsoleCapture.RunAsync("diff", await Make("a"), await Make("b", "--seed", "9"), "--list", "3");
        Assert.Equal(1, exit);
        Assert.Contains("options options.seed: 1 | 9", output, StringComparison.Ordinal);
        Assert.Contains(" more", output, StringComparison.Ordinal);
    }

    private async Task<string> Make(string name, params string[] options)
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync(["generate", "--tickets", "20", "--output-dir", _folder.File(name), .. options])).Exit);
        return _folder.File(name);
    }
}
