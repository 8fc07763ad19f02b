using Npgsql;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>Claiming turns, and the leases under which they run.</summary>
internal sealed partial class PostgresGrainStore
{
    /// <summary>Somewhat longer than a call or a commit holds its locks.</summary>
    private static readonly TimeSpan LockedPause = TimeSpan.FromMilliseconds(5);

    private readonly int[] _looksAgain = new int[Enum.GetValues<MessagePriority>().Length];

    public async Task<ClaimResult> ClaimAsync(ClaimRequest request)
    {
        var (turns, next, delayed) = await ClaimOnceAsync(request, request.Max);
        while (delayed <= 0 && await JoinDueAsync(request.Now) > 0)
        {
            CrashPoints.Pass(CrashPoints.JoinCommitted);
            AnnounceAll(request.Now);
            var (more, nextAfter, delayedAfter) = await ClaimOnceAsync(request, request.Max - turns.Count);
            (turns, next, delayed) = ([.. turns, .. more], nextAfter, delayedAfter);
        }

        if (turns.Count > 0)
            CrashPoints.Pass(CrashPoints.ClaimTaken);
        var soonest = next is null ? delayed : delayed is null ? next : Math.Min(next.Value, delayed.Value);
        return new(turns, turns.Count < request.Max && soonest is { } wait ? request.Now.AddMilliseconds(Math.Max(0, wait)) : null);
    }

    public async Task<IReadOnlyList<GrainLease>> RenewAsync(IReadOnlyList<GrainLease> running, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        CrashPoints.Pass(CrashPoints.RenewBegun);
        var kept = new HashSet<GrainLease>();
        foreach (var owned in running.GroupBy(lease => lease.Owner))
        {
            await database.RunAsync(async () =>
            {
                await using var connection = await database.Writer.OpenConnectionAsync();
                await using var batch = new StatementBatch(connection, catalog, At(now));
                AddLocks(batch, [.. owned.Select(lease => lease.Grain)]);
                batch.Add("renew_leases", [.. Leases([.. owned]), ("lease", Milliseconds(expiresAt - now))]);
                await using var reader = await batch.ReadAsync();
                await SkipLocksAsync(reader);
                while (await reader.ReadAsync())
                    kept.Add(new(new(reader.GetString(0), reader.GetString(1)), owned.Key, new(reader.GetInt64(2))));
                return true;
            });
        }

        CrashPoints.Pass(CrashPoints.RenewWritten);
        return [.. running.Where(lease => !kept.Contains(lease))];
    }

    public async Task ReleaseAsync(IReadOnlyList<GrainLease> idle)
    {
        CrashPoints.Pass(CrashPoints.ReleaseBegun);
        foreach (var owned in idle.GroupBy(lease => lease.Owner))
        {
            await database.RunAsync(async () =>
            {
                await using var connection = await database.Writer.OpenConnectionAsync();
                await using var batch = new StatementBatch(connection, catalog, now: null);
                AddLocks(batch, [.. owned.Select(lease => lease.Grain)]);
                batch.Add("release_leases", Leases([.. owned]));
                await batch.ExecuteAsync();
                return true;
            });
        }

        CrashPoints.Pass(CrashPoints.ReleaseWritten);
    }

    public async Task ReleaseAllAsync(SiloId silo)
    {
        CrashPoints.Pass(CrashPoints.StopBegun);
        await RunAsync(default, "release_all", ("owner", silo.Value));
        CrashPoints.Pass(CrashPoints.StopReleased);
    }

    /// <summary>
    /// A claim of one priority has made work of others ready. Who claims those at the same moment may have looked before, and found
    /// nothing that will be due later.
    /// </summary>
    private void AnnounceAll(DateTimeOffset now)
    {
        foreach (var priority in Enum.GetValues<MessagePriority>())
        {
            hints.OnWorkReady(priority, now);
            notices.TellWork(priority, TimeSpan.Zero);
        }
    }

    private static (string Name, object? Value)[] Leases(IReadOnlyList<GrainLease> leases) =>
    [
        ("kinds", leases.Select(l => l.Grain.Kind).ToArray()),
        ("keys", leases.Select(l => l.Grain.Key).ToArray()),
        ("epochs", leases.Select(l => l.Epoch.Value).ToArray()),
        ("owner", leases[0].Owner.Value),
    ];

