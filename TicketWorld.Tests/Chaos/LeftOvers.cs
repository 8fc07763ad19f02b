using System.Globalization;
using Npgsql;

namespace TicketWorld.Tests.Chaos;

/// <summary>What the database holds when everything has ended, read without the runtime.</summary>
internal sealed class LeftOvers(Func<Task<NpgsqlConnection>> connect, Tally tally)
{
    /// <summary>Messages that have not ended, or are parked.</summary>
    public Task<long> WaitingAsync() => CountAsync("SELECT (SELECT count(*) FROM line) + (SELECT count(*) FROM parked)");

    /// <summary>Checks that no message and no lease is left over, once all silos have stopped; gives the number of messages that ended.</summary>
    public async Task<long> CheckAsync()
    {
        await NoneAsync("messages wait in a line", "SELECT count(*) FROM line");
        await NoneAsync("messages have not ended and are in no line", "SELECT count(*) FROM messages WHERE ended_at IS NULL");
        await NoneAsync("messages are parked", "SELECT count(*) FROM parked");
        await NoneAsync("grains run", "SELECT count(*) FROM grains WHERE running");
        await NoneAsync("grains have a head and no line", "SELECT count(*) FROM grains WHERE head_seq IS NOT NULL");
        await NoneAsync("leases are held", "SELECT count(*) FROM grains WHERE expires_at > clock_ms(NULL)");
        return await CountAsync("SELECT count(*) FROM messages");
    }

    /// <summary>Rows of ledger entries: of how many, how many are missing and how many are there again.</summary>
    public async Task<(long Rows, int Lost, int Doubled)> CheckEntriesAsync(IReadOnlyCollection<string> accepted)
    {
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var connection = await connect();
        await using var command = new NpgsqlCommand("SELECT entry, count(*) FROM entries GROUP BY entry", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0), reader.GetInt64(1));
        foreach (var (entry, count) in rows.Where(row => row.Value > 1))
            tally.Violation($"{entry} has {count} rows");
        foreach (var entry in accepted.Where(entry => !rows.ContainsKey(entry)))
            tally.Violation($"{entry} was accepted and has no row");
        return (rows.Values.Sum(), accepted.Count(entry => !rows.ContainsKey(entry)), (int)rows.Values.Sum(count => count - 1));
    }

    /// <summary>How many pieces of lost turns there are.</summary>
    public Task<long> LostPiecesAsync() => CountAsync(
        "SELECT count(*) FROM pieces p WHERE NOT EXISTS (SELECT 1 FROM kept_chunks k WHERE k.batch = p.batch AND k.chunk = p.chunk AND k.epoch = p.epoch)");

    /// <summary>Makes the writing of every chunk as old as the sweep of a start asks for.</summary>
    public Task AgeChunksAsync() => CountAsync("WITH aged AS (UPDATE written_chunks SET written_at = 0 RETURNING 1) SELECT count(*) FROM aged");

    /// <summary>Checks that a sweep has left what counts, and nothing else.</summary>
    public async Task CheckSweptAsync()
    {
        await NoneAsync("pieces of lost turns are left after the sweep", "SELECT count(*) FROM pieces p WHERE NOT EXISTS (SELECT 1 FROM kept_chunks k WHERE k.batch = p.batch AND k.chunk = p.chunk AND k.epoch = p.epoch)");
        await NoneAsync(
            "chunks that count are not whole",
            "SELECT count(*) FROM kept_chunks k WHERE k.bytes <> (SELECT coalesce(sum(length(p.content)), 0) FROM pieces p WHERE p.batch = k.batch AND p.chunk = k.chunk AND p.epoch = k.epoch)");
    }

    /// <summary>The settings that durability rests on, as the server has them.</summary>
    public async Task<string> SettingsAsync()
    {
        string[] names = ["server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "wal_level"];
        await using var connection = await connect();
        var settings = new List<string>();
        foreach (var name in names)
        {
            await using var show = new NpgsqlCommand("SHOW " + name, connection);
            settings.Add($"{name}={await show.ExecuteScalarAsync()}");
        }

        foreach (var needed in (string[])["fsync=on", "synchronous_commit=on", "full_page_writes=on"])
        {
            if (!settings.Contains(needed))
                tally.Violation($"the server does not run with {needed}");
        }

        return string.Join(' ', settings);
    }

    private async Task NoneAsync(string what, string count)
    {
        if (await CountAsync(count) is not 0 and var found)
            tally.Violation(string.Create(CultureInfo.InvariantCulture, $"{found} {what}"));
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = await connect();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
