using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TicketWorld.Grains;

namespace TicketWorld.Benchmarks;

/// <summary>
/// Where a benchmark of the grains keeps them: a fresh folder with SQLite, or a fresh schema of the database that
/// <c>--postgres</c> names; either is removed at the end. Both keep every commit on disk before it is answered.
/// </summary>
internal sealed class BenchmarkStore : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly string? _schema;

    private BenchmarkStore(string? folder, string? connection, string? schema) => (_folder, Connection, _schema) = (folder, connection, schema);

    /// <summary>The connection string with the schema; null for SQLite.</summary>
    public string? Connection { get; }

    /// <summary>Takes <c>--postgres CONNECTION</c> out of the arguments.</summary>
    public static BenchmarkStore Open(ref string[] arguments)
    {
        var at = Array.IndexOf(arguments, "--postgres");
        if (at < 0)
            return new(Directory.CreateTempSubdirectory("ticketworld-benchmark-").FullName, null, null);
        if (at + 1 >= arguments.Length)
            throw new ArgumentException("--postgres wants the connection string of a database in which a schema can be made.");
        var schema = $"benchmark_{Environment.ProcessId}";
        var connection = new NpgsqlConnectionStringBuilder(arguments[at + 1]) { SearchPath = schema }.ConnectionString;
        arguments = [.. arguments[..at], .. arguments[(at + 2)..]];
        return new(null, connection, schema);
    }

    /// <summary>Adds a store over what <see cref="Open"/> gave, or over its connection string in another process.</summary>
    public static void Add(IServiceCollection services, string? folder, string? connection)
    {
        if (connection is null)
            services.AddSqliteGrainStore(folder!);
        else
            services.AddPostgresGrainStore(connection);
    }

    public async Task<RunningSilo> StartSiloAsync(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        Add(services, _folder, Connection);
        configure(services);
        return await RunningSilo.StartAsync(services);
    }

    /// <summary>The settings that the figures depend on, on one line.</summary>
    public async Task<string> SettingsAsync()
    {
        if (Connection is null)
            return string.Create(CultureInfo.InvariantCulture, $"SQLite WAL synchronous=FULL, {Environment.ProcessorCount} processors");
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT string_agg(name || '=' || current_setting(name), ' ' ORDER BY name) FROM unnest(ARRAY['fsync', 'full_page_writes', 'max_wal_size', 'shared_buffers', 'synchronous_commit', 'wal_compression']) AS name",
            connection);
        var settings = await command.ExecuteScalarAsync();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL {connection.PostgreSqlVersion} on this machine, {settings}, {Environment.ProcessorCount} processors, database included");
    }

    /// <summary>One number from the database.</summary>
    public async Task<long> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
        if (_schema is null)
            return;
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {_schema} CASCADE", connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The services of a silo, started.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    private RunningSilo(ServiceProvider services) => (_services, _hosted) = (services, [.. services.GetServices<IHostedService>()]);

    public IServiceProvider Services => _services;

    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

    public static async Task<RunningSilo> StartAsync(IServiceCollection services)
    {
        var silo = new RunningSilo(services.BuildServiceProvider());
        foreach (var service in silo._hosted)
            await service.StartAsync(CancellationToken.None);
        return silo;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _hosted.Reverse())
            await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
