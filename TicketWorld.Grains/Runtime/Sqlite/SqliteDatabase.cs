using Microsoft.Data.Sqlite;

namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>One database file: how it is opened for writing and for reading.</summary>
internal sealed class SqliteDatabase(string path)
{
    /// <summary>The log is folded into the file when it has grown to this.</summary>
    private const int WalBytes = 32 * 1024 * 1024;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    public string Path => path;

    /// <summary>The one connection that writes. Every commit is on disk before it is reported (WAL, synchronous=FULL).</summary>
    public SqliteConnection OpenWriter(int pageSize = 4096)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                PRAGMA page_size = {pageSize};
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = ON;
                PRAGMA wal_autocheckpoint = {WalBytes / pageSize};
                PRAGMA cache_size = -16000;
                """;
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Explain(error);
        }
    }

    /// <summary>A pooled connection that only reads; it sees every commit made before its first statement.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(ReaderConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Explain(error);
        }
    }

    /// <summary>Closes the idle connections of the pool, so that the file can be moved or deleted.</summary>
    public void ClosePool()
    {
        using var connection = new SqliteConnection(ReaderConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    public GrainStoreException Explain(SqliteException error) => error.SqliteErrorCode switch
    {
        13 => new($"No space is left to write {path}. Free space on that disk; work goes on by itself.", error),
        8 or 14 => new($"{path} cannot be opened for writing. Check that the folder exists and this user may write to it, or choose another data folder.", error),
        10 => new($"Reading or writing {path} failed ({error.Message}). Check the disk.", error),
        11 or 26 => new($"{path} is damaged or not a database of TicketWorld ({error.Message}). Restore it from a copy, or move the data folder away to begin anew.", error),
        _ => new($"The database {path} refused a step: {error.Message}", error),
    };

    private string ReaderConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = true,
    }.ToString();
}
