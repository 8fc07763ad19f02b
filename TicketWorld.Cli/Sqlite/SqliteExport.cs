using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Export;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Cli.Sqlite;

/// <summary>
/// Writes the records of a set as an SQLite database. It is made beside the file asked for and renamed over it when it is complete and
/// its foreign keys hold, so that whoever has the old one open keeps it and nobody sees half of the new one.
/// </summary>
internal static class SqliteExport
{
    public const string FileName = "customer_database.db";

    /// <summary>What SQLite answers when the file is at fault, and not what is written: PERM, READONLY, IOERR, FULL, CANTOPEN.</summary>
    private static readonly int[] OfTheFile = [3, 8, 10, 13, 14];

    /// <returns>Rows by table.</returns>
    /// <exception cref="WorldException">The records do not fit the tables.</exception>
    public static IReadOnlyDictionary<string, long> Write(DatasetReader set, string path, CancellationToken cancellation)
    {
        SQLitePCL.Batteries_V2.Init();
        ReplacedFile.RefuseNoPlace(path);
        var staged = $"{path}.{Environment.ProcessId}.new";
        try
        {
            File.Delete(staged);
            IReadOnlyDictionary<string, long> counts;
            using (var connection = new SqliteConnection($"Data Source={staged};Pooling=False"))
            {
                connection.Open();
                counts = Fill(connection, set, cancellation);
            }

            using (var file = new FileStream(staged, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(staged, path, overwrite: true);
            return counts;
        }
        catch (SqliteException e) when (OfTheFile.Contains(e.SqliteErrorCode))
        {
            throw new WorldException("output_unwritable", $"{path} cannot be written: {e.Message}", "Check the folder's permissions and the free space, or name another file with --output.", "output", path);
        }
        catch (SqliteException e)
        {
            throw new WorldException("records_do_not_fit", $"The records of {set.Folder} cannot be written as a database: {e.Message}", "Run ticketworld verify on the folder: it names what is wrong with them.", "dir", set.Folder);
        }
        finally
        {
            File.Delete(staged);
        }
    }

    private static SortedDictionary<string, long> Fill(SqliteConnection connection, DatasetReader set, CancellationToken cancellation)
    {
        // The file is not in use until it is renamed, so a journal would protect nothing.
        Execute(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; PRAGMA user_version = 1;");
        using var transaction = connection.BeginTransaction();
        Execute(connection, Script("schema.sql"));
        var counts = new SortedDictionary<string, long>(RecordTables.Names.ToDictionary(n => n, _ => 0L), StringComparer.Ordinal);
        using var database = set.Database();
        var inserts = new Dictionary<string, SqliteCommand>(StringComparer.Ordinal);
        try
        {
            foreach (var row in RecordTables.Rows(database.RootElement))
            {
                if ((counts[row.Table]++ & 1023) == 0)
                    cancellation.ThrowIfCancellationRequested();
                var key = row.Table + string.Join(',', row.Cells.Select(c => c.Column));
                if (!inserts.TryGetValue(key, out var insert))
                    inserts[key] = insert = Prepare(connection, transaction, row);
                for (var i = 0; i < row.Cells.Count; i++)
                    insert.Parameters[i].Value = Value(row.Cells[i].Value);
                insert.ExecuteNonQuery();
            }
        }
        finally
        {
            foreach (var insert in inserts.Values)
                insert.Dispose();
        }

        Execute(connection, Script("indexes.sql"));
        transaction.Commit();
        Execute(connection, "ANALYZE;");
        return counts;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction, TableRow row)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        // Columns are names of our own record format; one that the table lacks is refused by SQLite.
        command.CommandText = $"INSERT INTO {row.Table} ({string.Join(", ", row.Cells.Select(c => '"' + c.Column.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'))}) VALUES ({string.Join(", ", row.Cells.Select((_, i) => "$" + i.ToString(CultureInfo.InvariantCulture)))})";
        for (var i = 0; i < row.Cells.Count; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i.ToString(CultureInfo.InvariantCulture) });
        command.Prepare();
        return command;
    }

    private static object Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => DBNull.Value,
        JsonValueKind.True => 1L,
        JsonValueKind.False => 0L,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Script(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("sqlite/" + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
