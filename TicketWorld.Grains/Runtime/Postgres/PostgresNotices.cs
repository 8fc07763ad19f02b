using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TicketWorld.Grains.Runtime.Postgres;

/// <summary>
/// Hints between processes by LISTEN and NOTIFY. They save waiting and are never the truth: one that is lost costs a poll
/// interval. They travel beside the transactions (a NOTIFY inside would make commits wait for each other), and what
/// gathers while one is under way goes with the next.
/// </summary>
internal sealed class PostgresNotices(PostgresDatabase database, StoreHints hints, TimeProvider time, ILogger<PostgresNotices> log) : IAsyncDisposable
{
    /// <summary>The least time between two notices.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan Reconnect = TimeSpan.FromMilliseconds(500);

    /// <summary>PostgreSQL takes payloads below 8000 bytes.</summary>
    private const int LongestPayload = 7000;

    private readonly string _channel = database.Schema + "_grains";
    private readonly string _self = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _something = new(0, 1);
    private readonly bool[] _work = new bool[Enum.GetValues<MessagePriority>().Length];
    private readonly List<string> _heard = [];
    private List<string> _ended = [];
    private CancellationTokenSource? _stop;
    private Task _loops = Task.CompletedTask;

    /// <summary>Called with the messages that ended elsewhere and that somebody here waits for.</summary>
    public Func<IReadOnlyList<string>, Task> Ended { get; set; } = _ => Task.CompletedTask;

    public void Start()
    {
        _stop = new();
        _loops = Task.WhenAll(SendAsync(_stop.Token), ListenAsync(_stop.Token));
    }

    public async Task StopAsync()
    {
        if (_stop is not { } stop)
            return;
        await stop.CallOffAsync();
        await _loops;
        stop.Dispose();
        _stop = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _something.Dispose();
    }

    /// <summary>Tells other silos that a message can be claimed; one that has to wait is found by their own look-out.</summary>
    public void TellWork(MessagePriority priority, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
            return;
        lock (_gate)
        {
            _work[(int)priority] = true;
            Wake();
        }
    }

    /// <summary>Tells callers in other processes that a message has ended.</summary>
    public void TellEnd(string messageId)
    {
        if (hints.Awaits(messageId))
            return;
        lock (_gate)
        {
            _ended.Add(messageId);
            Wake();
        }
    }

    private void Wake()
    {
        if (_something.CurrentCount == 0)
            _something.Release();
    }

    private async Task SendAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await _something.WaitAsync(stop);
                foreach (var payload in TakePayloads())
                    await NotifyAsync(payload, stop);
                await Task.Delay(Pause, TimeProvider.System, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The store closes; what is left unsaid is found by polling.
        }
    }

    private async Task NotifyAsync(string payload, CancellationToken stop)
    {
        try
        {
            await using var command = database.Writer.CreateCommand("SELECT pg_notify($1, $2)");
            command.Parameters.Add(new() { Value = _channel });
            command.Parameters.Add(new() { Value = payload });
            await command.ExecuteNonQueryAsync(stop);
        }
        catch (Exception error) when (error is not OperationCanceledException && database.Explain(error) is { } fault)
        {
            log.LogDebug(error, "A notice was not sent: {Reason}", fault);
        }
    }

    /// <summary>The sender, a word and its values, separated by spaces.</summary>
    private List<string> TakePayloads()
    {
        List<string> ended;
        var payloads = new List<string>();
        lock (_gate)
        {
            (ended, _ended) = (_ended, []);
            for (var priority = 0; priority < _work.Length; priority++)
            {
                if (_work[priority])
                    payloads.Add($"{_self} work {priority}");
                _work[priority] = false;
            }
        }

        var text = new StringBuilder();
        foreach (var id in ended)
        {
            if (text.Length + id.Length > LongestPayload)
            {
                payloads.Add($"{_self} ended{text}");
                text.Clear();
            }

            text.Append(' ').Append(id);
        }

        if (text.Length > 0)
            payloads.Add($"{_self} ended{text}");
        return payloads;
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.Reader.OpenConnectionAsync(stop);
                connection.Notification += (_, notice) => Hear(notice.Payload);
                await using (var listen = new NpgsqlCommand($"LISTEN {_channel}", connection))
                    await listen.ExecuteNonQueryAsync(stop);

                // Something may have been said while nobody listened.
                foreach (var priority in Enum.GetValues<MessagePriority>())
                    hints.OnWorkReady(priority, time.GetUtcNow());
                _heard.AddRange(hints.Awaited);
                try
                {
                    while (true)
                    {
                        await AnswerAsync();
                        await connection.WaitAsync(stop);
                    }
                }
                finally
                {
                    // When the store closes, the pool goes too, and a database that does not answer must not hold that up.
                    if (!stop.IsCancellationRequested)
                        await UnlistenAsync(connection);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is GrainStoreException || database.Explain(error) is not null)
            {
                log.LogWarning("No notices from {Place} ({Reason}); work is found by polling until they come again", database.Place, error.Message);
                await Task.Delay(Reconnect, TimeProvider.System, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>The connection goes back to its pool, where nobody would take the notices.</summary>
    private async Task UnlistenAsync(NpgsqlConnection connection)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            return;
        try
        {
            await using var unlisten = new NpgsqlCommand("UNLISTEN *", connection);
            await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception error) when (database.Explain(error) is not null)
        {
            // A connection that is broken listens no more.
        }
    }

    private void Hear(string payload)
    {
        var words = payload.Split(' ');
        if (words.Length < 3 || words[0] == _self)
            return;
        if (words[1] == "work" && int.TryParse(words[2], out var priority) && Enum.IsDefined((MessagePriority)priority))
            hints.OnWorkReady((MessagePriority)priority, time.GetUtcNow());
        else if (words[1] == "ended")
            _heard.AddRange(words.Skip(2).Where(hints.Awaits));
    }

    private async Task AnswerAsync()
    {
        if (_heard.Count == 0)
            return;
        List<string> ids = [.. _heard];
        _heard.Clear();
        await Ended(ids);
    }
}
