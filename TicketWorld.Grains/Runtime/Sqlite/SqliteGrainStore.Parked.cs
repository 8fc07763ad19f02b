namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>Parked messages.</summary>
internal sealed partial class SqliteGrainStore
{
    public async Task<ParkedPage> ListParkedAsync(int page, int pageSize, CancellationToken cancellation)
    {
        await using var connection = files.Grains.OpenReader();
        using var command = connection.CreateCommand();
        command.CommandText = catalog["list_parked"];
        command.Parameters.AddWithValue("@limit", pageSize);
        command.Parameters.AddWithValue("@offset", (page - 1L) * pageSize);
        var items = new List<ParkedMessage>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                items.Add(new ParkedMessage
                {
                    MessageId = reader.GetString(0),
                    Grain = new(reader.GetString(1), reader.GetString(2)),
                    Method = reader.GetString(3),
                    Arguments = reader.GetString(4),
                    Attempts = reader.GetInt32(5),
                    CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6)),
                    ParkedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(7)),
                    Error = ReadFailure(reader, 8),
                    Detail = reader.IsDBNull(11) ? "" : reader.GetString(11),
                });
            }
        }

        return new(items, (await DepthAsync(cancellation)).Parked, page, pageSize);
    }

    public Task<bool> ReplayAsync(string messageId, DateTimeOffset now)
    {
        var ready = MessagePriority.Normal;
        return Writer.WriteAsync(
            session =>
            {
                var seq = ++_lastSeq;
                GrainId grain;
                int priority;
                using (var replayed = session.Query("replay_message", ("new_seq", seq), ("now", now.ToUnixTimeMilliseconds()), ("id", messageId)))
                {
                    if (!replayed.Read())
                        return false;
                    grain = new(replayed.GetString(0), replayed.GetString(1));
                    priority = replayed.GetInt32(2);
                }

                OfferHead(session, grain, seq, priority, now.ToUnixTimeMilliseconds());
                ready = (MessagePriority)priority;
                return true;
            },
            replayed =>
            {
                if (replayed)
                    hints.OnWorkReady(ready, now);
            });
    }

    public Task<bool> DiscardAsync(string messageId, string reason, DateTimeOffset now) => Writer.WriteAsync(session =>
        session.Execute("discard_message", ("now", now.ToUnixTimeMilliseconds()), ("reason", reason), ("id", messageId)) == 1);
}
