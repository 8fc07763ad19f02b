using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;
using TicketWorld.Grains.Runtime.Sqlite;

namespace TicketWorld.Tests.Grains.Runtime;

public sealed class SqliteGrainRuntimeTests : GrainRuntimeConformance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ticketworld-grains-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_second_process_on_the_folder_gets_an_error_that_names_it()
    {
        await using var first = await StartAsync();
        var error = await Assert.ThrowsAsync<GrainStoreException>(() => StartAsync());
        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
        Assert.Contains("another data folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        var error = await Assert.ThrowsAsync<GrainStoreException>(() =>
            TestSilo.StartAsync(services => services.AddSqliteGrainStore(Path.Combine(file, "data"))));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "grains.db"), new string('x', 5000));
        var error = await Assert.ThrowsAsync<GrainStoreException>(() => StartAsync());
        Assert.Contains("grains.db", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_was_edited_or_is_of_a_newer_version_stops_the_start()
    {
        await using (await StartAsync())
        {
        }

        Execute("UPDATE migrations SET sha256 = 'other' WHERE number = 1");
        Assert.Contains("0001_runtime", (await Assert.ThrowsAsync<GrainStoreException>(() => StartAsync())).Message, StringComparison.Ordinal);
        Execute("UPDATE migrations SET number = 9000, name = '9000_future' WHERE number = 1");
        Assert.Contains("9000_future", (await Assert.ThrowsAsync<GrainStoreException>(() => StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_refuses_calls_and_loses_nothing_that_was_accepted()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").Add(1);
        var writer = silo.Services.GetRequiredService<IGrainStore>() as SqliteGrainStore;
        await writer!.LimitPagesAsync(grow: 20);
        var error = await Assert.ThrowsAsync<GrainStoreException>(async () =>
        {
            for (var i = 0; i < 100; i++)
                await silo.Probe("never-claimed", new() { OneWay = true, Delay = TimeSpan.FromDays(1) }).WriteChunk(new string('x', 10_000), "", i, keep: false);
        });
        Assert.Contains("Free space", error.Message, StringComparison.Ordinal);
        await writer.LimitPagesAsync(grow: 1_000_000);
        Assert.Equal(3, await silo.Probe("a").Add(2));
    }

    protected override void AddStore(IServiceCollection services) => services.AddSqliteGrainStore(_folder);

    protected override void AddSharedStore(IServiceCollection services, TestSilo owner)
    {
        services.AddSingleton(owner.Services.GetRequiredService<StoreHints>());
        services.AddSingleton(owner.ReadModel);
        services.AddSingleton(owner.Services.GetRequiredService<IChunkStore>());
        services.AddSingleton<IGrainStore>(new BorrowedStore(owner.Store));
    }

    protected override Task OverwriteStateAsync(GrainId grain, string name, string json)
    {
        Execute($"UPDATE states SET version = version + 1, content = CAST('{json}' AS BLOB) WHERE kind = '{grain.Kind}' AND key = '{grain.Key}' AND name = '{name}'");
        return Task.CompletedTask;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "grains.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
