using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld stats</c> counts what the files hold.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class StatsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Counts_and_shares_are_those_of_the_files()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "300", "--orders", "300", "--output-dir", _folder.Path)).Exit);
        var (exit, output, error) = await ConsoleCapture.RunAsync("stats", _folder.Path, "--json");
        Assert.Equal((0, ""), (exit, error));
        var stats = JsonSerializer.Deserialize<JsonElement>(output);
        var tickets = File.ReadLines(_folder.File("support_tickets.jsonl")).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToArray();
        Assert.Equal(300, stats.GetProperty("records").GetProperty("tickets").GetInt32());
        Assert.Equal(300, stats.GetProperty("records").GetProperty("orders").GetInt32());
        AssertCounts(stats.GetProperty("outcomes"), tickets.Select(t => t.GetProperty("resolution_plan").Text("expected_outcome")));
        AssertCounts(stats.GetProperty("actions"), tickets.SelectMany(t => t.GetProperty("resolution_plan").GetProperty("actions").EnumerateArray().Select(a => a.Text("type")).Distinct()));
        AssertCounts(stats.GetProperty("dimensions").GetProperty("persona"), tickets.Select(t => t.GetProperty("_scenario_dimensions").Text("persona")));
        AssertCounts(stats.GetProperty("clauses"), tickets.SelectMany(t => t.GetProperty("_proof").GetProperty("clauses").EnumerateArray().Where(c => c.Text("status") == "decisive").Select(c => c.Text("id")).Distinct()));
        var opening = stats.GetProperty("texts").GetProperty("opening_line");
        Assert.Equal(tickets.Count(t => t.Text("body").Trim().Split('\n')[0].Trim() == opening.Text("name")), opening.GetProperty("tickets").GetInt32());
        var words = stats.GetProperty("texts").GetProperty("words");
        Assert.Equal(300, words.GetProperty("histogram").EnumerateArray().Sum(b => b.GetProperty("tickets").GetInt32()));
        Assert.True(words.GetProperty("minimum").GetInt32() <= words.GetProperty("median").GetInt32());
    }

    [Fact]
    public async Task Copies_of_a_message_are_found_and_named()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "50", "--output-dir", _folder.Path)).Exit);
        var path = _folder.File("support_tickets.jsonl");
        var lines = File.ReadAllLines(path);
        lines[7] = lines[30].Replace(Id(lines[30]), Id(lines[7]), StringComparison.Ordinal);
        File.WriteAllLines(path, lines);
        var (_, output, _) = await ConsoleCapture.RunAsync("stats", _folder.Path, "--json");
        var texts = JsonSerializer.Deserialize<JsonElement>(output).GetProperty("texts");
        Assert.Equal(2, texts.GetProperty("near_duplicates").GetProperty("tickets").GetInt32());
        Assert.Equal([Id(lines[7]), Id(lines[30])], texts.GetProperty("near_duplicate_pair").EnumerateArray().Select(p => p.GetString()));

        static string Id(string line) => JsonSerializer.Deserialize<JsonElement>(line).Text("ticket_id");
    }

    [Fact]
    public async Task Twins_are_no_near_duplicates_of_each_other()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "200", "--orders", "200", "--twins", "100", "--output-dir", _folder.Path)).Exit);
        var (_, output, _) = await ConsoleCapture.RunAsync("stats", _folder.Path, "--json");
        Assert.Equal(0, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("texts").GetProperty("near_duplicates").GetProperty("tickets").GetInt32());
    }

    [Fact]
    public async Task Redirected_it_is_plain_text_and_without_debug_keys_it_still_works()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "20", "--no-debug", "--output-dir", _folder.Path)).Exit);
        var result = await CommandProcess.RunAsync(Path.GetTempPath(), "stats", _folder.Path);
        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.DoesNotContain("\u001b", result.Output, StringComparison.Ordinal);
        foreach (var text in (string[])["20 tickets", "most common opening line", "near-duplicate", "distinct-1", "deciding clause"])
            Assert.Contains(text, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_set_or_with_a_damaged_one_is_refused()
    {
        var (exit, output, error) = await ConsoleCapture.RunAsync("stats", _folder.File("none"));
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("ticketworld generate", error, StringComparison.Ordinal);
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "5", "--output-dir", _folder.Path)).Exit);
        File.AppendAllText(_folder.File("support_tickets.jsonl"), "{\"ticket_id\":\n");
        (exit, output, _) = await ConsoleCapture.RunAsync("stats", _folder.Path, "--json");
        Assert.Equal(1, exit);
        var fault = JsonSerializer.Deserialize<JsonElement>(output).GetProperty("error");
        Assert.Equal("invalid_set", fault.Text("code"));
        Assert.Contains("line 6", fault.Text("message"), StringComparison.Ordinal);
    }

    private static void AssertCounts(JsonElement counts, IEnumerable<string> names)
    {
        var expected = names.CountBy(n => n).ToDictionary(StringComparer.Ordinal);
        Assert.NotEmpty(expected);
        Assert.Equal(
            expected.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value)),
            counts.EnumerateArray().Where(c => c.GetProperty("tickets").GetInt32() > 0).Select(c => (c.Text("name"), c.GetProperty("tickets").GetInt32())).OrderBy(c => c.Item1, StringComparer.Ordinal));
    }
}
