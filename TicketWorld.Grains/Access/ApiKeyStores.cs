using TicketWorld.Grains.Access.Postgres;
using TicketWorld.Grains.Access.Sqlite;
using TicketWorld.Grains.Runtime;
using TicketWorld.Grains.Runtime.Postgres;
using TicketWorld.Grains.Runtime.Sqlite;

namespace TicketWorld.Grains.Access;

/// <summary>The keys of a store for a process that is no host of grains: no silo, no lock on a data folder.</summary>
public sealed class ApiKeyStores : IAsyncDisposable
{
    private readonly IAsyncDisposable? _database;

    private ApiKeyStores(IApiKeys keys, IAsyncDisposable? database) => (Keys, _database) = (keys, database);

    /// <summary>The keys.</summary>
    public IApiKeys Keys { get; }

    /// <summary>The keys of a data folder, which a host may hold meanwhile.</summary>
    public static ApiKeyStores InFolder(string folder, TimeProvider time) => new(SqliteKeys(new SqliteFiles(folder), time), null);

    /// <summary>The keys in a database.</summary>
    /// <exception cref="GrainStoreException">The connection string is not one.</exception>
    public static ApiKeyStores InDatabase(string connectionString)
    {
        var database = new PostgresDatabase(connectionString);
        return new(new PostgresApiKeys(database, new SqlCatalog("Postgres", new SqlSources())), database);
    }

    /// <summary>Whether a data folder has keys, or had.</summary>
    public static bool HasFile(string folder) => File.Exists(new SqliteFiles(folder).Keys.Path);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal static SqliteApiKeys SqliteKeys(SqliteFiles files, TimeProvider time) => new(files, new SqlCatalog("SqliteKeys", new SqlSources()), time);
}
