using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Tests.Cli;

/// <summary><c>ticketworld verify</c> says what it compared.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class VerifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Content_only_makes_nothing_again_and_leaves_the_hashes_of_the_manifest_aside()
    {
        new DatasetGenerator(1).Create(new WorldOptions { Tickets = 30, Customers = 12, Products = 20, Orders = 40 }, _folder.Path);
        var manifest = Path.Combine(_folder.Path, "manifest.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"sha256\": \"", "\"sha256\": \"0", StringComparison.Ordinal));

        var (whole, compared, _) = await ConsoleCapture.RunAsync("verify", _folder.Path);
        var (content, judged, _) = await ConsoleCapture.RunAsync("verify", _folder.Path, "--content-only");

        Assert.Equal(1, whole);
        Assert.Contains("the hash differs from the manifest", compared, StringComparison.Ordinal);
        Assert.Contains("made again from the manifest's options and compared", compared, StringComparison.Ordinal);
        Assert.Equal(0, content);
        Assert.Contains("not made again: only the content was asked for", judged, StringComparison.Ordinal);
    }
}
