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

    protected override async Task ForgetTablesAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("grains.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "DROP TABLE tickets; DROP TABLE customers; DROP TABLE workflow_runs; DELETE FROM migrations WHERE name IN ('0003_tickets', '0005_workflow')";
        Assert.Equal(2, await command.ExecuteNonQueryAsync());
    }
}
