using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Grains.Tickets;

public sealed class SqliteTicketReadModelTests : TicketReadModelConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override void AddStore(IServiceCollection services) => services.AddSqliteGrainStore(_folder.Path);

    protected override async Task ForgetTablesAsync(IReadOnlyDictionary<string, string> customers)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("grains.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "DROP TABLE tickets; DROP TABLE customers; DROP TABLE workflow_runs; DELETE FROM migrations WHERE name IN ('0003_tickets', '0005_workflow')";
        Assert.Equal(2, await command.ExecuteNonQueryAsync());
        foreach (var (key, state) in customers)
        {
            await using var old = connection.CreateCommand();
            old.CommandText = "UPDATE states SET content = CAST(@state AS BLOB) WHERE kind = 'customer' AND key = @key";
            old.Parameters.AddWithValue("@state", state);
            old.Parameters.AddWithValue("@key", key);
            Assert.Equal(1, await old.ExecuteNonQueryAsync());
        }
    }
}
