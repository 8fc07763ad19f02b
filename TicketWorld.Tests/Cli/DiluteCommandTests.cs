using System.Text.Json;
using System.Text.RegularExpressions;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld dilute</c>: more text, the same policy.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed partial class DiluteCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("technest", "2")]
    [InlineData("technest", "2.4")]
    [InlineData("fernhill", "2")]
    [InlineData("fernhill", "2.5")]
    public async Task Every_clause_stands_as_it_is_and_the_ratio_is_reached(string pack, string ratio)
    {
        var (clean, ids) = await Make("--pack", pack);
        var (exit, output, error) = await ConsoleCapture.RunAsync("dilute", _folder.Path, "--ratio", ratio, "--json");
        Assert.Equal((0, ""), (exit, error));
        var full = File.ReadAllText(_folder.File("company_policy_full.txt"));
        var blocks = full.Split("\n\n").Select(b => b.Trim('\n')).ToArray();
        foreach (var clause in clean.Split("\n\n").Select(b => b.Trim('\n')).Where(b => ids.Contains(b.Split(' ')[0])))
            Assert.Single(blocks, clause);
        var application = clean[clean.IndexOf("\nHow this policy is applied\n", StringComparison.Ordinal)..].Trim('\n');
        Assert.Contains($"\n{application}\n", full, StringComparison.Ordinal);
        var size = new FileInfo(_folder.File("company_policy_full.txt")).Length;
        Assert.True(size - application.Length >= double.Parse(ratio) * (clean.Length - application.Length));
        Assert.Equal(size, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("full_bytes").GetInt64());
        var headed = blocks.Select(b => b.Split(' ')[0]).Where(w => ClauseId().IsMatch(w)).ToArray();
        Assert.Equal(headed.Length, headed.Distinct().Count());
        Assert.True(headed.Length > ids.Length);
        Assert.NotEqual(ids, headed.Where(ids.Contains));
    }

    [Fact]
    public async Task The_seed_decides_and_the_company_is_named()
    {
        await Make("--company-name", "Larkspur & Sons");
        var made = new List<string>();
        foreach (var seed in (string[])["42", "42", "43"])
        {
            Assert.Equal(0, (await ConsoleCapture.RunAsync("dilute", _folder.Path, "--seed", seed)).Exit);
            made.Add(File.ReadAllText(_folder.File("company_policy_full.txt")));
        }

        Assert.Equal(made[0], made[1]);
        Assert.NotEqual(made[0], made[2]);
        Assert.Contains("Larkspur & Sons", made[0][made[0].IndexOf('\n', StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("TechNest", made[0], StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("{company}", made[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_data_does_not_reach_is_refused_with_what_it_reaches()
    {
        await Make();
        var (exit, output, error) = await ConsoleCapture.RunAsync("dilute", _folder.Path, "--ratio", "90");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("not 90 times", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("company_policy_full.txt")));
        Assert.Equal(2, (await ConsoleCapture.RunAsync("dilute", _folder.Path, "--ratio", "0.5")).Exit);
    }

    [Theory]
    [InlineData("technest")]
    [InlineData("fernhill")]
    public void The_packs_data_has_sections_and_clauses_enough(string pack)
    {
        var data = PackSource.Open(pack).ReadOptional("dilution.yaml")!;
        Assert.True(data["sections"].Items.Count >= 12);
        Assert.True(data["clauses"].Items.Count + data["sections"].Items.Sum(s => s.Find("clauses")?.Items.Count ?? 0) >= 30);
    }

    private async Task<(string Clean, string[] Ids)> Make(params string[] options)
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync(["generate", "--tickets", "5", "--output-dir", _folder.Path, .. options])).Exit);
        var graph = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(_folder.File("policy_graph.json")));
        return (File.ReadAllText(_folder.File("company_policy.txt")), [.. graph.GetProperty("clauses").EnumerateObject().Select(c => c.Name)]);
    }

    [GeneratedRegex("^(POL|FH)-[A-Z]+-[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClauseId();
}
