using Dapper;
using TicketWorld.Grains.Runtime;
using TicketWorld.Grains.Runtime.Postgres;

namespace TicketWorld.Grains.Access.Postgres;

/// <summary>Keys in a table of the schema that the silos share.</summary>
internal sealed class PostgresApiKeys(PostgresDatabase database, SqlCatalog sql) : IApiKeys
{
    public Task PrepareAsync(CancellationToken cancellationToken = default) => database.RunAsync(async () =>
    {
        await PostgresMigrations.ApplyAsync(database, sql.Migrations, cancellationToken);
        return true;
    });

    public Task<bool> AnyAsync(CancellationToken cancellationToken = default) => database.RunAsync(async () =>
    {
        await using var connection = await database.Reader.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql["any_keys"], cancellationToken: cancellationToken));
    });

    public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken = default) => database.RunAsync(async () =>
    {
        await using var connection = await database.Reader.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryFirstOrDefaultAsync<ApiKeyRow>(new CommandDefinition(sql["find_key"], new { id }, cancellationToken: cancellationToken)))?.ToKey();
    });

    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken = default) => database.RunAsync<IReadOnlyList<ApiKey>>(async () =>
    {
        await using var connection = await database.Reader.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<ApiKeyRow>(new CommandDefinition(sql["list_keys"], cancellationToken: cancellationToken))).Select(row => row.ToKey())];
    });

    public async Task<bool> AddAsync(ApiKey key, CancellationToken cancellationToken = default) => await WriteAsync("insert_key", ApiKeyRow.Parameters(key), cancellationToken) == 1;

    public async Task<ApiKey?> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WriteAsync("revoke_key", new { id, now = now.ToUnixTimeMilliseconds() }, cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    public Task NoteUseAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync("note_key_use", new { id, at = at.ToUnixTimeMilliseconds() }, cancellationToken);

    private Task<int> WriteAsync(string statement, object parameters, CancellationToken cancellationToken) => database.RunAsync(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql[statement], parameters, cancellationToken: cancellationToken));
    });
}
