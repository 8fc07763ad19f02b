using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary><c>generate --held-out --commit</c> and <c>ticketworld reveal</c>: fixed now, checked later, secret in between.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class RevealCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_set_that_was_committed_to_holds_and_the_seed_is_never_shown()
    {
        var (hash, shown) = await Commit("a");
        var (exit, output, error) = await ConsoleCapture.RunAsync("reveal", _folder.File("a.json"), hash.ToUpperInvariant(), _folder.File("a"));
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("made as it says", output, StringComparison.Ordinal);
        var secret = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(_folder.File("a.json")));
        var seed = secret.GetProperty("options").Text("seed");
        Assert.Matches("^0x[0-9a-f]{32}$", seed);
        Assert.Matches("^[0-9a-f]{64}$", secret.Text("nonce"));
        foreach (var text in (string[])[shown, output])
        {
            Assert.DoesNotContain(seed[2..], text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret.Text("nonce"), text, StringComparison.OrdinalIgnoreCase);
        }

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("a.json")));
    }

    [Fact]
    public async Task Another_hash_file_or_set_does_not_hold()
    {
        var (a, _) = await Commit("a");
        var (b, _) = await Commit("b");
        Assert.NotEqual(a, b);
        Assert.Equal(1, (await ConsoleCapture.RunAsync("reveal", _folder.File("a.json"), b)).Exit);
        var other = await ConsoleCapture.RunAsync("reveal", _folder.File("a.json"), a, _folder.File("b"));
        Assert.Equal(1, other.Exit);
        Assert.Contains("another seed", other.Output, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("a.json"), File.ReadAllText(_folder.File("a.json")).Replace("\"tickets\": 20", "\"tickets\": 21", StringComparison.Ordinal));
        Assert.Equal(1, (await ConsoleCapture.RunAsync("reveal", _folder.File("a.json"), a)).Exit);
    }

    [Fact]
    public async Task A_set_whose_answers_were_changed_since_does_not_hold()
    {
        var (hash, _) = await Commit("a");
        var tickets = _folder.File("a/support_tickets.jsonl");
        File.WriteAllText(tickets, File.ReadAllText(tickets).Replace("\"priority\":\"low\"", "\"priority\":\"high\"", StringComparison.Ordinal));
        var (exit, output, _) = await ConsoleCapture.RunAsync("reveal", _folder.File("a.json"), hash, _folder.File("a"), "--json");
        Assert.Equal(1, exit);
        var report = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.True(report.GetProperty("hash_fits").GetBoolean());
        Assert.False(report.GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task A_commitment_is_never_written_over_another_and_without_a_set_there_is_none()
    {
        await Commit("a");
        var before = File.ReadAllText(_folder.File("a.json"));
        var again = await ConsoleCapture.RunAsync("generate", "--held-out", "--tickets", "5", "--commit", _folder.File("a.json"), "--output-dir", _folder.File("c"));
        Assert.Equal(1, again.Exit);
        Assert.Equal((before, false), (File.ReadAllText(_folder.File("a.json")), Directory.Exists(_folder.File("c"))));
        Assert.Equal(2, (await ConsoleCapture.RunAsync("generate", "--tickets", "0", "--commit", _folder.File("n.json"), "--output-dir", _folder.File("c"))).Exit);
        Assert.False(File.Exists(_folder.File("n.json")));
    }

    [Theory]
    [InlineData("--held-out", "--seed", "3")]
    [InlineData("--held-out", "--mode", "append")]
    [InlineData("--seed", "0x123456789012345678901234567890123")]
    [InlineData("--seed", "0xfg")]
    public async Task Options_that_exclude_each_other_are_refused(params string[] options) =>
        Assert.Equal(2, (await ConsoleCapture.RunAsync(["generate", "--output-dir", _folder.File("x"), .. options])).Exit);

    [Fact]
    public async Task A_hexadecimal_seed_makes_the_same_set_again_and_a_small_one_that_of_its_number()
    {
        foreach (var (name, seed) in ((string, string)[])[("a", "0x0123456789abcdef0123456789abcdef"), ("b", "0x0123456789ABCDEF0123456789ABCDEF"), ("c", "0x1f"), ("d", "31")])
            Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "10", "--seed", seed, "--output-dir", _folder.File(name))).Exit);
        Assert.Equal(TestWorlds.Digests(_folder.File("a")), TestWorlds.Digests(_folder.File("b")));
        Assert.Equal(TestWorlds.Digests(_folder.File("c")), TestWorlds.Digests(_folder.File("d")));
        Assert.Equal(0, (await ConsoleCapture.RunAsync("verify", _folder.File("a"))).Exit);
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--mode", "append", "--tickets", "5", "--output-dir", _folder.File("a"))).Exit);
        var refused = await ConsoleCapture.RunAsync("generate", "--mode", "append", "--tickets", "5", "--seed", "3", "--output-dir", _folder.File("a"));
        Assert.Equal(1, refused.Exit);
        Assert.DoesNotContain("0123456789abcdef", refused.Error, StringComparison.Ordinal);
    }

    private async Task<(string Hash, string Shown)> Commit(string name)
    {
        var (exit, output, error) = await ConsoleCapture.RunAsync("generate", "--held-out", "--tickets", "20", "--commit", _folder.File(name + ".json"), "--output-dir", _folder.File(name), "--json");
        Assert.Equal(0, exit);
        return (JsonSerializer.Deserialize<JsonElement>(output).Text("commitment"), output + error);
    }
}
