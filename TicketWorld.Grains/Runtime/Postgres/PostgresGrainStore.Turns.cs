using Dapper;
using Npgsql;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>Committing and failing turns.</summary>
internal sealed partial class PostgresGrainStore
{
    public Task<CommitResult> CommitAsync(TurnEffects effects) => (_commits ?? throw NotOpen())[(int)effects.Priority].RunAsync(effects);

    public async Task<CommitResult> FailAsync(TurnFailure failure)
    {
        IReadOnlyList<Ready> ready;
        try
        {
            ready = await InTransactionAsync(connection => FailAsync(connection, failure));
        }
        catch (FencedException)
        {
            return CommitResult.LeaseLost;
        }

        CrashPoints.Pass(failure.RetryAt is null ? CrashPoints.ParkCommitted : CrashPoints.RetryCommitted);
        Announce(ready);
        if (failure.RetryAt is null)
        {
            hints.OnFinished(failure.MessageId, new(null, failure.Error));
            notices.TellEnd(failure.MessageId);
        }

        if (failure.Reply is { } reply)
            Announce(reply);
        return CommitResult.Committed;
    }

    private async Task<IReadOnlyList<Ready>> FailAsync(NpgsqlConnection connection, TurnFailure failure)
    {
        var lease = failure.Lease;
        GrainId[] grains = failure.Reply is { } to ? [lease.Grain, to.Target] : [lease.Grain];
        await using var locks = new StatementBatch(connection, catalog, At(failure.Now));
        if (failure.Reply is not null)
            AddGrains(locks, [failure.Reply.Target]);
        AddLocks(locks, grains);
        await using (var reader = await locks.ReadAsync())
        {
            if (!(await ReadLocksAsync(reader)).Contains((lease, failure.Seq)))
                throw new FencedException();
        }

        await using var batch = new StatementBatch(connection, catalog, At(failure.Now));
        int ends;
        if (failure.RetryAt is { } retryAt)
        {
            ends = batch.Add(
                "retry_message",
                ("delay", Milliseconds(retryAt - failure.Now)), ("counted", failure.CountsAsAttempt ? 1 : 0), ("seq", failure.Seq), ("epoch", lease.Epoch.Value),
                ("kind", lease.Grain.Kind), ("key", lease.Grain.Key), ("owner", lease.Owner.Value));
        }
        else
        {
            ends = batch.Add(
                "park_message",
                ("counted", failure.CountsAsAttempt ? 1 : 0), ("error_type", failure.Error.Type), ("error_message", failure.Error.Message),
                ("error_code", failure.Error.Code), ("error_detail", failure.Detail), ("seq", failure.Seq), ("epoch", lease.Epoch.Value),
                ("kind", lease.Grain.Kind), ("key", lease.Grain.Key), ("owner", lease.Owner.Value));
        }

        if (failure.Reply is { } reply)
            AddMessages(batch, [reply]);
        AddEndOfTurns(batch, [lease], [null]);
        if (failure.Reply is { } offered)
            AddOffers(batch, [offered.Target]);
        await using var results = await batch.ReadAsync();
        if (failure.Reply is not null)
            await SkipLocksAsync(results);
        var ready = await ReadReadyAsync(results);
        await results.CloseAsync();
        CrashPoints.Pass(failure.RetryAt is null ? CrashPoints.ParkWritten : CrashPoints.RetryWritten);
        return batch.Rows(ends) == 1 && ready.Count == 1 ? ready : throw new FencedException();
    }

    /// <summary>Commits a group of turns in one transaction.</summary>
    private async Task<IReadOnlyList<CommitResult>> CommitAsync(IReadOnlyList<TurnEffects> turns)
    {
        var results = new CommitResult[turns.Count];
        Array.Fill(results, CommitResult.Committed);
        try
        {
            CrashPoints.Pass(CrashPoints.CommitBegun);
            var (ready, awaited) = await InTransactionAsync(connection => CommitAsync(connection, turns, results));
            CrashPoints.Pass(CrashPoints.CommitCommitted);
            Announce(ready);
            for (var i = 0; i < turns.Count; i++)
            {
                if (results[i] != CommitResult.Committed)
                    continue;
                hints.OnFinished(turns[i].MessageId, turns[i].Outcome);
                foreach (var message in turns[i].Messages)
                    Announce(message);
            }

            foreach (var id in awaited)
                notices.TellEnd(id);
            CrashPoints.Pass(CrashPoints.CommitAnnounced);
        }
        catch (FencedException) when (turns.Count == 1)
        {
            results[0] = CommitResult.LeaseLost;
        }

        return results;
    }

