using Microsoft.Data.Sqlite;

namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>The writing connection with its prepared statements. Only the writer's thread uses it.</summary>
internal sealed class SqliteSession(SqliteConnection connection, SqlCatalog catalog) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public SqlCatalog Catalog => catalog;

    /// <summary>Runs the named statement; gives the number of rows changed.</summary>
    public int Execute(string name, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(name, parameters).ExecuteNonQuery();

    /// <summary>Runs the named query; the reader is to be disposed before the next statement of the same name.</summary>
    public SqliteDataReader Query(string name, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(name, parameters).ExecuteReader();

    public object? Scalar(string name, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(name, parameters).ExecuteScalar();

    /// <summary>Runs a statement that is no named one: transaction control.</summary>
    public void Control(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            _prepared.Add(sql, command);
        }

        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepare(string name, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(name, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = catalog[name];
            foreach (var (parameter, _) in parameters)
                command.Parameters.Add(new SqliteParameter { ParameterName = "@" + parameter });
            _prepared.Add(name, command);
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;

        return command;
    }
}
