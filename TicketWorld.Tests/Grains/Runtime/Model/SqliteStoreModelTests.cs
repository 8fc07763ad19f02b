using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;

namespace TicketWorld.Tests.Grains.Runtime.Model;

public sealed class SqliteStoreModelTests : StoreModelTests, IDisposable
{
    /// <summary>In memory where the system has such a folder: what is tested here is the protocol, not the disk.</summary>
    private readonly DirectoryInfo _folder = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/ticketworld-model-{Guid.NewGuid():N}")
        : Directory.CreateTempSubdirectory("ticketworld-model-");

    protected override int Sequences => 10_000;

    protected override bool TakesOverAtStart => true;

    public void Dispose() => _folder.Delete(recursive: true);

    protected override void AddStore(IServiceCollection services) => services.AddSqliteGrainStore(_folder.FullName);

    protected override Task EmptyAsync()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "grains.db")};Default Timeout=10");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "CREATE TABLE IF NOT EXISTS model_rows (id TEXT PRIMARY KEY); BEGIN IMMEDIATE; DELETE FROM messages; DELETE FROM grains; DELETE FROM states; DELETE FROM model_rows; COMMIT";
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }
}
