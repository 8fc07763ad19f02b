using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>
/// Brings a schema to its newest form; each migration is applied once and recorded with its hash. Silos that start at
/// the same time take turns by an advisory lock.
/// </summary>
internal static class PostgresMigrations
{
    /// <exception cref="GrainStoreException">The schema was made by a newer version, or an applied migration was edited.</exception>
    public static async Task ApplyAsync(PostgresDatabase database, IReadOnlyCollection<Migration> migrations, CancellationToken cancellation)
    {
        await using var connection = await database.Writer.OpenConnectionAsync(cancellation);
        var key = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes("ticketworld migrations " + database.Schema)));
        await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({key})"), cancellation, timeout: 120);
        try
        {
            await RunAsync(
                connection,
                $"""
                CREATE SCHEMA IF NOT EXISTS {database.Schema};
                CREATE TABLE IF NOT EXISTS migrations (
                    number     integer     PRIMARY KEY,
                    name       text        NOT NULL,
                    sha256     text        NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now());
                """,
                cancellation);
            var applied = await ReadAppliedAsync(connection, cancellation);
            foreach (var (number, (name, _)) in applied)
            {
                if (migrations.All(m => m.Number != number))
                    throw new GrainStoreException($"The schema {database.Schema} of {database.Place} has migration '{name}', which this version does not know. It was written by a newer version: run that one, or choose another database.");
            }

            foreach (var migration in migrations)
                await ApplyAsync(connection, database, migration, applied, cancellation);
            await connection.ReloadTypesAsync(cancellation);
        }
        finally
        {
            // With its connection the lock is gone too, and the fault that broke it is the one to tell.
            if (connection.State == System.Data.ConnectionState.Open)
                await RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_unlock({key})"), CancellationToken.None);
        }
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection, PostgresDatabase database, Migration migration, Dictionary<int, (string Name, string Hash)> applied, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(migration.Sql.ReplaceLineEndings("\n"))));
        if (applied.TryGetValue(migration.Number, out var known))
        {
            if (known.Hash != hash)
                throw new GrainStoreException($"Migration '{migration.Name}' differs from what was applied to the schema {database.Schema} of {database.Place}. Put the applied text back and make the change a new migration.");
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await RunAsync(connection, migration.Sql, cancellation, timeout: 120);
            await using var record = new NpgsqlCommand("INSERT INTO migrations (number, name, sha256) VALUES (@number, @name, @sha256)", connection);
            record.Parameters.AddWithValue("number", migration.Number);
            record.Parameters.AddWithValue("name", migration.Name);
            record.Parameters.AddWithValue("sha256", hash);
            await record.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException error)
        {
            throw new GrainStoreException($"Migration '{migration.Name}' of the schema {database.Schema} of {database.Place} failed: {error.MessageText} Nothing of it was applied.", error);
        }
    }

    private static async Task<Dictionary<int, (string Name, string Hash)>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<int, (string, string)>();
        await using var command = new NpgsqlCommand("SELECT number, name, sha256 FROM migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            applied.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, int? timeout = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (timeout is { } seconds)
            command.CommandTimeout = seconds;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
