using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>The grain store of an embedded silo: one file in a folder that one process owns.</summary>
internal sealed partial class SqliteGrainStore(
    SqliteFiles files, SqlCatalog catalog, SqliteChunkStore chunks, IEnumerable<IStoreCompanion> companions, StoreHints hints, TimeProvider time,
    ILogger<SqliteGrainStore> log) : IGrainStore
{
    private readonly ReadyWork _work = new(hints, time, log, (session, request) => Claimable(session, request).Select(grain => Claim(session, grain, request)));
    private SqliteWriter? _writer;
    private long _lastSeq;

    private SqliteWriter Writer => _writer ?? throw new GrainStoreException("The grain store is not open. It opens when the host starts; calls can be made from then on.");

    public async Task OpenAsync(CancellationToken cancellation)
    {
        files.Open();
        var database = files.Grains;
        var connection = database.OpenWriter();
        try
        {
            SqliteMigrations.Apply(connection, database, catalog.Migrations, time.GetUtcNow());
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        _writer = new SqliteWriter(database, new SqliteSession(connection, catalog), _work);

        // The folder's lock is ours, so every lease in the file is of a process that is dead.
        await Writer.WriteAsync(session =>
        {
            _lastSeq = (long)session.Scalar("last_seq")!;
            session.Execute("take_over_all_messages");
            return session.Execute("take_over_all_grains");
        });
        await chunks.OpenAsync();
        foreach (var companion in companions)
            await companion.OpenAsync(cancellation);
    }

    public async Task CloseAsync()
    {
        if (_writer is { } writer)
        {
            foreach (var companion in companions)
                await companion.CloseAsync();
            await writer.DisposeAsync();
            await chunks.CloseAsync();
            files.Grains.ClosePool();
            files.Dispose();
            _writer = null;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    public Task<EnqueueResult> EnqueueAsync(NewMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Writer.WriteAsync(session =>
        {
            if (Insert(session, message))
                return EnqueueResult.Accepted;
            return session.Scalar(
                "same_message",
                ("id", message.Id), ("kind", message.Target.Kind), ("key", message.Target.Key),
                ("method", message.Method), ("arguments", message.Arguments)) is 1L
                ? EnqueueResult.Duplicate
                : EnqueueResult.Conflict;
        });
    }

    public async Task<IReadOnlyDictionary<string, StoredState>> LoadStatesAsync(GrainId grain)
    {
        await using var connection = files.Grains.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = catalog["load_states"];
        command.Parameters.AddWithValue("@kind", grain.Kind);
        command.Parameters.AddWithValue("@key", grain.Key);
        using var reader = command.ExecuteReader();
        var states = new Dictionary<string, StoredState>(StringComparer.Ordinal);
        while (reader.Read())
            states.Add(reader.GetString(0), new(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return states;
    }

    public async Task<MessageOutcome?> FindOutcomeAsync(string messageId, CancellationToken cancellation)
    {
        await using var connection = files.Grains.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = catalog["find_outcome"];
        command.Parameters.AddWithValue("@id", messageId);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return null;
        return reader.IsDBNull(4)
            ? new(reader.IsDBNull(1) ? null : reader.GetString(1), null)
            : new(null, ReadFailure(reader, 2));
    }

    public Task<int> PurgeAsync(DateTimeOffset endedBefore) =>
        Writer.WriteAsync(session => session.Execute("purge_messages", ("before", endedBefore.ToUnixTimeMilliseconds())));

    public async Task<QueueDepth> DepthAsync(CancellationToken cancellation)
    {
        await using var connection = files.Grains.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = catalog["queue_depth"];
        using var reader = command.ExecuteReader();
        reader.Read();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    /// <summary>Bounds the size of the file to its present one and some pages more, which is how tests fill a disk.</summary>
    internal Task<int> LimitPagesAsync(int grow) => Writer.WriteAsync(session =>
    {
        using var command = session.Connection.CreateCommand();
        command.CommandText = "PRAGMA page_count";
        var pages = (long)command.ExecuteScalar()!;
        command.CommandText = $"PRAGMA max_page_count = {pages + grow}";
        return command.ExecuteNonQuery();
    });

    /// <summary>Puts a message into its line, or among the delayed; false when its identity is known.</summary>
    private bool Insert(SqliteSession session, NewMessage message)
    {
        var seq = ++_lastSeq;
        var delayed = message.DueAt > message.CreatedAt;
        var (kind, key) = message.Target;
        var due = message.DueAt.ToUnixTimeMilliseconds();
        var inserted = session.Execute(
            "insert_message",
            ("seq", seq), ("id", message.Id), ("kind", kind), ("key", key), ("method", message.Method),
            ("arguments", message.Arguments), ("priority", (int)message.Priority), ("state", delayed ? "delayed" : "ready"),
            ("created_at", message.CreatedAt.ToUnixTimeMilliseconds()), ("due_at", due),
            ("reply_kind", message.ReplyTo?.Grain.Kind), ("reply_key", message.ReplyTo?.Grain.Key),
            ("reply_method", message.ReplyTo?.Method), ("reply_tag", message.ReplyTo?.Tag), ("trace_parent", message.TraceParent));
        if (inserted == 0)
            return false;
        if (delayed)
        {
            _work.AddDelayed(message.Priority, message.DueAt);
            return true;
        }

        OfferHead(session, message.Target, seq, (int)message.Priority, due);
        _work.Add(message.Priority, message.DueAt);
        return true;
    }

    /// <summary>Makes the message the head of its line if the line was empty.</summary>
    private static void OfferHead(SqliteSession session, GrainId grain, long seq, int priority, long due) => session.Execute(
        "offer_head", ("kind", grain.Kind), ("key", grain.Key), ("seq", seq), ("priority", priority), ("due_at", due));

    private static GrainFailure ReadFailure(SqliteDataReader reader, int type) => new(
        reader.IsDBNull(type) ? "" : reader.GetString(type),
        reader.IsDBNull(type + 1) ? "" : reader.GetString(type + 1),
        reader.GetString(type + 2));
}
