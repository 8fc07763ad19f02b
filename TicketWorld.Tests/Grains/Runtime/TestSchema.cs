using Npgsql;

namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>A schema of its own for a test, dropped at its end.</summary>
internal sealed class TestSchema : IAsyncDisposable
{
    private static int _number;

    private readonly string _name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _number)}";

    public TestSchema() => ConnectionString = new NpgsqlConnectionStringBuilder(TestServers.PostgresConnectionString)
    {
        SearchPath = _name,
        ApplicationName = _name,
        MaxPoolSize = 12,
    }.ConnectionString;

    public string ConnectionString { get; }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends every connection that works in the schema, as a restart of the server would.</summary>
    public Task CutConnectionsAsync() => ExecuteAsync(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = $1", _name);

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP SCHEMA IF EXISTS {_name} CASCADE");

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
