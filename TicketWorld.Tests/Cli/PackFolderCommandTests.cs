using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Worlds.Packs;
using TicketWorld.Worlds.Auditing.Mutations;

namespace TicketWorld.Tests.Cli;

/// <summary>Commands on a set whose pack is a folder: they take it with <c>--pack</c>, and refuse another.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class PackFolderCommandTests : IDisposable
{
    private readonly SmallPack _pack = new();
    private readonly TemporaryFolder _folder = new();

    private string Set => _folder.File("set");

    public void Dispose()
    {
        _pack.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_set_is_made_again_with_the_folder_of_its_pack()
    {
        await Generate();
        var without = await ConsoleCapture.RunAsync("verify", Set);
        Assert.Equal(0, without.Exit);
        Assert.Contains("not made again: the pack leaf is not embedded; name its folder with --pack", without.Output, StringComparison.Ordinal);
        var (exit, output, error) = await ConsoleCapture.RunAsync("verify", Set, "--pack", _pack.Path, "--json");
        Assert.Equal((0, ""), (exit, error));
        Assert.True(JsonSerializer.Deserialize<JsonElement>(output).GetProperty("reproduced").GetBoolean());
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("dilute")]
    public async Task Another_pack_is_refused(string command)
    {
        await Generate();
        var (exit, output, error) = await ConsoleCapture.RunAsync(command, Set, "--pack", "fernhill");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("was made from the pack leaf, and fernhill is another", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commitment_is_revealed_with_the_folder_and_not_to_a_set_that_was_appended_to()
    {
        var hash = await Generate();
        var without = await ConsoleCapture.RunAsync("reveal", _folder.File("c.json"), hash, Set);
        Assert.Equal(1, without.Exit);
        Assert.Contains("name its folder with --pack", without.Output, StringComparison.Ordinal);
        var with = await ConsoleCapture.RunAsync("reveal", _folder.File("c.json"), hash, Set, "--pack", _pack.Path);
        Assert.Equal((0, ""), (with.Exit, with.Error));
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--mode", "append", "--tickets", "5", "--pack", _pack.Path, "--output-dir", Set)).Exit);
        var appended = await ConsoleCapture.RunAsync("reveal", _folder.File("c.json"), hash, Set, "--pack", _pack.Path);
        Assert.Equal((1, $"tickets were appended to the set in {Set}"), (appended.Exit, appended.Output.TrimEnd()));
    }

    [Fact]
    public void Bugs_in_files_are_found_by_the_commands_with_the_folder()
    {
        var report = MutationTesting.Run(new MutationOptions(_pack.Path, Tickets: 100, Seed: 1, Threads: 2, Confirm: 2), _folder.Path);
        Assert.Empty(report.Contradicted);
        Assert.Equal(2, report.Confirmed);
    }

    [Fact]
    public async Task A_pack_that_is_not_there_is_refused_before_anything_is_told()
    {
        var (exit, output, error) = await ConsoleCapture.RunAsync("mutate", "--pack", _folder.File("nowhere"));
        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith("ticketworld: ", error, StringComparison.Ordinal);
        Assert.Contains("There is no such pack", error, StringComparison.Ordinal);
    }

    private async Task<string> Generate()
    {
        var (exit, output, _) = await ConsoleCapture.RunAsync("generate", "--pack", _pack.Path, "--tickets", "40", "--orders", "40", "--customers", "20", "--products", "40", "--commit", _folder.File("c.json"), "--output-dir", Set, "--json");
        Assert.Equal(0, exit);
        return JsonSerializer.Deserialize<JsonElement>(output).GetProperty("commitment").GetString()!;
    }
}
