using System.Text.Json;
using System.Text.Json.Nodes;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Packs;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld audit</c> passes a clean set and names each seeded fault by what kind of error it is.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class AuditCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Set => _folder.File("set");

    public async Task InitializeAsync()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "400", "--orders", "400", "--customers", "120", "--no-debug", "--output-dir", Set)).Exit);
        File.Delete(Path.Combine(Set, "manifest.json"));
        File.Delete(Path.Combine(Set, "support_tickets.json"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_clean_set_without_manifest_and_debug_keys_has_no_findings()
    {
        var (exit, output, error) = await ConsoleCapture.RunAsync("audit", Set);
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("400 tickets, 0 with errors", output, StringComparison.Ordinal);
        using var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(Set, "ticket_audit_results.json")));
        var metadata = results.RootElement.GetProperty("metadata");
        Assert.Equal("2026-02-15T23:59:59Z", metadata.GetProperty("timestamp").GetString());
        Assert.Equal((400, 0), (metadata.GetProperty("total_tickets").GetInt32(), metadata.GetProperty("tickets_with_errors").GetInt32()));
        Assert.All(results.RootElement.GetProperty("results").EnumerateArray(), row => Assert.Equal(1, row.GetProperty("compliance_score").GetDecimal()));
        Assert.Equal(400, results.RootElement.GetProperty("results").GetArrayLength());
        var report = File.ReadAllText(Path.Combine(Set, "ticket_audit_report.txt"));
        foreach (var section in (string[])["\nSUMMARY\n", "\nERROR TYPES\n", "\nDETAILED FINDINGS\n", "\nPOLICY USAGE\n", "\nRECOMMENDATIONS\n"])
            Assert.Contains(section, report, StringComparison.Ordinal);
        Assert.Contains("Nothing to correct.", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_clause_is_a_missed_policy() => await FindsAsync(
        plan => Actions(plan).Any(a => Type(a) == "process_return"),
        plan => plan["policy_references"]!.AsArray()[0] = "POL-COMM-001",
        "missed_policy",
        "resolution_plan.policy_references");

    [Fact]
    public async Task A_wrong_value_is_an_incorrect_value() => await FindsAsync(
        plan => Actions(plan).Any(a => Type(a) == "process_return"),
        plan => Actions(plan).First(a => Type(a) == "process_return")!["value"] = JsonNode.Parse("0.01"),
        "incorrect_value",
        "resolution_plan.actions[0].value");

    [Fact]
    public async Task A_return_granted_after_its_window_is_a_wrong_timeline() => await FindsAsync(
        plan => Actions(plan).Count == 1 && Type(Actions(plan)[0]) == "deny_return" && plan["policy_reasoning"]!.GetValue<string>().Contains("return window has passed", StringComparison.Ordinal)
            && plan["policy_references"]!.AsArray().Count == 1,
        plan =>
        {
            Actions(plan)[0]!["type"] = "process_return";
            plan["expected_outcome"] = "approve";
        },
        "wrong_timeline",
        "resolution_plan.actions[0].type");

    [Fact]
    public async Task Another_customer_is_a_wrong_customer() => await FindsAsync(
        plan => plan["customer_lookup"]!["status"]!.GetValue<string>() == "found",
        plan => plan["customer_lookup"]!["customer_id"] = plan["customer_lookup"]!["customer_id"]!.GetValue<string>() == "CUST-0001" ? "CUST-0002" : "CUST-0001",
        "wrong_customer",
        "resolution_plan.customer_lookup.customer_id");

    [Fact]
    public async Task Another_order_is_a_wrong_order() => await FindsAsync(
        plan => plan["order_id"]!.GetValue<string>() != "N/A",
        plan => plan["order_id"] = "ORD-20250101-9999",
        "wrong_order",
        "resolution_plan.order_id");

    [Fact]
    public async Task A_fact_that_the_case_does_not_have_is_an_unsupported_claim() => await FindsAsync(
        plan => plan["policy_reasoning"]!.GetValue<string>().Contains("[days_since_delivery = ", StringComparison.Ordinal),
        plan => plan["policy_reasoning"] = plan["policy_reasoning"]!.GetValue<string>().Replace("[days_since_delivery = ", "[days_since_delivery = 9", StringComparison.Ordinal),
        "unsupported_claim",
        "resolution_plan.policy_reasoning");

    [Fact]
    public async Task A_price_that_the_order_no_longer_adds_up_to_is_found_on_the_record()
    {
        var path = Path.Combine(Set, "customer_database.json");
        var database = JsonNode.Parse(File.ReadAllText(path))!;
        database["orders"]![7]!["total_amount"] = JsonNode.Parse("1.00");
        File.WriteAllText(path, database.ToJsonString());
        var (exit, output, _) = await ConsoleCapture.RunAsync("audit", Set, "--json");
        Assert.Equal(1, exit);
        using var report = JsonDocument.Parse(output);
        Assert.True(report.RootElement.GetProperty("record_findings").GetInt32() > 0);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_refused_and_not_made()
    {
        var (exit, _, error) = await ConsoleCapture.RunAsync("audit", _folder.File("none"));
        Assert.Equal(1, exit);
        Assert.Contains("There is no folder", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("none")));
    }

    private async Task FindsAsync(Func<JsonNode, bool> suits, Action<JsonNode> seed, string type, string field)
    {
        var path = Path.Combine(Set, "support_tickets.jsonl");
        var lines = File.ReadAllLines(path);
        var at = Array.FindIndex(lines, line => suits(JsonNode.Parse(line)!["resolution_plan"]!));
        var ticket = JsonNode.Parse(lines[at])!;
        seed(ticket["resolution_plan"]!);
        lines[at] = ticket.ToJsonString();
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        var (exit, _, _) = await ConsoleCapture.RunAsync("audit", Set);
        Assert.Equal(1, exit);
        using var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(Set, "ticket_audit_results.json")));
        Assert.Equal(1, results.RootElement.GetProperty("metadata").GetProperty("tickets_with_errors").GetInt32());
        var row = results.RootElement.GetProperty("results")[at];
        Assert.True(row.GetProperty("compliance_score").GetDecimal() < 1);
        Assert.Contains((type, field), row.GetProperty("findings").EnumerateArray().Select(f => (f.GetProperty("error_type").GetString()!, f.GetProperty("field").GetString()!)));
        var schema = JsonSerializer.Deserialize<JsonElement>(FileSchemas.Read("ticket_audit_results"));
        Assert.Empty(new SchemaCheck(schema, _ => schema).Check(results.RootElement));
        Assert.Contains(ticket["ticket_id"]!.GetValue<string>(), File.ReadAllText(Path.Combine(Set, "ticket_audit_report.txt")), StringComparison.Ordinal);
    }

    private static JsonArray Actions(JsonNode plan) => plan["actions"]!.AsArray();

    private static string Type(JsonNode? action) => action!["type"]!.GetValue<string>();
}
