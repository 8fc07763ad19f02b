using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Packs;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary>The JSON Schemas that the command writes describe the files that it makes, and refuse damaged ones.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class SchemaCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData()]
    [InlineData("--no-debug")]
    [InlineData("--held-out")]
    public async Task Every_file_of_a_set_fits_its_schema(params string[] options)
    {
        await Make(options);
        foreach (var name in (string[])["support_tickets", "customer_database", "policy_graph", "manifest"])
            Assert.Empty(Check(name, _folder.File($"set/{name}.json")));
        Assert.All(File.ReadLines(_folder.File("set/support_tickets.jsonl")), line => Assert.Empty(Schema("support_tickets").Check(Read(line), "ticket")));
    }

    [Fact]
    public async Task An_exports_files_fit_theirs()
    {
        await Make();
        Assert.Equal(0, (await ConsoleCapture.RunAsync("export", _folder.File("set"), "--output", _folder.File("out"), "--eval-view", "--split", "80/20")).Exit);
        Assert.Empty(Check("dataset", _folder.File("out/public/dataset.json")));
        Assert.All(File.ReadLines(_folder.File("out/private/answers.jsonl")), line => Assert.Empty(Schema("answers").Check(Read(line))));
        Assert.All(File.ReadLines(_folder.File("out/public/train.jsonl")), line => Assert.Empty(Schema("support_tickets").Check(Read(line), "message")));
    }

    [Theory]
    [InlineData("customer_database", "\"quantity\":1,", "\"quantity\":0,")]
    [InlineData("customer_database", "\"schema_version\": ", "\"schema_version\": 1")]
    [InlineData("customer_database", "\"in_stock\":true", "\"in_stock\":\"true\"")]
    [InlineData("customer_database", "\"order_date\":\"", "\"order_date\":\"on ")]
    [InlineData("support_tickets", "\"escalation_required\":false", "\"escalation\":false")]
    [InlineData("support_tickets", "\"customer_email\":\"", "\"customer_email\":\"a ")]
    [InlineData("policy_graph", "\"total_connections\"", "\"connections\"")]
    [InlineData("manifest", "\"sha256\": \"", "\"sha256\": \"x")]
    public async Task A_damaged_file_does_not(string name, string right, string wrong)
    {
        await Make();
        var path = _folder.File($"set/{name}.json");
        var text = File.ReadAllText(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
        Assert.NotEmpty(Check(name, path));
    }

    [Fact]
    public async Task Each_is_listed_printed_and_written_with_a_dialect_and_an_id()
    {
        var listed = (await ConsoleCapture.RunAsync("schema")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["answers", "customer_database", "dataset", "manifest", "policy_graph", "support_tickets", "ticket_audit_results"], listed);
        Assert.Equal(0, (await ConsoleCapture.RunAsync("schema", "--output", _folder.File("schemas"))).Exit);
        foreach (var name in listed)
        {
            var written = File.ReadAllText(_folder.File($"schemas/{name}.schema.json"));
            Assert.Equal((await ConsoleCapture.RunAsync("schema", name)).Output, written);
            Assert.Equal("https://json-schema.org/draft/2020-12/schema", Read(written).GetProperty("$schema").GetString());
        }

        var (exit, output, error) = await ConsoleCapture.RunAsync("schema", "tickets");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("support_tickets", error, StringComparison.Ordinal);
    }

    private async Task Make(params string[] options) =>
        Assert.Equal(0, (await ConsoleCapture.RunAsync(["generate", "--tickets", "200", "--orders", "200", "--output-dir", _folder.File("set"), .. options])).Exit);

    private static IReadOnlyList<string> Check(string name, string path) => Schema(name).Check(Read(File.ReadAllText(path)));

    private static SchemaCheck Schema(string name) => new(Read(FileSchemas.Read(name)), file => Read(FileSchemas.Read(file.Replace(".schema.json", "", StringComparison.Ordinal))));

    private static JsonElement Read(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
