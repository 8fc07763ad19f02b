using StackExchange.Redis;
using TicketWorld.ServiceDefaults.RateLimits;

namespace TicketWorld.ServiceDefaults.Redis;

/// <summary>
/// Windows that all processes share, one hash a caller, its fields slots and their counts. One round trip decides; the time is Redis', so that clocks
/// of processes do not matter. While Redis is away each process counts for itself, from what it has itself allowed before.
/// </summary>
internal sealed class RedisRateWindows(RedisConnection redis, RedisNames names, InProcessRateWindows own) : IRateWindows
{
    /// <summary>
    /// KEYS[1]; ARGV: calls allowed, milliseconds of a slot, slots of a window. Gives allowed (1 or 0), calls left, milliseconds until the oldest slot
    /// is out of the window. Whatever else stands under the key, or lies outside the window, gives way.
    /// </summary>
    private const string Script =
        """
        local allowed, length, slots = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local clock = redis.call('TIME')
        local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
        local slot = math.floor(now / length)
        local found = redis.pcall('HGETALL', KEYS[1])
        if found.err then
          redis.call('DEL', KEYS[1])
          found = {}
        end
        local sum, oldest = 0, slot
        for i = 1, #found, 2 do
          local at, count = tonumber(found[i]), tonumber(found[i + 1])
          if at and count and at >= slot - slots and at <= slot then
            sum = sum + count
            if at < oldest then oldest = at end
          else
            redis.call('HDEL', KEYS[1], found[i])
          end
        end
        local free = (oldest + slots + 1) * length - now
        if sum >= allowed then
          return {0, 0, free}
        end
        redis.call('HINCRBY', KEYS[1], string.format('%d', slot), 1)
        redis.call('PEXPIRE', KEYS[1], (slots + 1) * length)
        return {1, allowed - sum - 1, free}
        """;

    public async ValueTask<RateDecision> TakeAsync(RateLimit limit, string caller, CancellationToken cancellationToken = default)
    {
        RedisKey[] keys = [names.Of("rate", $"v1:{limit.Name}:{(int)limit.Window.TotalSeconds}:{caller}")];
        RedisValue[] values = [limit.Calls, limit.SlotMilliseconds, RateLimit.Slots];
        var answer = await redis.AskAsync(db => EvaluateAsync(db, keys, values), null, cancellationToken);
        if (answer is not [var allowed, var left, var free])
            return await own.TakeAsync(limit, caller, cancellationToken);
        if (allowed == 1)
            own.Add(limit, caller);
        return new(allowed == 1, (int)left, TimeSpan.FromMilliseconds(free));
    }

    private static async Task<long[]?> EvaluateAsync(IDatabase db, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return (long[]?)await db.ScriptEvaluateAsync(Script, keys, values);
        }
        catch (RedisServerException refusal) when (refusal.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // A Redis that was started again knows the script no more; the client has learned it from the refusal and sends it along this time.
            return (long[]?)await db.ScriptEvaluateAsync(Script, keys, values);
        }
    }
}
