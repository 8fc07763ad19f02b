using TicketWorld.Grains.Access;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Grains.Access;

public sealed class SqliteApiKeysTests : ApiKeysConformance, IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ApiKeyStores _store;

    public SqliteApiKeysTests() => _store = ApiKeyStores.InFolder(_folder.Path, TimeProvider.System);

    protected override IApiKeys Keys => _store.Keys;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Only_its_user_reads_the_file_and_no_secret_is_in_it()
    {
        await Keys.PrepareAsync();
        var (_, text) = await Keys.MakeAsync(new() { Name = "a", Role = "admin" }, new(2026, 2, 15, 9, 0, 0, TimeSpan.Zero));
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file)));
            Assert.DoesNotContain(text.Secret, System.Text.Encoding.Latin1.GetString(await ReadAsync(file)), StringComparison.Ordinal);
        }
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
