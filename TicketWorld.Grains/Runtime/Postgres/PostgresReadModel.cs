using Dapper;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>The read model on connections that cannot write.</summary>
internal sealed class PostgresReadModel(PostgresDatabase database, SqlCatalog catalog) : IReadModel
{
    public Task<IReadOnlyList<T>> QueryAsync<T>(string query, object? parameters = null, CancellationToken cancellationToken = default) =>
        database.RunAsync<IReadOnlyList<T>>(async () =>
        {
            await using var connection = await database.Reader.OpenConnectionAsync(cancellationToken);
            return (await connection.QueryAsync<T>(new CommandDefinition(catalog[query], parameters, cancellationToken: cancellationToken))).AsList();
        });

    public Task<T?> FirstAsync<T>(string query, object? parameters = null, CancellationToken cancellationToken = default) => database.RunAsync(async () =>
    {
        await using var connection = await database.Reader.OpenConnectionAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(catalog[query], parameters, cancellationToken: cancellationToken));
    });
}
