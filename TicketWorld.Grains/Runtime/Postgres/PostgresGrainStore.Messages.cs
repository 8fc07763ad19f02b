using Npgsql;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>Messages on their way into their lines.</summary>
internal sealed partial class PostgresGrainStore
{
    private async Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewMessage> messages)
    {
        // One statement adds a group, and adds an identity once: who brings one again waits for the next group.
        var results = new EnqueueResult[messages.Count];
        var rest = Enumerable.Range(0, messages.Count).ToList();
        while (rest.Count > 0)
        {
            var group = rest.DistinctBy(i => messages[i].Id).ToList();
            var answers = await EnqueueGroupAsync([.. group.Select(i => messages[i])]);
            for (var i = 0; i < group.Count; i++)
                results[group[i]] = answers[i];
            rest = [.. rest.Except(group)];
        }

        return results;
    }

    private async Task<EnqueueResult[]> EnqueueGroupAsync(IReadOnlyList<NewMessage> messages)
    {
        CrashPoints.Pass(CrashPoints.EnqueueBegun);
        var results = await database.RunAsync(async () =>
        {
            await using var connection = await database.Writer.OpenConnectionAsync();
            await using var batch = new StatementBatch(connection, catalog, At(messages[0].CreatedAt));
            AddGrains(batch, [.. messages.Select(m => m.Target)]);
            AddLocks(batch, [.. messages.Select(m => m.Target)]);
            AddMessages(batch, messages);
            AddOffers(batch, [.. messages.Select(m => m.Target)]);
            batch.Add("same_message", ("ids", messages.Select(m => m.Id).ToArray()));
            await using var reader = await batch.ReadAsync();
            await SkipLocksAsync(reader);
            var accepted = await ReadAcceptedAsync(reader);
            await reader.NextResultAsync();
            var known = await ReadKnownAsync(reader);
            return messages.Select(m => accepted.Contains(m.Id)
                ? EnqueueResult.Accepted
                : known[m.Id] == (m.Target, m.Method, m.Arguments) ? EnqueueResult.Duplicate : EnqueueResult.Conflict).ToArray();
        });
        CrashPoints.Pass(CrashPoints.EnqueueWritten);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] == EnqueueResult.Accepted)
                Announce(messages[i]);
        }

        return results;
    }

    private void Announce(NewMessage message)
    {
        hints.OnWorkReady(message.Priority, message.DueAt);
        notices.TellWork(message.Priority, message.DueAt - message.CreatedAt);
    }

    /// <summary>Adds those grains that are new, in the order of their names.</summary>
    private static void AddGrains(StatementBatch batch, IReadOnlyCollection<GrainId> grains)
    {
        var (kinds, keys) = Names(grains);
        batch.Add("add_grains", ("kinds", kinds), ("keys", keys));
    }

    /// <summary>Locks the grains in the order of their names.</summary>
    private static void AddLocks(StatementBatch batch, IReadOnlyCollection<GrainId> grains)
    {
        var (kinds, keys) = Names(grains);
        batch.Add("lock_grains", ("kinds", kinds), ("keys", keys));
    }

    /// <summary>Makes the first message of a line its head where there is none.</summary>
    private static void AddOffers(StatementBatch batch, IReadOnlyCollection<GrainId> grains)
    {
        var (kinds, keys) = Names(grains);
        batch.Add("offer_heads", ("kinds", kinds), ("keys", keys));
    }

    private static int AddMessages(StatementBatch batch, IReadOnlyList<NewMessage> messages) => batch.Add(
        "insert_messages",
        ("ids", messages.Select(m => m.Id).ToArray()),
        ("kinds", messages.Select(m => m.Target.Kind).ToArray()),
        ("keys", messages.Select(m => m.Target.Key).ToArray()),
        ("methods", messages.Select(m => m.Method).ToArray()),
        ("arguments", messages.Select(m => m.Arguments).ToArray()),
        ("priorities", messages.Select(m => (short)m.Priority).ToArray()),
        ("awaited", messages.Select(m => m.Awaited).ToArray()),
        ("delays", messages.Select(m => Math.Max(0, Milliseconds(m.DueAt - m.CreatedAt))).ToArray()),
        ("reply_kinds", messages.Select(m => m.ReplyTo?.Grain.Kind).ToArray()),
        ("reply_keys", messages.Select(m => m.ReplyTo?.Grain.Key).ToArray()),
        ("reply_methods", messages.Select(m => m.ReplyTo?.Method).ToArray()),
        ("reply_tags", messages.Select(m => m.ReplyTo?.Tag).ToArray()),
        ("trace_parents", messages.Select(m => m.TraceParent).ToArray()));

    private static (string[] Kinds, string[] Keys) Names(IReadOnlyCollection<GrainId> grains)
    {
        var distinct = grains.Distinct().ToArray();
        return ([.. distinct.Select(g => g.Kind)], [.. distinct.Select(g => g.Key)]);
    }

    private static async Task SkipLocksAsync(NpgsqlDataReader reader)
    {
        // Only statements that return rows have a result of their own.
        while (await reader.ReadAsync())
            continue;
        await reader.NextResultAsync();
    }

    private static async Task<HashSet<string>> ReadAcceptedAsync(NpgsqlDataReader reader)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            ids.Add(reader.GetString(0));
        return ids;
    }

    private static async Task<Dictionary<string, (GrainId Target, string Method, string Arguments)>> ReadKnownAsync(NpgsqlDataReader reader)
    {
        var known = new Dictionary<string, (GrainId, string, string)>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            known.Add(reader.GetString(0), (new(reader.GetString(1), reader.GetString(2)), reader.GetString(3), reader.GetString(4)));
        return known;
    }
}
