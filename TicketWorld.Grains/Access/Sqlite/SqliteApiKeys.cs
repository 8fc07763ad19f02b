using Dapper;
using Microsoft.Data.Sqlite;
using TicketWorld.Grains.Runtime;
using TicketWorld.Grains.Runtime.Sqlite;

namespace TicketWorld.Grains.Access.Sqlite;

/// <summary>
/// Keys in a file of the data folder that the folder's lock does not cover: SQLite's own locks let the command line write it while a host runs,
/// and only what is committed is ever seen.
/// </summary>
internal sealed class SqliteApiKeys(SqliteFiles files, SqlCatalog sql, TimeProvider time) : IApiKeys, IStoreCompanion
{
    public Task OpenAsync(CancellationToken cancellation) => PrepareAsync(cancellation);

    public Task CloseAsync()
    {
        files.Keys.ClosePool();
        return Task.CompletedTask;
    }

    public Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        MakePrivate(files.Keys.Path);
        using var connection = files.Keys.OpenWriter();
        SqliteMigrations.Apply(connection, files.Keys, sql.Migrations, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<bool> AnyAsync(CancellationToken cancellationToken = default) => ReadAsync(connection =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql["any_keys"], cancellationToken: cancellationToken)));

    public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken = default) => ReadAsync(async connection =>
        (await connection.QueryFirstOrDefaultAsync<ApiKeyRow>(new CommandDefinition(sql["find_key"], new { id }, cancellationToken: cancellationToken)))?.ToKey());

    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken = default) => ReadAsync<IReadOnlyList<ApiKey>>(async connection =>
        [.. (await connection.QueryAsync<ApiKeyRow>(new CommandDefinition(sql["list_keys"], cancellationToken: cancellationToken))).Select(row => row.ToKey())]);

    public async Task<bool> AddAsync(ApiKey key, CancellationToken cancellationToken = default) => await WriteAsync("insert_key", ApiKeyRow.Parameters(key), cancellationToken) == 1;

    public async Task<ApiKey?> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await WriteAsync("revoke_key", new { id, now = now.ToUnixTimeMilliseconds() }, cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    public Task NoteUseAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync("note_key_use", new { id, at = at.ToUnixTimeMilliseconds() }, cancellationToken);

    private async Task<T> ReadAsync<T>(Func<SqliteConnection, Task<T>> read)
    {
        await using var connection = files.Keys.OpenReader();
        try
        {
            return await read(connection);
        }
        catch (SqliteException error)
        {
            throw files.Keys.Explain(error);
        }
    }

    private async Task<int> WriteAsync(string statement, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = files.Keys.OpenWriter();
        try
        {
            return await connection.ExecuteAsync(new CommandDefinition(sql[statement], parameters, cancellationToken: cancellationToken));
        }
        catch (SqliteException error)
        {
            throw files.Keys.Explain(error);
        }
    }

    /// <summary>Only the user who makes the file reads it; SQLite gives its log the same rights.</summary>
    private static void MakePrivate(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path))
                return;
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var made = new FileStream(path, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GrainStoreException($"The file of API keys {path} cannot be made: {error.Message} Choose another data folder, or give this user the right to write there.", error);
        }
    }
}
