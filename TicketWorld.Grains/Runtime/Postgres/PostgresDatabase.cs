using System.Text.RegularExpressions;
using Npgsql;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>The connections to one schema of a PostgreSQL database: one pool that writes, one that cannot.</summary>
internal sealed partial class PostgresDatabase : IAsyncDisposable
{
    /// <summary>The schema when the connection string has no <c>Search Path</c>.</summary>
    public const string DefaultSchema = "ticketworld";

    /// <summary>
    /// Seconds between the client's own looks at idle connections. Connections that write have none: such a look finds a connection broken
    /// between two statements of a transaction, and Dapper then opens another one, on which the rest runs outside of any transaction.
    /// </summary>
    private const int KeepAlive = 10;

    /// <summary>Bytes that go to the server at once; pieces of chunks are much larger than the usual 8 KiB.</summary>
    private const int WriteBuffer = 64 * 1024;

    private readonly NpgsqlConnectionStringBuilder _given;

    /// <exception cref="GrainStoreException">The connection string is not one.</exception>
    public PostgresDatabase(string connectionString)
    {
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new(connectionString);
        }
        catch (ArgumentException error)
        {
            throw new GrainStoreException($"The connection string of the database is not one: {error.Message} It reads like 'Host=127.0.0.1;Database=ticketworld;Username=ticketworld;Password=…'.");
        }

        Schema = given.SearchPath is { Length: > 0 } path ? path : DefaultSchema;
        if (!SchemaName().IsMatch(Schema))
            throw new GrainStoreException($"The Search Path '{Schema}' of the connection string is not the name of one schema: 1 to 40 of a-z, 0-9 and _, a letter first. Correct it, or remove it for '{DefaultSchema}'.");
        Place = $"{given.Host}:{given.Port}/{given.Database}";
        _given = given;
        Writer = Build("ticketworld", $"{FixedPlans} {SilentClients}", keepAlive: 0);
        Reader = Open("ticketworld read model", "-c default_transaction_read_only=on");
    }

    public string Schema { get; }

    /// <summary>Host, port and database, for people; no user and no password.</summary>
    public string Place { get; }

    public NpgsqlDataSource Writer { get; }

    /// <summary>Connections on which every statement that writes is refused. They are looked at while they are idle, so one that listens learns when it is broken.</summary>
    public NpgsqlDataSource Reader { get; }

    /// <summary>
    /// The runtime's statements look rows up by key, in tables that fill and empty within seconds; statistics about them
    /// are always wrong, and a plan that scans one is a mistake. So plans are made once and use the indexes.
    /// </summary>
    private static string FixedPlans =>
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    /// <summary>
    /// A client that falls silent within a transaction, its machine or the way to it being gone, holds locks that others wait for. The
    /// server would notice after hours; with these it ends the transaction before those who wait run out of patience.
    /// </summary>
    private static string SilentClients =>
        "-c idle_in_transaction_session_timeout=10s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Reader.DisposeAsync();
    }

    /// <summary>What a failed step means for whoever asked for it; null when it is the fault of the statement itself.</summary>
    public string? Explain(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory } full =>
            $"The database {Place} has no room ({full.MessageText}). Free space there; work goes on by itself.",
        PostgresException { SqlState: ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['5', '8', ..] or ['4', '0', ..] or ['2', '5', ..] or ['2', '8', ..] or ['3', 'D', ..] } refused =>
            $"The database {Place} refused a step: {refused.MessageText} ({refused.SqlState}).",
        _ when IsOutOfStep(error) => $"The database {Place} and a connection to it were out of step ({error.Message}); work goes on by itself on another connection.",
        PostgresException => null,
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException =>
            $"The database {Place} does not answer ({error.Message}). Start it, or correct ConnectionStrings:ticketdb; work goes on by itself.",
        _ => null,
    };

    /// <summary>Runs a step; faults of the database or of the way to it become <see cref="GrainStoreException"/>.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception error) when (Explain(error) is { } fault)
        {
            if (IsOutOfStep(error))
            {
                // The connection would go back to its pool, and fail whoever gets it next.
                Writer.Clear();
                Reader.Clear();
            }

            throw new GrainStoreException(fault, error) { IsPassing = true };
        }
    }

    /// <summary>
    /// Runs a step and waits for it, for callers that are not asynchronous. The step runs on the thread pool: were it to go on on the
    /// caller's own scheduler, it would wait there for the thread that waits for it.
    /// </summary>
    public T Wait<T>(Func<Task<T>> step) => Task.Run(() => RunAsync(step)).GetAwaiter().GetResult();

    /// <summary>Another pool of connections, for statements that want other settings.</summary>
    /// <param name="name">How the connections are called at the server, unless the connection string says it.</param>
    /// <param name="options">Settings of the server, as on its command line.</param>
    /// <param name="schemas">Schemas that names are looked for in after the own one.</param>
    public NpgsqlDataSource Open(string name, string options, params ReadOnlySpan<string> schemas) =>
        Build(name, options, _given.KeepAlive > 0 ? _given.KeepAlive : KeepAlive, schemas);

    /// <summary>
    /// Whether client and server disagree about what was prepared or said on a connection, as they may after a statement was called off or the
    /// server restarted in mid-answer (npgsql/npgsql#4082, #5803).
    /// </summary>
    private static bool IsOutOfStep(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.InvalidSqlStatementName }
        || (error.Source == "Npgsql" && error.GetType() == typeof(Exception));

    private NpgsqlDataSource Build(string name, string options, int keepAlive, params ReadOnlySpan<string> schemas)
    {
        var settings = new NpgsqlConnectionStringBuilder(_given.ConnectionString)
        {
            SearchPath = string.Join(',', [Schema, .. schemas]),
            ApplicationName = _given.ApplicationName ?? name,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            Options = $"{options} {_given.Options}".Trim(),
            IncludeErrorDetail = false,
            KeepAlive = keepAlive,
            WriteBufferSize = WriteBuffer,

            // Whoever sets something on a connection undoes it, so the server need not be asked to before each use.
            NoResetOnClose = true,
        };
        if (!_given.ContainsKey("Command Timeout"))
            settings.CommandTimeout = 15;
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.NonBacktracking)]
    private static partial Regex SchemaName();
}
