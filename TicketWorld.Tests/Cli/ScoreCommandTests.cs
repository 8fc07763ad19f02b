using System.Text.Json;
using System.Text.Json.Nodes;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld score</c> gives the right resolutions 1, takes from others what is wrong, and refuses what cannot be scored.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class ScoreCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Set => _folder.File("set");

    private string Candidates => _folder.File("candidates.jsonl");

    public async Task InitializeAsync()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "30", "--orders", "30", "--output-dir", Set)).Exit);
        File.Copy(Path.Combine(Set, "support_tickets.jsonl"), Candidates);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_right_resolutions_score_one()
    {
        using var report = await ScoreAsync();
        foreach (var name in (string[])["clause_precision", "clause_recall", "clause_f1", "action_match", "value_match", "outcome_match", "exact", "overall"])
            Assert.Equal(1, report.RootElement.GetProperty(name).GetDouble(), 12);
        Assert.Equal(0, report.RootElement.GetProperty("value_error").GetDecimal());
    }

    [Fact]
    public async Task Each_part_counts_for_itself()
    {
        var ticket = Change(plan =>
        {
            var references = plan["policy_references"]!.AsArray();
            references.Add("POL-NONE-001");
            plan["actions"]!.AsArray()[0]!["value"] = (plan["actions"]![0]!["value"]!.GetValue<decimal>() * 2) + 5;
            plan["expected_outcome"] = "nothing";
        });
        using var report = await ScoreAsync();
        var score = report.RootElement.GetProperty("scores").EnumerateArray().Single(s => s.GetProperty("ticket_id").GetString() == ticket);
        var clauses = JsonNode.Parse(File.ReadLines(Path.Combine(Set, "support_tickets.jsonl")).First())!["resolution_plan"]!["policy_references"]!.AsArray().Count;
        Assert.Equal(clauses / (clauses + 1.0), score.GetProperty("clause_precision").GetDouble(), 12);
        Assert.Equal(1, score.GetProperty("clause_recall").GetDouble());
        Assert.Equal(1, score.GetProperty("action_match").GetDouble());
        Assert.True(score.GetProperty("value_error").GetDecimal() >= 5);
        Assert.False(score.GetProperty("outcome_match").GetBoolean());
        var f1 = 2.0 * clauses / (2 * clauses + 1);
        Assert.Equal(0.4 + 0.3 * f1 + 0.2 * score.GetProperty("value_match").GetDouble(), score.GetProperty("overall").GetDouble(), 12);
        Assert.Equal(29.0 / 30, report.RootElement.GetProperty("exact").GetDouble(), 12);
    }

    [Fact]
    public async Task Another_action_takes_the_match()
    {
        var ticket = Change(plan => plan["actions"] = JsonNode.Parse("""[{"type": "sing"}]"""));
        using var report = await ScoreAsync();
        Assert.Equal(0, report.RootElement.GetProperty("scores").EnumerateArray().Single(s => s.GetProperty("ticket_id").GetString() == ticket).GetProperty("action_match").GetDouble());
    }

    [Fact]
    public async Task Lines_that_cannot_be_scored_are_all_named()
    {
        var lines = File.ReadAllLines(Candidates);
        lines[0] = lines[0][..50];
        lines[1] = """{"ticket_id": "TK-20250101-000000000000", "resolution_plan": {"policy_references": [], "actions": []}}""";
        lines[2] = """{"ticket_id": "x", "resolution_plan": {"policy_references": "none", "actions": []}}""";
        lines[4] = lines[3];
        File.WriteAllLines(Candidates, lines);
        var (exit, output, error) = await ConsoleCapture.RunAsync("score", Set, Candidates);
        Assert.Equal((1, ""), (exit, output));
        foreach (var expected in (string[])["line 1: this is not valid JSON", "line 2: the set has no ticket TK-20250101-000000000000", "line 3: policy_references is no list", "line 5: ", "no line has ticket "])
            Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_left_out_is_refused_or_scores_nothing()
    {
        File.WriteAllLines(Candidates, File.ReadAllLines(Candidates)[..29]);
        var (exit, _, error) = await ConsoleCapture.RunAsync("score", Set, Candidates);
        Assert.Equal(1, exit);
        Assert.Contains("no line has ticket", error, StringComparison.Ordinal);
        using var report = await ScoreAsync("--partial");
        Assert.Equal(1, report.RootElement.GetProperty("missing").GetInt32());
        Assert.Equal(29.0 / 30, report.RootElement.GetProperty("overall").GetDouble(), 12);
    }

    [Fact]
    public async Task The_answers_of_an_evaluation_view_serve_as_well_as_the_set()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("export", Set, "--output", _folder.File("out"), "--eval-view")).Exit);
        foreach (var answers in (string[])[_folder.File("out"), _folder.File("out/private/answers.jsonl")])
        {
            var (exit, output, _) = await ConsoleCapture.RunAsync("score", answers, Candidates, "--json");
            Assert.Equal(0, exit);
            using var report = JsonDocument.Parse(output);
            Assert.Equal(1, report.RootElement.GetProperty("overall").GetDouble(), 12);
        }
    }

    private string Change(Action<JsonNode> change)
    {
        var lines = File.ReadAllLines(Candidates);
        var ticket = JsonNode.Parse(lines[0])!;
        change(ticket["resolution_plan"]!);
        lines[0] = ticket.ToJsonString();
        File.WriteAllLines(Candidates, lines);
        return ticket["ticket_id"]!.GetValue<string>();
    }

    private async Task<JsonDocument> ScoreAsync(params string[] options)
    {
        var (exit, output, error) = await ConsoleCapture.RunAsync(["score", Set, Candidates, "--json", .. options]);
        Assert.Equal((0, ""), (exit, error));
        return JsonDocument.Parse(output);
    }
}
