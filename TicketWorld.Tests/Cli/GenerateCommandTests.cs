using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld generate</c>, as a user or a program calls it.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class GenerateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Defaults_make_100_tickets_50_customers_35_products_and_70_orders_in_assets()
    {
        var result = await CommandProcess.RunAsync(_folder.Path, "generate");
        Assert.Equal((0, true), (result.Exit, Directory.Exists(_folder.File("assets"))));
        Assert.Equal(["assets"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        TestWorlds.AssertComplete(_folder.File("assets"));
        AssertCounts(_folder.File("assets"), 100, 50, 35, 70);
        Assert.Contains("TechNest", File.ReadAllText(Path.Combine(_folder.File("assets"), "company_policy.txt")), StringComparison.Ordinal);
        AssertPlain(result.Output + result.Error);
        Assert.Contains("oracle disagreements 0", string.Join(' ', result.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        foreach (var label in (string[])["return request", "straightforward", "vip", "missing details", "gate rejects", "tickets a second"])
            Assert.Contains(label, result.Output, StringComparison.Ordinal);
        Assert.Contains("resolutions: 100 of 100", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tickets", "7", 7, 50, 35, 70)]
    [InlineData("--customers", "9", 100, 9, 35, 70)]
    [InlineData("--products", "12", 100, 50, 12, 70)]
    [InlineData("--orders", "15", 100, 50, 35, 15)]
    public async Task One_count_leaves_the_others_at_their_defaults(string option, string count, int tickets, int customers, int products, int orders)
    {
        var (exit, _, _) = await ConsoleCapture.RunAsync("generate", option, count, "--output-dir", _folder.Path);
        Assert.Equal(0, exit);
        AssertCounts(_folder.Path, tickets, customers, products, orders);
    }

    [Fact]
    public async Task All_counts_go_together_and_the_result_is_told_to_machines()
    {
        var (exit, output, error) = await ConsoleCapture.RunAsync("generate", "--tickets", "500", "--customers", "200", "--products", "100", "--orders", "300", "--json", "--output-dir", _folder.Path);
        Assert.Equal((0, ""), (exit, error));
        AssertCounts(_folder.Path, 500, 200, 100, 300);
        var result = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal("""{"tickets":500,"customers":200,"products":100,"orders":300}""", JsonSerializer.Serialize(result.GetProperty("counts")));
        Assert.Equal((0, 500), (result.GetProperty("oracle_disagreements").GetInt32(), result.GetProperty("made").GetInt32()));
        Assert.Equal(4, result.GetProperty("shares").EnumerateArray().Select(s => s.Text("dimension")).Distinct().Count());
        Assert.Equal(Manifest.FileNames.Order(), result.GetProperty("files").EnumerateArray().Select(f => f.Text("name")).Order());
    }

    [Fact]
    public async Task Another_company_name_is_everywhere_and_the_packs_nowhere()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--company-name", "Larkspur & Sons", "--tickets", "400", "--output-dir", _folder.Path)).Exit);
        foreach (var name in Manifest.FileNames)
            Assert.DoesNotContain("TechNest", File.ReadAllText(_folder.File(name)), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("TechNest", File.ReadAllText(_folder.File(Manifest.FileName)), StringComparison.Ordinal);
        foreach (var name in (string[])["support_tickets.jsonl", "company_policy.txt", "policy_graph.json"])
            Assert.Contains("Larkspur & Sons", File.ReadAllText(_folder.File(name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_debug_no_ticket_has_a_debug_key()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--no-debug", "--output-dir", _folder.Path)).Exit);
        Assert.All(File.ReadLines(_folder.File("support_tickets.jsonl")), line => Assert.DoesNotContain("\"_", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Append_adds_to_the_set_and_takes_only_options_that_agree_with_it()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "10", "--seed", "4", "--output-dir", _folder.Path)).Exit);
        var before = TestWorlds.Digests(_folder.Path);
        foreach (var option in (string[][])[["--seed", "5"], ["--orders", "71"], ["--customers", "51"], ["--products", "36"], ["--as-of", "2026-02-16"], ["--company-name", "Larkspur"], ["--no-debug"]])
        {
            var (exit, _, error) = await ConsoleCapture.RunAsync(["generate", "--mode", "append", "--tickets", "5", "--output-dir", _folder.Path, .. option]);
            Assert.Equal(1, exit);
            Assert.Contains(option[0], error, StringComparison.Ordinal);
            Assert.Contains("Leave the option out", error, StringComparison.Ordinal);
            Assert.Equal(before, TestWorlds.Digests(_folder.Path));
        }

        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--mode", "append", "--tickets", "5", "--seed", "4", "--output-dir", _folder.Path)).Exit);
        Assert.Equal(15, TestWorlds.AssertComplete(_folder.Path).Tickets);
    }

    [Theory]
    [InlineData(2, "--colour", "--colour", "red")]
    [InlineData(2, "tickets is 0", "--tickets", "0")]
    [InlineData(2, "tickets is -1", "--tickets", "-1")]
    [InlineData(2, "tickets is 100000001", "--tickets", "100000001")]
    [InlineData(2, "99999999999", "--tickets", "99999999999")]
    [InlineData(2, "many", "--tickets", "many")]
    [InlineData(2, "1.5", "--customers", "1.5")]
    [InlineData(2, "customers is 1000001", "--customers", "1000001")]
    [InlineData(2, "products is 20001", "--products", "20001")]
    [InlineData(2, "orders is 5000001", "--orders", "5000001")]
    [InlineData(2, "products is 0", "--products", "0")]
    [InlineData(2, "orders is -70", "--orders", "-70")]
    [InlineData(2, "replace", "--mode", "replace")]
    [InlineData(2, "15/02/2026", "--as-of", "15/02/2026")]
    [InlineData(2, "2026-02-30", "--as-of", "2026-02-30")]
    [InlineData(2, "1999-12-31", "--as-of", "1999-12-31")]
    [InlineData(2, "2101-01-01", "--as-of", "2101-01-01")]
    [InlineData(2, "-3", "--seed", "-3")]
    [InlineData(2, "9007199254740992", "--seed", "9007199254740992")]
    [InlineData(2, "company name", "--company-name", "")]
    [InlineData(2, "company name", "--company-name", "a{b}")]
    [InlineData(2, "--threads", "--threads", "0")]
    [InlineData(2, "--tickets", "--tickets")]
    [InlineData(1, "There is no such pack", "--pack", "nosuchpack")]
    public async Task What_cannot_be_is_refused_with_what_is_wrong_and_leaves_no_file(int exit, string named, params string[] arguments)
    {
        var output = _folder.File("out");
        var result = await ConsoleCapture.RunAsync(["generate", "--output-dir", output, .. arguments]);
        Assert.Equal((exit, ""), (result.Exit, result.Output));
        Assert.Contains(named, result.Error, StringComparison.OrdinalIgnoreCase);
        AssertPlain(result.Error);
        Assert.False(Directory.Exists(output));
    }

    [Theory]
    [InlineData("invalid_option", "tickets", "0", 2, "--tickets", "0")]
    [InlineData("invalid_option", "as_of", "1900-01-01", 2, "--as-of", "1900-01-01")]
    [InlineData("invalid_pack", "pack", null, 1, "--pack", "nosuchpack")]
    [InlineData("nothing_to_append_to", "output_dir", null, 1, "--mode", "append")]
    public async Task With_json_a_refusal_is_json(string code, string field, string? value, int exit, params string[] arguments)
    {
        var result = await ConsoleCapture.RunAsync(["generate", "--json", "--output-dir", _folder.File("out"), .. arguments]);
        Assert.Equal((exit, ""), (result.Exit, result.Error));
        var error = JsonSerializer.Deserialize<JsonElement>(result.Output).GetProperty("error");
        Assert.Equal((code, field), (error.Text("code"), error.Text("field")));
        Assert.Equal(value ?? error.GetProperty("value").GetString(), error.GetProperty("value").GetString());
        Assert.NotEmpty(error.Text("message"));
        Assert.NotEmpty(error.Text("remedy"));
    }

    [Fact]
    public async Task With_json_wrong_usage_is_json_too()
    {
        var result = await ConsoleCapture.RunAsync("generate", "--json", "--tickets", "many");
        Assert.Equal((2, ""), (result.Exit, result.Error));
        var error = JsonSerializer.Deserialize<JsonElement>(result.Output).GetProperty("error");
        Assert.Equal("wrong_usage", error.Text("code"));
        Assert.Contains("many", error.Text("message"), StringComparison.Ordinal);
        Assert.Contains("--help", error.Text("remedy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unwritable_folder_is_told_with_the_remedy()
    {
        File.WriteAllText(_folder.File("taken"), "x");
        var result = await ConsoleCapture.RunAsync("generate", "--output-dir", _folder.File("taken"));
        Assert.Equal((1, ""), (result.Exit, result.Output));
        Assert.Contains(_folder.File("taken"), result.Error, StringComparison.Ordinal);
        Assert.Contains("--output-dir", result.Error, StringComparison.Ordinal);
        AssertPlain(result.Error);
    }

    [Fact]
    public async Task Help_names_every_option_with_its_default()
    {
        var (exit, output, _) = await ConsoleCapture.RunAsync("generate", "--help");
        Assert.Equal(0, exit);
        foreach (var text in (string[])["--tickets", "--customers", "--products", "--orders", "--mode", "append|create", "--output-dir", "./assets", "--company-name", "--no-debug", "--pack", "technest", "--seed", "--as-of", "2026-02-15", "--json"])
            Assert.Contains(text, output, StringComparison.Ordinal);
        Assert.Contains("generate", (await ConsoleCapture.RunAsync("--help")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ConsoleCapture.RunAsync()).Exit);
    }

    private static void AssertCounts(string folder, int tickets, int customers, int products, int orders)
    {
        var database = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(folder, "customer_database.json")));
        var array = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(folder, "support_tickets.json")));
        Assert.Equal(
            (tickets, tickets, customers, products, orders),
            (array.GetArrayLength(), File.ReadLines(Path.Combine(folder, "support_tickets.jsonl")).Count(), Count("customers"), Count("products"), Count("orders")));

        int Count(string name) => database.GetProperty(name).GetArrayLength();
    }

    /// <summary>Asserts that a text holds no stack trace and no control sequence of a terminal.</summary>
    private static void AssertPlain(string text)
    {
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }
}
