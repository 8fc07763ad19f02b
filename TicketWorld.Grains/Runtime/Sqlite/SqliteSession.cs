using System.Reflection;
using Microsoft.Data.Sqlite;

namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>The writing connection with its prepared statements. Only the writer's thread uses it.</summary>
internal sealed class SqliteSession(SqliteConnection connection, SqlCatalog catalog) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, Type Parameters), StagedCommand> _staged = [];

    public SqliteConnection Connection => connection;

    /// <summary>Runs the named statement; gives the number of rows changed.</summary>
    public int Execute(string name, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(name, parameters).ExecuteNonQuery();

    /// <summary>Runs the named query; the reader is to be disposed before the next statement of the same name.</summary>
    public SqliteDataReader Query(string name, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(name, parameters).ExecuteReader();

    public object? Scalar(string name, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(name, parameters).ExecuteScalar();

    /// <summary>Runs the named statement; the properties of an object are its parameters.</summary>
    public int Execute(string name, object parameters)
    {
        var type = parameters.GetType();
        if (!_staged.TryGetValue((name, type), out var staged))
        {
            staged = new(connection, catalog[name], type);
            _staged.Add((name, type), staged);
        }

        return staged.Execute(parameters);
    }

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
        foreach (var staged in _staged.Values)
            staged.Dispose();
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

    /// <summary>A statement that takes its parameters from objects of one type.</summary>
    private sealed class StagedCommand : IDisposable
    {
        private readonly SqliteCommand _command;
        private readonly PropertyInfo[] _properties;

        public StagedCommand(SqliteConnection connection, string sql, Type parameters)
        {
            _properties = parameters.GetProperties();
            _command = connection.CreateCommand();
            _command.CommandText = sql;
            foreach (var property in _properties)
                _command.Parameters.Add(new SqliteParameter { ParameterName = "@" + property.Name });
        }

        public int Execute(object parameters)
        {
            for (var i = 0; i < _properties.Length; i++)
                _command.Parameters[i].Value = _properties[i].GetValue(parameters) ?? DBNull.Value;
            return _command.ExecuteNonQuery();
        }

        public void Dispose() => _command.Dispose();
    }
}
