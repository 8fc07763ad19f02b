using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using TicketWorld.Grains;
using TicketWorld.Tests.Grains.Crashes;

namespace TicketWorld.Tests.Chaos;

/// <summary>Entries into ledgers, some of which fail at first, fail until they are repaired and replayed, or are passed on later.</summary>
internal sealed class LedgerLoad(GrainLink link, Pace pace, Tally tally, Func<Task<NpgsqlConnection>> connect)
{
    private const int Senders = 16;
    private const int Ledgers = 24;
    private const int TroubledLedgers = 4;

    /// <summary>Which of a sender's entries have a trouble: every so manieth, all of them even.</summary>
    private const int EveryFirstAttempt = 10;
    private const int EveryUntilRepaired = 40;
    private const int EveryDelayed = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private readonly ConcurrentDictionary<string, byte> _accepted = new();
    private readonly ConcurrentDictionary<string, byte> _unrepaired = new();
    private readonly ConcurrentDictionary<string, byte> _foreign = new();
    private int _replayed;

    public IReadOnlyCollection<string> Accepted => [.. _accepted.Keys];

    public int Replayed => _replayed;

    /// <summary>How many messages are parked that should not be.</summary>
    public int Foreign => _foreign.Count;

    public static IEnumerable<string> LedgerNames =>
        Enumerable.Range(0, Ledgers).Select(i => $"ledger-{i}").Concat(Enumerable.Range(0, TroubledLedgers).Select(i => $"troubled-{i}"));

    /// <summary>Makes the tables that the entries are written to.</summary>
    public async Task PrepareAsync()
    {
        await using var connection = await connect();
        await using var command = new NpgsqlCommand("CREATE TABLE entries (entry text NOT NULL); CREATE TABLE repairs (entry text NOT NULL)", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Sends until told to stop, and then until all that was sent is accepted.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(sender, stop)));

    /// <summary>Repairs and replays what is parked, until told to stop. Nothing else may be parked.</summary>
    public async Task RepairAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RepairOnceAsync();
            }
            catch (Exception error) when (error is GrainStoreException or NpgsqlException or TimeoutException)
            {
                // The database is away.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), CancellationToken.None);
        }
    }

    private async Task RepairOnceAsync()
    {
        foreach (var parked in (await link.Parked.ListAsync(1, 500)).Items)
        {
            if (!_unrepaired.ContainsKey(parked.MessageId))
            {
                if (_foreign.TryAdd(parked.MessageId, 0))
                    tally.Violation($"{parked.Grain} parked {parked.Method} ({parked.MessageId}) after {parked.Attempts} attempts: {parked.Detail.ReplaceLineEndings(" ")}");
                continue;
            }

            await using (var connection = await connect())
            {
                await using var repair = new NpgsqlCommand("INSERT INTO repairs (entry) VALUES ($1)", connection);
                repair.Parameters.Add(new() { Value = parked.MessageId });
                await repair.ExecuteNonQueryAsync();
            }

            if (await link.Parked.ReplayAsync(parked.MessageId))
                Interlocked.Increment(ref _replayed);
        }
    }

    private async Task SendAsync(int sender, CancellationToken stop)
    {
        for (var i = 1; !stop.IsCancellationRequested; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"entry-{sender}-{i}");
            var trouble = TroubleOf(i);
            var ledger = trouble is EntryTrouble.FirstAttempt or EntryTrouble.UntilRepaired
                ? $"troubled-{(i + sender) % TroubledLedgers}"
                : $"ledger-{((i * Senders) + sender) % Ledgers}";

            // Every other entry is awaited to its end, so that no more gather than the silos take.
            var oneWay = i % 2 == 0;
            if (trouble == EntryTrouble.UntilRepaired)
                _unrepaired.TryAdd(id, 0);
            await link.CallAsync(
                id,
                async () =>
                {
                    await link.Grains.GetGrain<ILedgerGrain>(ledger, new() { MessageId = id, OneWay = oneWay }).Enter(trouble);
                    _accepted.TryAdd(id, 0);
                },
                CancellationToken.None);
            await Task.Delay(Pause * pace.Factor, CancellationToken.None);
        }
    }

    private static EntryTrouble TroubleOf(int i) =>
        i % EveryUntilRepaired == 0 ? EntryTrouble.UntilRepaired :
        i % EveryFirstAttempt == 0 ? EntryTrouble.FirstAttempt :
        i % EveryDelayed == 0 ? EntryTrouble.Delayed : EntryTrouble.None;
}