    /// <summary>Frees what dead silos held, and what this one was given by a claim whose answer it never got, and claims; gives also in how many milliseconds the next message is due.</summary>
    private Task<(IReadOnlyList<ClaimedTurn> Turns, long? Next, long? Delayed)> ClaimOnceAsync(ClaimRequest request, int max) => database.RunAsync(async () =>
    {
        await using var connection = await database.Writer.OpenConnectionAsync();
        await using var batch = new StatementBatch(connection, catalog, At(request.Now));
        var takeOver = batch.Add("take_over", ("silo", request.Silo.Value), ("lease", Milliseconds(request.ExpiresAt - request.Now)));
        batch.Add(
            "claim",
            ("priority", (short)request.Priority), ("silo", request.Silo.Value), ("max", (long)max), ("lease", Milliseconds(request.ExpiresAt - request.Now)));
        batch.Add("next_due", ("priority", (short)request.Priority), ("silo", request.Silo.Value));
        await using var reader = await batch.ReadAsync();
        var turns = new List<ClaimedTurn>();
        while (await reader.ReadAsync())
            turns.Add(ReadTurn(reader, request));
        await reader.NextResultAsync();
        await reader.ReadAsync();
        var (next, delayed) = (ReadMilliseconds(reader, 0), ReadMilliseconds(reader, 1));
        if (turns.Count < max && reader.GetBoolean(2))
            _ = LookAgainAsync(request.Priority);
        await reader.CloseAsync();
        if (batch.Rows(takeOver) > 0)
            AnnounceAll(request.Now);
        return ((IReadOnlyList<ClaimedTurn>)turns, next, delayed);
    });

    /// <summary>
    /// A claim passes over grains that a call or a commit has locked. Whoever locked them tells only of its own message, so the claim is made
    /// again when the lock will be gone.
    /// </summary>
    private async Task LookAgainAsync(MessagePriority priority)
    {
        if (Interlocked.Exchange(ref _looksAgain[(int)priority], 1) == 1)
            return;
        await Task.Delay(LockedPause, TimeProvider.System);
        Volatile.Write(ref _looksAgain[(int)priority], 0);
        hints.OnWorkReady(priority, time.GetUtcNow());
    }

    private static long? ReadMilliseconds(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    private static ClaimedTurn ReadTurn(NpgsqlDataReader reader, ClaimRequest request) => new()
    {
        Lease = new(new(reader.GetString(0), reader.GetString(1)), request.Silo, new(reader.GetInt64(2))),
        Seq = reader.GetInt64(3),
        MessageId = reader.GetString(4),
        Method = reader.GetString(5),
        Arguments = reader.GetString(6),
        Priority = request.Priority,
        FailedAttempts = reader.GetInt32(7),
        Interruptions = reader.GetInt32(8),
        ReplyTo = reader.IsDBNull(9)
            ? null
            : new(new(reader.GetString(9), reader.GetString(10)), reader.GetString(11), reader.IsDBNull(12) ? null : reader.GetString(12)),
        TraceParent = reader.IsDBNull(13) ? null : reader.GetString(13),
    };

    /// <summary>Delayed messages whose time has come join the end of their lines, the longest due first; gives how many.</summary>
    private Task<int> JoinDueAsync(DateTimeOffset now) => InTransactionAsync(async connection =>
    {
        var seqs = new List<long>();
        var grains = new List<GrainId>();
        await using (var find = new StatementBatch(connection, catalog, At(now)))
        {
            find.Add("due_delayed");
            await using var reader = await find.ReadAsync();
            while (await reader.ReadAsync())
            {
                seqs.Add(reader.GetInt64(0));
                grains.Add(new(reader.GetString(1), reader.GetString(2)));
            }
        }

        if (seqs.Count == 0)
            return 0;
        await using var join = new StatementBatch(connection, catalog, At(now));
        AddLocks(join, grains);
        join.Add("join_line", ("seqs", seqs.ToArray()));
        AddOffers(join, grains);
        await join.ExecuteAsync();
        CrashPoints.Pass(CrashPoints.JoinWritten);
        return seqs.Count;
    });
}
