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
        var command = new NpgsqlBatchCommand(catalog[name]);
        foreach (var (parameter, value) in parameters)
            command.Parameters.AddWithValue(parameter, value ?? DBNull.Value);
        command.Parameters.Add(new("now", NpgsqlDbType.Bigint) { Value = now ?? (object)DBNull.Value });
        _batch.BatchCommands.Add(command);
        return _batch.BatchCommands.Count - 1;
    }

    public bool IsEmpty => _batch.BatchCommands.Count == 0;

    /// <summary>How many rows the statement at the place changed; known when the batch has run.</summary>
    public int Rows(int place) => (int)_batch.BatchCommands[place].RecordsAffected;

    public Task<NpgsqlDataReader> ReadAsync(CancellationToken cancellation = default) => _batch.ExecuteReaderAsync(cancellation);

    public Task ExecuteAsync(CancellationToken cancellation = default) => _batch.ExecuteNonQueryAsync(cancellation);

    public ValueTask DisposeAsync() => _batch.DisposeAsync();
}
