using Npgsql;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>Whose clock says what is due and which lease has run out.</summary>
internal enum StoreClock
{
    /// <summary>The database's: one clock for all silos, however theirs differ.</summary>
    Database,

    /// <summary>The caller's, for tests that move the time.</summary>
    Caller,
}

// How the protocol of IGrainStore runs on PostgreSQL
// ==================================================
//
// Locks. The row of a grain is its lock. Whoever puts a message into a line, ends a turn or gives a lease up first locks
// the rows of all grains that the step touches, in the order of their names (rows that do not exist yet are added
// first, in that order too), so that two steps never wait for each other in a circle. A claim locks what is free and
// skips the rest. Because the sequence number of a message is drawn under the lock of its grain, the order of numbers
// within a line is the order of commits.
//
// Snapshots. Isolation is READ COMMITTED: each statement sees what was committed before it began. The head of a line is
// read in a statement after the one that locked the grain, so no message that was accepted before is overlooked; one
// that is accepted after finds the head that the step left, and offers itself if there is none. A claim that has
// passed over a locked grain is made again some milliseconds later.
//
// Groups. Commits that are ready together share a transaction, and so a flush; so do calls. In a group each turn is
// fenced by itself: the ones that have lost their lease, or whose state is at another version, are left out before
// anything is written. The writes carry the lease's owner and epoch as well; if they then meet fewer rows than there are
// turns, the transaction is rolled back and each turn tried alone.
//
// Plans. The hot tables fill and empty within seconds, so what the planner believes about them is wrong, and a plan that scans one
// costs more with every message that was ever sent. So each statement is driven by its parameters: a lateral subquery with OFFSET 0,
// which the planner does not take apart, looks each row up by its key, and the row is then written at its ctid. That is safe because
// what a statement writes was locked by the statement before it, or by its own FOR UPDATE SKIP LOCKED: a row that has moved since the
// statement began is not written (a claim leaves it to the next), and a count that does not fit undoes the step. The fence stands
// once more beside the ctid, in a form that no partial index answers to.
//
// Time. Statements use the database's clock, and requests carry durations, so the silos' clocks may be wrong.

