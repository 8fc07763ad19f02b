using Npgsql;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>Parked messages.</summary>
internal sealed partial class PostgresGrainStore
{
    public async Task<ParkedPage> ListParkedAsync(int page, int pageSize, CancellationToken cancellation)
    {
        var items = await database.RunAsync(async () =>
        {
            await using var connection = await database.Writer.OpenConnectionAsync(cancellation);
            await using var batch = new StatementBatch(connection, catalog, now: null);
            batch.Add("list_parked", ("limit", (long)pageSize), ("offset", (page - 1L) * pageSize));
            await using var reader = await batch.ReadAsync(cancellation);
            var found = new List<ParkedMessage>();
            while (await reader.ReadAsync(cancellation))
                found.Add(ReadParked(reader));
            return found;
        });
        return new(items, (await DepthAsync(cancellation)).Parked, page, pageSize);
    }

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

    private static ParkedMessage ReadParked(NpgsqlDataReader reader) => new()
    {
        MessageId = reader.GetString(0),
        Grain = new(reader.GetString(1), reader.GetString(2)),
        Method = reader.GetString(3),
        Arguments = reader.GetString(4),
        Attempts = reader.GetInt32(5),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6)),
        ParkedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(7)),
        Error = ReadFailure(reader, 8),
        Detail = reader.GetString(11),
    };
}
