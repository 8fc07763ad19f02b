using Dapper;

namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>The read model on connections that cannot write.</summary>
internal sealed class SqliteReadModel(SqliteFiles files, SqlCatalog catalog) : IReadModel
{
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string query, object? parameters = null, CancellationToken cancellationToken = default)
    {
        await using var connection = files.Grains.OpenReader();
        var rows = await connection.QueryAsync<T>(new CommandDefinition(catalog[query], parameters, cancellationToken: cancellationToken));
        return rows.AsList();
    }

    public async Task<T?> FirstAsync<T>(string query, object? parameters = null, CancellationToken cancellationToken = default)
    {
        await using var connection = files.Grains.OpenReader();
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(catalog[query], parameters, cancellationToken: cancellationToken));
    }
}
