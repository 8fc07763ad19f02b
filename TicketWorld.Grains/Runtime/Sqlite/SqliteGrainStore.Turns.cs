using Microsoft.Data.Sqlite;

namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>Claiming, committing and failing turns.</summary>
internal sealed partial class SqliteGrainStore
{
    public Task<ClaimResult> ClaimAsync(ClaimRequest request) => Writer.WriteAsync(session =>
    {
        var now = request.Now.ToUnixTimeMilliseconds();
        JoinDue(session, now);
        TakeOverExpired(session, request, now);
        var turns = new List<ClaimedTurn>();
        foreach (var grain in Claimable(session, request))
            turns.Add(Claim(session, grain, request));
        var nextDue = turns.Count < request.Max && session.Scalar("next_due", ("priority", (int)request.Priority), ("now", now)) is long due
            ? DateTimeOffset.FromUnixTimeMilliseconds(due)
            : (DateTimeOffset?)null;
        return new ClaimResult(turns, nextDue);
    });

    public Task<IReadOnlyList<GrainLease>> RenewAsync(IReadOnlyList<GrainLease> running, DateTimeOffset now, DateTimeOffset expiresAt) =>
        Writer.WriteAsync<IReadOnlyList<GrainLease>>(session =>
            [.. running.Where(lease => session.Execute(
                "renew_lease",
                ("kind", lease.Grain.Kind), ("key", lease.Grain.Key), ("owner", lease.Owner.Value), ("epoch", lease.Epoch.Value),
                ("expires_at", expiresAt.ToUnixTimeMilliseconds())) == 0)]);

    public Task ReleaseAsync(IReadOnlyList<GrainLease> idle) => Writer.WriteAsync(session =>
    {
        var released = 0;
        foreach (var lease in idle)
        {
            released += session.Execute(
                "release_lease",
                ("kind", lease.Grain.Kind), ("key", lease.Grain.Key), ("owner", lease.Owner.Value), ("epoch", lease.Epoch.Value));
        }

        return released;
    });

    public Task ReleaseAllAsync(SiloId silo) => Writer.WriteAsync(session => session.Execute("release_all", ("owner", silo.Value)));

    public async Task<CommitResult> CommitAsync(TurnEffects effects)
    {
        try
        {
            await Writer.WriteAsync(session => Commit(session, effects), _ => hints.OnFinished(effects.MessageId, effects.Outcome));
            return CommitResult.Committed;
        }
        catch (FencedException fence)
        {
            return fence.Result;
        }
    }

    public async Task<CommitResult> FailAsync(TurnFailure failure)
    {
        try
        {
            await Writer.WriteAsync(session => Fail(session, failure), _ =>
            {
                if (failure.RetryAt is null)
                    hints.OnFinished(failure.MessageId, new(null, failure.Error));
            });
            return CommitResult.Committed;
        }
        catch (FencedException fence)
        {
            return fence.Result;
        }
    }

    /// <summary>Delayed messages whose time has come join the end of their lines, the longest due first.</summary>
    private void JoinDue(SqliteSession session, long now)
    {
        var due = new List<(long Seq, GrainId Grain, int Priority, long Due)>();
        using (var reader = session.Query("due_delayed", ("now", now)))
        {
            while (reader.Read())
                due.Add((reader.GetInt64(0), new(reader.GetString(1), reader.GetString(2)), reader.GetInt32(3), reader.GetInt64(4)));
        }

        foreach (var (seq, grain, priority, at) in due)
        {
            var joined = ++_lastSeq;
            session.Execute("join_line", ("new_seq", joined), ("seq", seq));
            OfferHead(session, grain, joined, priority, at);
        }
    }

    private static void TakeOverExpired(SqliteSession session, ClaimRequest request, long now)
    {
        foreach (var grain in ReadGrains(session.Query("expired_grains", ("now", now), ("silo", request.Silo.Value), ("lease", (long)(request.ExpiresAt - request.Now).TotalMilliseconds))))
        {
            session.Execute("take_over_message", ("kind", grain.Kind), ("key", grain.Key));
            session.Execute("take_over_grain", ("kind", grain.Kind), ("key", grain.Key));
        }
    }

    private static List<GrainId> Claimable(SqliteSession session, ClaimRequest request) => ReadGrains(session.Query(
        "claimable_grains",
        ("priority", (int)request.Priority), ("now", request.Now.ToUnixTimeMilliseconds()), ("silo", request.Silo.Value), ("max", request.Max)));

    private static List<GrainId> ReadGrains(SqliteDataReader reader)
    {
        using (reader)
        {
            var grains = new List<GrainId>();
            while (reader.Read())
                grains.Add(new(reader.GetString(0), reader.GetString(1)));
            return grains;
        }
    }

