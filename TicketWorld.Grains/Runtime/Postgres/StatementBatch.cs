using Npgsql;
using NpgsqlTypes;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>Several named statements that go to the server together and are one transaction unless one is open.</summary>
internal sealed class StatementBatch(NpgsqlConnection connection, SqlCatalog catalog, long? now) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);

    /// <summary>Adds a statement; gives its place. A null array element or value is SQL's NULL.</summary>
    public int Add(string name, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var sql = PositionalSql.Of(catalog[name]);
        var command = new NpgsqlBatchCommand(sql.Text);
        foreach (var wanted in sql.Names)
            command.Parameters.Add(wanted == "now" ? new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = now ?? (object)DBNull.Value } : new() { Value = Find(name, wanted, parameters) });
        _batch.BatchCommands.Add(command);
        return _batch.BatchCommands.Count - 1;
    }

    public bool IsEmpty => _batch.BatchCommands.Count == 0;

    /// <summary>How many rows the statement at the place changed; known when the batch has run.</summary>
    public int Rows(int place) => (int)_batch.BatchCommands[place].RecordsAffected;

    public Task<NpgsqlDataReader> ReadAsync(CancellationToken cancellation = default) => _batch.ExecuteReaderAsync(cancellation);

    public Task ExecuteAsync(CancellationToken cancellation = default) => _batch.ExecuteNonQueryAsync(cancellation);

    private static object Find(string statement, string wanted, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (name == wanted)
                return value ?? DBNull.Value;
        }

        throw new InvalidOperationException($"The SQL statement '{statement}' wants a parameter '{wanted}', which it is not given.");
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
