using System.Text.Json;
using TicketWorld.Tests.Worlds.Datasets;
using TicketWorld.Tests.Worlds.Packs;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld validate</c> lists findings with file and line, and fails on errors alone.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class ValidateCommandTests : IDisposable
{
    private readonly SmallPack _pack = new();

    public void Dispose() => _pack.Dispose();

    [Fact]
    public async Task A_pack_without_errors_passes_with_its_warnings()
    {
        var line = _pack.Replace("phrases.yaml", "  story.return:", "  lonely: [Nobody says this.]\n  story.return:");
        var (exit, output, error) = await ConsoleCapture.RunAsync("validate", _pack.Path, "--interactions");
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains($"phrases.yaml:{line}: warning unreached_rule: ", output, StringComparison.Ordinal);
        Assert.Contains("together: LEAF-1 and LEAF-3", output, StringComparison.Ordinal);
        Assert.Contains("6 clauses, 9 scenarios, 0 errors, 1 warnings", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_with_errors_fails_and_as_json_says_where()
    {
        var line = _pack.Replace("scenarios.yaml", "days_since_delivery: [3, 29]", "days_since_delivery: [3, 31]");
        var (exit, output, _) = await ConsoleCapture.RunAsync("validate", _pack.Path, "--json");
        Assert.Equal(1, exit);
        var result = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal((false, 1), (result.GetProperty("usable").GetBoolean(), result.GetProperty("errors").GetInt32()));
        var finding = Assert.Single(result.GetProperty("findings").EnumerateArray());
        Assert.Equal(("error", "scenario", "scenarios.yaml"), (finding.Text("severity"), finding.Text("check"), finding.Text("file")));
        Assert.InRange(finding.GetProperty("line").GetInt32(), line - 1, line + 1);
    }

    [Fact]
    public async Task A_pack_that_is_not_there_is_refused()
    {
        var (exit, _, error) = await ConsoleCapture.RunAsync("validate", "nowhere");
        Assert.Equal(1, exit);
        Assert.Contains("There is no such pack", error, StringComparison.Ordinal);
    }
}
