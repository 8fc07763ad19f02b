using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld show</c> and <c>ticketworld graph</c> print what the files hold.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class ShowCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_ticket_is_shown_with_message_facts_actions_and_proof()
    {
        var tickets = await Make();
        var ticket = tickets.First(t => t.GetProperty("_proof").GetProperty("changes").GetArrayLength() > 0 && t.GetProperty("_proof").GetProperty("clauses").EnumerateArray().Any(c => c.Text("status") == "overridden"));
        var result = await CommandProcess.RunAsync(_folder.Path, "show", "set", ticket.Text("ticket_id"));
        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Contains(ticket.Text("body"), result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Output, StringComparison.Ordinal);
        foreach (var fact in ticket.GetProperty("_facts").EnumerateArray())
            Assert.Contains($"{fact.Text("name")} = {fact.Text("value")}\n", result.Output, StringComparison.Ordinal);
        foreach (var clause in ticket.GetProperty("_proof").GetProperty("clauses").EnumerateArray())
            Assert.Contains($"{clause.Text("status")} {clause.Text("id")} ", result.Output, StringComparison.Ordinal);
        foreach (var action in ticket.GetProperty("resolution_plan").GetProperty("actions").EnumerateArray())
            Assert.Contains($"{action.Text("type")} {action.GetProperty("value").GetRawText()}: ", result.Output, StringComparison.Ordinal);
        var change = ticket.GetProperty("_proof").GetProperty("changes")[0];
        Assert.Contains($"{change.Text("field")}: {change.Text("from")} becomes {change.Text("to")}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_names_a_ticket_too_and_one_that_is_not_there_is_refused()
    {
        var tickets = await Make();
        var (exit, output, _) = await ConsoleCapture.RunAsync("show", _folder.File("set"), "3", "--json");
        Assert.Equal((0, true), (exit, JsonElement.DeepEquals(tickets[2], JsonSerializer.Deserialize<JsonElement>(output))));
        foreach (var missing in (string[])["0", "201", "TK-20200101-000000000000"])
        {
            (exit, _, var error) = await ConsoleCapture.RunAsync("show", _folder.File("set"), missing);
            Assert.Equal(1, exit);
            Assert.Contains(missing, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_graph_has_every_clause_and_relation_as_text_and_as_a_picture()
    {
        await Make();
        var graph = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(_folder.File("set/policy_graph.json")));
        var mermaid = (await ConsoleCapture.RunAsync("graph", "technest")).Output;
        Assert.Equal(0, (await ConsoleCapture.RunAsync("graph", _folder.File("set"), "--format", "svg", "--output", _folder.File("policy.svg"))).Exit);
        var svg = File.ReadAllText(_folder.File("policy.svg"));
        System.Xml.Linq.XDocument.Parse(svg);
        var relations = 0;
        foreach (var clause in graph.GetProperty("clauses").EnumerateObject())
        {
            Assert.Contains($"[\"{clause.Name}<br/>", mermaid, StringComparison.Ordinal);
            Assert.Contains($">{clause.Name}</text>", svg, StringComparison.Ordinal);
            foreach (var (kind, verb) in ((string, string)[])[("overrides", "overrides"), ("modifies", "modifies"), ("requires", "requires")])
            {
                foreach (var other in clause.Value.GetProperty("interactions").GetProperty(kind).EnumerateArray())
                {
                    relations++;
                    Assert.Contains($"<title>{clause.Name} {verb} {other}</title>", svg, StringComparison.Ordinal);
                    Assert.Contains($"{clause.Name.Replace('-', '_')} {(kind == "overrides" ? "-->" : kind == "modifies" ? "-.->" : "==>")}|{verb}| {other.ToString().Replace('-', '_')}\n", mermaid, StringComparison.Ordinal);
                }
            }
        }

        Assert.True(relations > 5);
        Assert.Equal(svg, (await ConsoleCapture.RunAsync("graph", "technest", "--format", "svg")).Output);
        Assert.Equal(1, (await ConsoleCapture.RunAsync("graph", _folder.File("none"))).Exit);
    }

    private async Task<JsonElement[]> Make()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "200", "--orders", "200", "--output-dir", _folder.File("set"))).Exit);
        return [.. File.ReadLines(_folder.File("set/support_tickets.jsonl")).Select(l => JsonSerializer.Deserialize<JsonElement>(l))];
    }
}
