using System.Text.Json;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld soak</c>, in short: sets of several seeds and of every shape of options hold no contradiction.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class SoakCommandTests
{
    [Fact]
    public async Task Sets_of_every_shape_hold_nothing_that_may_not_be()
    {
        var folders = Directory.GetDirectories(Path.GetTempPath(), "ticketworld-soak-*").Length;
        var (exit, output, error) = await ConsoleCapture.RunAsync("soak", "--tickets", "3200", "--seeds", "8", "--packs", "technest,fernhill", "--json");
        var report = JsonSerializer.Deserialize<JsonElement>(output);
        var packs = report.GetProperty("packs").EnumerateArray().ToArray();
        Assert.Equal(["technest", "fernhill"], packs.Select(p => p.Text("pack")));
        Assert.All(packs, p => AssertClean(p, 1600, 8));
        AssertClean(report.GetProperty("total"), 3200, 16);
        Assert.True(report.GetProperty("clean").GetBoolean(), error);
        Assert.Equal(0, exit);
        foreach (var shape in (string[])["own orders", "shared orders", "twins", "appended", "no debug keys", "too few orders", "company name", "all at once"])
            Assert.Equal(2, error.Split('\n').Count(line => line.Contains($", {shape}, 200 tickets", StringComparison.Ordinal)));
        Assert.Equal(folders, Directory.GetDirectories(Path.GetTempPath(), "ticketworld-soak-*").Length);
    }

    [Fact]
    public async Task The_table_ends_with_the_totals_of_all_packs()
    {
        var (exit, output, _) = await ConsoleCapture.RunAsync("soak", "--tickets", "80", "--seeds", "1", "--packs", "technest,fernhill");
        Assert.Equal(0, exit);
        var total = output[output.IndexOf("all packs: 80 tickets in 2 sets", StringComparison.Ordinal)..];
        foreach (var row in (string[])["oracle disagreements", "not unique", "findings of the verification", "worst quota", "gate rejects", "contradictions", "wrong total"])
            Assert.Contains(row, total, StringComparison.Ordinal);
        Assert.Contains("MB at most, clean", total, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fewer_tickets_than_sets_are_refused() =>
        Assert.Equal(2, (await ConsoleCapture.RunAsync("soak", "--tickets", "3", "--seeds", "2", "--packs", "technest,fernhill")).Exit);

    private static void AssertClean(JsonElement report, int tickets, int sets)
    {
        Assert.Equal((tickets, sets), (report.GetProperty("tickets").GetInt32(), report.GetProperty("sets").GetInt32()));
        Assert.Equal(report.GetProperty("clean").GetBoolean(), report.GetProperty("worst_quota").GetInt32() <= 1);
        foreach (var figure in (string[])["oracle_disagreements", "non_unique", "findings"])
            Assert.Equal(0, report.GetProperty(figure).GetInt32());
        Assert.All(report.GetProperty("contradictions").EnumerateObject(), c => Assert.Equal(0, c.Value.GetInt32()));
        Assert.Equal(16, report.GetProperty("contradictions").EnumerateObject().Count());
    }
}
