namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>Parked messages.</summary>
internal sealed partial class PostgresGrainStore
{
    public async Task<bool> ReplayAsync(string messageId, DateTimeOffset now)
    {
        var replayed = await InTransactionAsync<MessagePriority?>(async connection =>
        {
            (GrainId Grain, MessagePriority Priority) found;
            await using (var find = new StatementBatch(connection, catalog, At(now)))
            {
                find.Add("find_parked", ("id", messageId));
                await using var reader = await find.ReadAsync();
                if (!await reader.ReadAsync())
                    return null;
                found = (new(reader.GetString(0), reader.GetString(1)), (MessagePriority)reader.GetInt16(2));
            }

            await using var replay = new StatementBatch(connection, catalog, At(now));
            AddLocks(replay, [found.Grain]);
            var place = replay.Add("replay_message", ("id", messageId));
            AddOffers(replay, [found.Grain]);
            await replay.ExecuteAsync();
            return replay.Rows(place) == 1 ? found.Priority : null;
        });
        if (replayed is not { } priority)
            return false;
        hints.OnWorkReady(priority, now);
        notices.TellWork(priority, TimeSpan.Zero);
        return true;
    }

    public async Task<bool> DiscardAsync(string messageId, string reason, DateTimeOffset now) =>
        await RunAsync(now, "discard_message", ("reason", reason), ("id", messageId)) == 1;
}