    private async Task<(List<Ready> Ready, List<string> Awaited)> CommitAsync(NpgsqlConnection connection, IReadOnlyList<TurnEffects> all, CommitResult[] results)
    {
        var now = At(all[0].Now);
        await using (var locks = new StatementBatch(connection, catalog, now))
        {
            List<GrainId> targets = [.. all.SelectMany(t => t.Messages).Select(m => m.Target)];
            if (targets.Count > 0)
                AddGrains(locks, targets);
            AddLocks(locks, [.. all.Select(t => t.Lease.Grain), .. targets]);
            var written = all.Where(t => t.States.Count > 0).Select(t => t.Lease.Grain).ToList();
            if (written.Count > 0)
            {
                var (kinds, keys) = Names(written);
                locks.Add("state_versions", ("kinds", kinds), ("keys", keys));
            }

            await using var reader = await locks.ReadAsync();
            var held = await ReadLocksAsync(reader);
            var versions = written.Count > 0 ? await ReadVersionsAsync(reader) : [];
            for (var i = 0; i < all.Count; i++)
            {
                if (!held.Contains((all[i].Lease, all[i].Seq)))
                    results[i] = CommitResult.LeaseLost;
                else if (all[i].States.Any(s => versions.GetValueOrDefault((all[i].Lease.Grain, s.Name)) != s.ExpectedVersion))
                    results[i] = CommitResult.VersionConflict;
            }
        }

        CrashPoints.Pass(CrashPoints.CommitLocked);
        var turns = all.Where((_, i) => results[i] == CommitResult.Committed).ToList();
        return turns.Count == 0 ? ([], []) : await WriteAsync(connection, turns, now);
    }

    private async Task<(List<Ready> Ready, List<string> Awaited)> WriteAsync(NpgsqlConnection connection, List<TurnEffects> turns, long? now)
    {
        foreach (var turn in turns)
        {
            foreach (var statement in turn.Statements)
                await RunStagedAsync(connection, statement);
        }

        if (turns.Exists(t => t.Statements.Count > 0))
            CrashPoints.Pass(CrashPoints.CommitStaged);
        var owner = turns[0].Lease.Owner.Value;
        await using var batch = new StatementBatch(connection, catalog, now);
        var states = AddStates(batch, turns, owner);
        List<NewMessage> messages = [.. turns.SelectMany(t => t.Messages)];
        if (messages.Count > 0)
            AddMessages(batch, messages);
        batch.Add(
            "end_messages",
            ("ids", turns.Select(t => t.MessageId).ToArray()),
            ("results", turns.Select(t => t.Outcome.Result).ToArray()),
            ("error_types", turns.Select(t => t.Outcome.Failure?.Type).ToArray()),
            ("error_messages", turns.Select(t => t.Outcome.Failure?.Message).ToArray()),
            ("error_codes", turns.Select(t => t.Outcome.Failure?.Code).ToArray()),
            ("kinds", turns.Select(t => t.Lease.Grain.Kind).ToArray()),
            ("keys", turns.Select(t => t.Lease.Grain.Key).ToArray()),
            ("epochs", turns.Select(t => t.Lease.Epoch.Value).ToArray()),
            ("owner", owner));
        var left = batch.Add("leave_line", ("seqs", turns.Select(t => t.Seq).ToArray()), ("epochs", turns.Select(t => t.Lease.Epoch.Value).ToArray()));
        AddEndOfTurns(batch, [.. turns.Select(t => t.Lease)], [.. turns.Select(t => (long?)Milliseconds(t.ExpiresAt - t.Now))]);
        if (messages.Count > 0)
            AddOffers(batch, [.. messages.Select(m => m.Target)]);
        await using var reader = await batch.ReadAsync();
        if (messages.Count > 0)
            await SkipLocksAsync(reader);
        var (ended, awaited) = await ReadEndedAsync(reader);
        await reader.NextResultAsync();
        var ready = await ReadReadyAsync(reader);
        await reader.CloseAsync();
        if (ended != turns.Count || ready.Count != turns.Count || batch.Rows(left) != turns.Count || states.Any(s => batch.Rows(s.Place) != s.Count))
            throw new FencedException();
        CrashPoints.Pass(CrashPoints.CommitWritten);
        return (ready, awaited);
    }