/// <summary>The grain store that many silos share; see above.</summary>
internal sealed partial class PostgresGrainStore(
    PostgresDatabase database, SqlCatalog catalog, PostgresChunkStore chunks, IEnumerable<IStoreCompanion> companions, PostgresNotices notices,
    StoreHints hints, StoreClock clock, TimeProvider time) : IGrainStore
{
    private const int Groups = 3;
    private const int LargestGroup = 64;

    /// <summary>One for each priority, so that nothing urgent waits for a group of what is not.</summary>
    private Batcher<NewMessage, EnqueueResult>[]? _calls;

    /// <inheritdoc cref="_calls"/>
    private Batcher<TurnEffects, CommitResult>[]? _commits;

    public async Task OpenAsync(CancellationToken cancellation)
    {
        await database.RunAsync(async () =>
        {
            await PostgresMigrations.ApplyAsync(database, catalog.Migrations, cancellation);
            return true;
        });
        CrashPoints.Pass(CrashPoints.OpenMigrated);
        foreach (var companion in companions)
            await companion.OpenAsync(cancellation);
        await chunks.SweepAsync();
        CrashPoints.Pass(CrashPoints.OpenSwept);
        _calls = [.. Enum.GetValues<MessagePriority>().Select(_ => NewBatcher<NewMessage, EnqueueResult>(EnqueueAsync))];
        _commits = [.. Enum.GetValues<MessagePriority>().Select(_ => NewBatcher<TurnEffects, CommitResult>(CommitAsync))];
        notices.Ended = TellOutcomesAsync;
        notices.Start();
    }

    public async Task CloseAsync()
    {
        if (_commits is null)
            return;
        foreach (var companion in companions)
            await companion.CloseAsync();
        foreach (var calls in _calls!)
            await calls.DisposeAsync();
        foreach (var commits in _commits)
            await commits.DisposeAsync();
        await notices.StopAsync();
        _commits = null;
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    public async Task<EnqueueResult> EnqueueAsync(NewMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await (_calls ?? throw NotOpen())[(int)message.Priority].RunAsync(message);
    }

    public Task<IReadOnlyDictionary<string, StoredState>> LoadStatesAsync(GrainId grain) => database.RunAsync<IReadOnlyDictionary<string, StoredState>>(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync();
        await using var batch = new StatementBatch(connection, catalog, now: null);
        batch.Add("load_states", ("kind", grain.Kind), ("key", grain.Key));
        await using var reader = await batch.ReadAsync();
        var states = new Dictionary<string, StoredState>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            states.Add(reader.GetString(0), new(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return states;
    });

    public Task<MessageOutcome?> FindOutcomeAsync(string messageId, CancellationToken cancellation) => database.RunAsync(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync(cancellation);
        await using var batch = new StatementBatch(connection, catalog, now: null);
        batch.Add("find_outcome", ("id", messageId));
        await using var reader = await batch.ReadAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        return reader.IsDBNull(3)
            ? new MessageOutcome(reader.IsDBNull(0) ? null : reader.GetString(0), null)
            : new(null, ReadFailure(reader, 1));
    });

    public Task<int> PurgeAsync(DateTimeOffset endedBefore)
    {
        var now = time.GetUtcNow();
        return RunAsync(now, "purge_messages", ("age", Milliseconds(now - endedBefore)));
    }

    public Task<QueueDepth> DepthAsync(CancellationToken cancellation) => database.RunAsync(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync(cancellation);
        await using var batch = new StatementBatch(connection, catalog, now: null);
        batch.Add("queue_depth");
        await using var reader = await batch.ReadAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new QueueDepth(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    });

    /// <summary>Answers callers in this process whose messages ended in another.</summary>
    private Task<bool> TellOutcomesAsync(IReadOnlyList<string> messageIds) => database.RunAsync(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync();
        await using var batch = new StatementBatch(connection, catalog, now: null);
        batch.Add("find_outcomes", ("ids", messageIds.ToArray()));
        await using var reader = await batch.ReadAsync();
        while (await reader.ReadAsync())
        {
            hints.OnFinished(
                reader.GetString(0),
                reader.IsDBNull(4) ? new(reader.IsDBNull(1) ? null : reader.GetString(1), null) : new(null, ReadFailure(reader, 2)));
        }

        return true;
    });

    private static Batcher<TItem, TResult> NewBatcher<TItem, TResult>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> run)
        where TItem : notnull =>
        new(Groups, LargestGroup, run, error => error is GrainStoreException);

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    private static GrainStoreException NotOpen() => new("The grain store is not open. It opens when the host starts; calls can be made from then on.");

    private static GrainFailure ReadFailure(NpgsqlDataReader reader, int type) => new(
        reader.IsDBNull(type) ? "" : reader.GetString(type),
        reader.IsDBNull(type + 1) ? "" : reader.GetString(type + 1),
        reader.GetString(type + 2));

    /// <summary>The time to use instead of the database's; null for the latter.</summary>
    private long? At(DateTimeOffset now) => clock == StoreClock.Caller ? now.ToUnixTimeMilliseconds() : null;

    /// <summary>Runs one statement in a transaction of its own; gives the number of rows that it changed.</summary>
    private Task<int> RunAsync(DateTimeOffset now, string statement, params (string Name, object? Value)[] parameters) => database.RunAsync(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync();
        await using var batch = new StatementBatch(connection, catalog, At(now));
        var place = batch.Add(statement, parameters);
        await batch.ExecuteAsync();
        return batch.Rows(place);
    });

    /// <summary>Runs a step in one transaction.</summary>
    private Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> step) => database.RunAsync(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await step(connection);
        await transaction.CommitAsync();
        return result;
    });
}