    private static ClaimedTurn Claim(SqliteSession session, GrainId grain, ClaimRequest request)
    {
        long epoch, seq;
        using (var claimed = session.Query(
            "claim_grain",
            ("silo", request.Silo.Value), ("expires_at", request.ExpiresAt.ToUnixTimeMilliseconds()), ("kind", grain.Kind), ("key", grain.Key)))
        {
            claimed.Read();
            epoch = claimed.GetInt64(0);
            seq = claimed.GetInt64(1);
        }

        using var message = session.Query("claim_message", ("epoch", epoch), ("seq", seq));
        message.Read();
        return new ClaimedTurn
        {
            Lease = new(grain, request.Silo, new(epoch)),
            Seq = seq,
            MessageId = message.GetString(0),
            Method = message.GetString(1),
            Arguments = message.GetString(2),
            Priority = request.Priority,
            FailedAttempts = message.GetInt32(3),
            Interruptions = message.GetInt32(4),
            ReplyTo = message.IsDBNull(5)
                ? null
                : new(new(message.GetString(5), message.GetString(6)), message.GetString(7), message.IsDBNull(8) ? null : message.GetString(8)),
            TraceParent = message.IsDBNull(9) ? null : message.GetString(9),
        };
    }

    private bool Commit(SqliteSession session, TurnEffects effects)
    {
        var lease = effects.Lease;
        var now = effects.Now.ToUnixTimeMilliseconds();
        var failure = effects.Outcome.Failure;
        Fence(CommitResult.LeaseLost, session.Execute(
            "end_message",
            ("now", now), ("result", effects.Outcome.Result),
            ("error_type", failure?.Type), ("error_message", failure?.Message), ("error_code", failure?.Code),
            ("seq", effects.Seq), ("epoch", lease.Epoch.Value), ("kind", lease.Grain.Kind), ("key", lease.Grain.Key), ("owner", lease.Owner.Value)));
        foreach (var state in effects.States)
            Fence(CommitResult.VersionConflict, Write(session, lease, state));
        foreach (var statement in effects.Statements)
            Run(session, statement);
        foreach (var message in effects.Messages)
            Insert(session, message);
        EndTurn(session, lease, effects.ExpiresAt.ToUnixTimeMilliseconds());
        return true;
    }

    private bool Fail(SqliteSession session, TurnFailure failure)
    {
        var lease = failure.Lease;
        var park = failure.RetryAt is null;
        Fence(CommitResult.LeaseLost, session.Execute(
            park ? "park_message" : "retry_message",
            (park ? "now" : "due_at", (failure.RetryAt ?? failure.Now).ToUnixTimeMilliseconds()),
            ("counted", failure.CountsAsAttempt ? 1 : 0),
            ("error_type", failure.Error.Type), ("error_message", failure.Error.Message),
            ("error_code", failure.Error.Code), ("error_detail", failure.Detail),
            ("seq", failure.Seq), ("epoch", lease.Epoch.Value), ("kind", lease.Grain.Kind), ("key", lease.Grain.Key), ("owner", lease.Owner.Value)));
        if (failure.Reply is { } reply)
            Insert(session, reply);
        EndTurn(session, lease, expiresAt: null);
        return true;
    }

    private static int Write(SqliteSession session, GrainLease lease, StateChange change)
    {
        var (kind, key) = lease.Grain;
        if (change.Json is null)
        {
            return session.Execute(
                "delete_state",
                ("kind", kind), ("key", key), ("name", change.Name), ("version", change.ExpectedVersion),
                ("owner", lease.Owner.Value), ("epoch", lease.Epoch.Value));
        }

        return change.ExpectedVersion == 0
            ? session.Execute(
                "insert_state",
                ("kind", kind), ("key", key), ("name", change.Name), ("content", change.Json),
                ("owner", lease.Owner.Value), ("epoch", lease.Epoch.Value))
            : session.Execute(
                "update_state",
                ("kind", kind), ("key", key), ("name", change.Name), ("content", change.Json), ("version", change.ExpectedVersion),
                ("owner", lease.Owner.Value), ("epoch", lease.Epoch.Value));
    }

    private static void Run(SqliteSession session, StagedStatement statement)
    {
        try
        {
            session.Execute(statement.Name, statement.Parameters);
        }
        catch (Exception error) when (error is not SqliteException { SqliteErrorCode: 7 or 9 or 10 or 13 })
        {
            throw new StagedStatementException(statement.Name, error);
        }
    }

    /// <summary>The grain stops running, and the next message becomes the head of its line.</summary>
    private void EndTurn(SqliteSession session, GrainLease lease, long? expiresAt)
    {
        var (kind, key) = lease.Grain;
        (long Seq, MessagePriority Priority, long Due)? head = null;
        using (var line = session.Query("head_of_line", ("kind", kind), ("key", key)))
        {
            if (line.Read())
                head = (line.GetInt64(0), (MessagePriority)line.GetInt32(1), line.GetInt64(2));
        }

        Fence(CommitResult.LeaseLost, session.Execute(
            "end_turn",
            ("expires_at", expiresAt), ("seq", head?.Seq), ("priority", (int?)head?.Priority), ("due_at", head?.Due),
            ("kind", kind), ("key", key), ("owner", lease.Owner.Value), ("epoch", lease.Epoch.Value)));
        if (head is { } next)
            _work.Add(next.Priority, DateTimeOffset.FromUnixTimeMilliseconds(next.Due));
    }

    /// <summary>A write that met no row was refused by its condition; the exception undoes the whole step.</summary>
    private static void Fence(CommitResult refusal, int rows)
    {
        if (rows == 0)
            throw new FencedException(refusal);
    }

    private sealed class FencedException(CommitResult result) : Exception($"The commit was refused: {result}.")
    {
        public CommitResult Result => result;
    }
}
