using System.Diagnostics;
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
            throw new InvalidOperationException("--postgres wants the connection string of a database in which a schema can be made.");
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

    /// <summary>What the database has done so far, to be compared with a later reading; null for SQLite.</summary>
    public async Task<DatabaseWork?> WorkAsync() => Connection is null ? null : new(
        await ReadAsync("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint"),
        await ReadAsync("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"),
        ProcessorTime.OfParentOf((int)await ReadAsync("SELECT pg_backend_pid()")),
        ProcessorTime.OfThis());

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

/// <summary>A reading of what a database and this process have used.</summary>
/// <param name="LogBytes">Bytes of write-ahead log.</param>
/// <param name="Transactions">Committed transactions.</param>
/// <param name="Server">Processor time of the server's processes; zero when they run elsewhere.</param>
/// <param name="Client">Processor time of this process.</param>
internal sealed record DatabaseWork(long LogBytes, long Transactions, TimeSpan Server, TimeSpan Client)
{
    /// <summary>The work between an earlier reading and this one, for each of so many things.</summary>
    public string Since(DatabaseWork earlier, int count, string thing) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(LogBytes - earlier.LogBytes) / (double)count:N0} bytes of log, {(Transactions - earlier.Transactions) / (double)count:N2} transactions, "
        + $"{(Server - earlier.Server).TotalMicroseconds / count:N0} µs of the database's processors and {(Client - earlier.Client).TotalMicroseconds / count:N0} µs of this process's a {thing}");
}

/// <summary>Processor time, of user and system together.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    public static TimeSpan OfThis()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    /// <summary>Of the process's parent with all its children, those that have ended among them; zero where there is no such process here.</summary>
    public static TimeSpan OfParentOf(int process)
    {
        if (Fields(process) is not { } child)
            return TimeSpan.Zero;
        var parent = int.Parse(child[1], CultureInfo.InvariantCulture);
        if (Fields(parent) is not { } own || !child.Name.Equals(own.Name, StringComparison.Ordinal))
            return TimeSpan.Zero;
        var ticks = Ticks(own, 11, 14);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && Fields(id) is { } fields && int.Parse(fields[1], CultureInfo.InvariantCulture) == parent)
                ticks += Ticks(fields, 11, 12);
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static long Ticks(Stat stat, int first, int last) =>
        Enumerable.Range(first, last - first + 1).Sum(i => long.Parse(stat[i], CultureInfo.InvariantCulture));

    /// <summary>The fields of <c>/proc/PID/stat</c> after the name, from the process's state at 0.</summary>
    private static Stat? Fields(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            var end = line.LastIndexOf(')');
            return new(line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..end], line[(end + 2)..].Split(' '));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Stat(string Name, string[] Fields)
    {
        public string this[int place] => Fields[place];
    }
}