    /// <summary>Writes of states, each kind of write as one statement; gives how many rows each must meet.</summary>
    private static List<(int Place, int Count)> AddStates(StatementBatch batch, IReadOnlyList<TurnEffects> turns, string owner)
    {
        List<(GrainLease Lease, StateChange Change)> all = [.. turns.SelectMany(t => t.States.Select(s => (t.Lease, s)))];
        List<(int, int)> places = [];
        Add("insert_states", [.. all.Where(s => s.Change.ExpectedVersion == 0 && s.Change.Json is not null)]);
        Add("update_states", [.. all.Where(s => s.Change.ExpectedVersion > 0 && s.Change.Json is not null)]);
        Add("delete_states", [.. all.Where(s => s.Change.ExpectedVersion > 0 && s.Change.Json is null)]);
        return places;

        void Add(string statement, List<(GrainLease Lease, StateChange Change)> states)
        {
            if (states.Count == 0)
                return;
            List<(string, object?)> parameters =
            [
                ("kinds", states.Select(s => s.Lease.Grain.Kind).ToArray()),
                ("keys", states.Select(s => s.Lease.Grain.Key).ToArray()),
                ("names", states.Select(s => s.Change.Name).ToArray()),
                ("epochs", states.Select(s => s.Lease.Epoch.Value).ToArray()),
                ("owner", owner),
            ];
            if (statement != "delete_states")
                parameters.Add(("contents", states.Select(s => s.Change.Json!).ToArray()));
            if (statement != "insert_states")
                parameters.Add(("versions", states.Select(s => s.Change.ExpectedVersion).ToArray()));
            places.Add((batch.Add(statement, [.. parameters]), states.Count));
        }
    }

    /// <summary>The grains stop running, and the next message becomes the head of each line.</summary>
    private static void AddEndOfTurns(StatementBatch batch, IReadOnlyList<GrainLease> leases, long?[] durations) =>
        batch.Add("end_turns", [.. Leases(leases), ("leases", durations)]);

    private async Task RunStagedAsync(NpgsqlConnection connection, StagedStatement statement)
    {
        var sql = catalog[statement.Name];
        if (connection.State != System.Data.ConnectionState.Open)
            throw new GrainStoreException($"The connection to {database.Place} broke within a transaction.") { IsPassing = true };
        try
        {
            await connection.ExecuteAsync(sql, statement.Parameters);
        }
        catch (Exception error) when (database.Explain(error) is null)
        {
            throw new StagedStatementException(statement.Name, error);
        }
    }

    /// <summary>The turns whose leases the locked rows confirm.</summary>
    private static async Task<HashSet<(GrainLease Lease, long Seq)>> ReadLocksAsync(NpgsqlDataReader reader)
    {
        var held = new HashSet<(GrainLease, long)>();
        while (await reader.ReadAsync())
        {
            if (reader.GetBoolean(4))
                held.Add((new(new(reader.GetString(0), reader.GetString(1)), new(reader.GetString(2)), new(reader.GetInt64(3))), reader.GetInt64(5)));
        }

        return held;
    }

    private static async Task<Dictionary<(GrainId Grain, string Name), long>> ReadVersionsAsync(NpgsqlDataReader reader)
    {
        var versions = new Dictionary<(GrainId, string), long>();
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            versions.Add((new(reader.GetString(0), reader.GetString(1)), reader.GetString(2)), reader.GetInt64(3));
        return versions;
    }

    private static async Task<(int Ended, List<string> Awaited)> ReadEndedAsync(NpgsqlDataReader reader)
    {
        var ended = 0;
        var awaited = new List<string>();
        for (; await reader.ReadAsync(); ended++)
        {
            if (reader.GetBoolean(1))
                awaited.Add(reader.GetString(0));
        }

        return (ended, awaited);
    }

    /// <summary>One entry for each turn that ended, with the priority and the wait of the message that is next in the line.</summary>
    private static async Task<List<Ready>> ReadReadyAsync(NpgsqlDataReader reader)
    {
        var ready = new List<Ready>();
        while (await reader.ReadAsync())
            ready.Add(reader.IsDBNull(0) ? new(null, default) : new((MessagePriority)reader.GetInt16(0), TimeSpan.FromMilliseconds(Math.Max(0, reader.GetInt64(1)))));
        return ready;
    }

    private void Announce(IReadOnlyList<Ready> ends)
    {
        foreach (var (priority, wait) in ends)
        {
            if (priority is not { } ready)
                continue;
            hints.OnWorkReady(ready, time.GetUtcNow() + wait);
            if (wait > TimeSpan.Zero)
                continue;
            notices.TellWork(ready, wait);
        }
    }

    private sealed record Ready(MessagePriority? Priority, TimeSpan Wait);

    /// <summary>A write met fewer rows than the locks had promised; the exception undoes the group.</summary>
    private sealed class FencedException : Exception;
}
