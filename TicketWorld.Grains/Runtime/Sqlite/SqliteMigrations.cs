using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>Brings a database to the newest schema; each migration is applied once and recorded with its hash.</summary>
internal static class SqliteMigrations
{
    /// <exception cref="GrainStoreException">The database was made by a newer version, or an applied migration was edited.</exception>
    public static void Apply(SqliteConnection connection, SqliteDatabase database, IReadOnlyCollection<Migration> migrations, DateTimeOffset now)
    {
        Run(connection, """
            CREATE TABLE IF NOT EXISTS migrations (
                number     INTEGER PRIMARY KEY,
                name       TEXT    NOT NULL,
                sha256     TEXT    NOT NULL,
                applied_at INTEGER NOT NULL)
            """);
        var applied = ReadApplied(connection);
        foreach (var (number, (name, _)) in applied)
        {
            if (migrations.All(m => m.Number != number))
                throw new GrainStoreException($"{database.Path} has migration '{name}', which this version does not know. It was written by a newer version: run that one, or choose another data folder.");
        }

        foreach (var migration in migrations)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(migration.Sql.ReplaceLineEndings("\n"))));
            if (applied.TryGetValue(migration.Number, out var known))
            {
                if (known.Hash != hash)
                    throw new GrainStoreException($"Migration '{migration.Name}' differs from what was applied to {database.Path}. Put the applied text back and make the change a new migration.");
                continue;
            }

            Run(connection, "BEGIN IMMEDIATE");
            try
            {
                Run(connection, migration.Sql);
                using var record = connection.CreateCommand();
                record.CommandText = "INSERT INTO migrations (number, name, sha256, applied_at) VALUES (@number, @name, @sha256, @now)";
                record.Parameters.AddWithValue("@number", migration.Number);
                record.Parameters.AddWithValue("@name", migration.Name);
                record.Parameters.AddWithValue("@sha256", hash);
                record.Parameters.AddWithValue("@now", now.ToUnixTimeMilliseconds());
                record.ExecuteNonQuery();
                Run(connection, "COMMIT");
            }
            catch (SqliteException error)
            {
                Run(connection, "ROLLBACK");
                throw new GrainStoreException($"Migration '{migration.Name}' of {database.Path} failed: {error.Message} Nothing of it was applied.", error);
            }
        }
    }

    private static Dictionary<int, (string Name, string Hash)> ReadApplied(SqliteConnection connection)
    {
        var applied = new Dictionary<int, (string, string)>();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, name, sha256 FROM migrations";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            applied.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
