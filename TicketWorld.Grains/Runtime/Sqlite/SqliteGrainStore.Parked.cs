namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>Parked messages.</summary>
internal sealed partial class SqliteGrainStore
{
    public Task<bool> ReplayAsync(string messageId, DateTimeOffset now) => Writer.WriteAsync(session =>
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
        _work.Add((MessagePriority)priority, now);
        return true;
    });

    public Task<bool> DiscardAsync(string messageId, string reason, DateTimeOffset now) => Writer.WriteAsync(session =>
        session.Execute("discard_message", ("now", now.ToUnixTimeMilliseconds()), ("reason", reason), ("id", messageId)) == 1);
}
