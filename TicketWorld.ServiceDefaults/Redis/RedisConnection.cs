using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TicketWorld.ServiceDefaults.Redis;

/// <summary>How long a call waits for its answer.</summary>
internal sealed record RedisTimeLimit(TimeSpan Call);

/// <summary>
/// The one connection of this process to Redis. Redis is a help and never the truth, so nothing here throws because of it and nothing waits long:
/// a call that has no answer within its time limit counts as unanswered, and from then on no call is made at all until a ping, sent every
/// <see cref="Interval"/>, is answered again. So a dead or frozen Redis costs the calls that were under way one limit, and later ones nothing.
/// </summary>
/// <remarks>The client reconnects by itself. Should it not manage within <see cref="Patience"/>, it is replaced by a new one.</remarks>
internal sealed class RedisConnection(RedisAddress address, RedisTimeLimit limit, TimeProvider time, ILogger<RedisConnection> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long the start waits for Redis; a host does not start slower for one that is away.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ConnectionMultiplexer? _client;
    private volatile string? _fault = "has not answered yet";

    /// <summary>Called with each client before its first use, connected or not; for subscriptions, which the client makes whenever it connects.</summary>
    public Action<ConnectionMultiplexer> Connected { get; set; } = _ => { };

    /// <summary>Host and port, for people.</summary>
    public string Place => address.Place;

    /// <summary>Why Redis is not used at the moment; null while it is.</summary>
    public string? Fault => _fault;

    /// <summary>Asks Redis.</summary>
    /// <param name="call">Only starts the call.</param>
    /// <param name="otherwise">The answer when Redis has none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<T> AskAsync<T>(Func<IDatabase, Task<T>> call, T otherwise, CancellationToken cancellationToken = default)
    {
        if (_fault is not null || _client is not { } client)
            return otherwise;
        try
        {
            return await AnswerAsync(call(client.GetDatabase()), cancellationToken);
        }
        catch (RedisServerException refusal)
        {
            // Redis answers and refuses this call: the others are not to suffer for it.
            log.LogDebug("Redis refused a call: {Reason}", refusal.GetType().Name);
            return otherwise;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Tell(Reason(error));
            return otherwise;
        }
    }

    /// <summary>Sends a message on a channel and does not wait.</summary>
    public void Publish(RedisChannel channel, string text)
    {
        if (_fault is not null || _client is not { } client)
            return;
        try
        {
            client.GetDatabase().Publish(channel, text, CommandFlags.FireAndForget);
        }
        catch (Exception error) when (error is RedisException or ObjectDisposedException)
        {
            Tell(Reason(error));
        }
    }

    /// <summary>Begins to connect, and waits a moment for the first answer.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await Task.WhenAny(_tried.Task, Task.Delay(StartLimit, time, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var answered = time.GetTimestamp();
        try
        {
            do
            {
                if (_client is null || time.GetElapsedTime(answered) >= Patience)
                {
                    await ReplaceAsync();
                    answered = time.GetTimestamp();
                }

                var fault = await PingAsync(stoppingToken);
                if (fault is null)
                    answered = time.GetTimestamp();
                Tell(fault);
                _tried.TrySetResult();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
        finally
        {
            Interlocked.Exchange(ref _client, null)?.Dispose();
        }
    }

    private async Task ReplaceAsync()
    {
        ConnectionMultiplexer? client = null;
        try
        {
            client = await ConnectionMultiplexer.ConnectAsync(address.Options.Clone());
            Connected(client);
            Interlocked.Exchange(ref _client, client)?.Dispose();
        }
        catch (Exception error)
        {
            // Whatever the client throws, the next attempt is the remedy; it must not end the host.
            client?.Dispose();
            Tell(Reason(error));
        }
    }

    private async Task<string?> PingAsync(CancellationToken cancellationToken)
    {
        if (_client is not { } client)
            return _fault ?? "cannot be reached";
        try
        {
            await AnswerAsync(client.GetDatabase().PingAsync(), cancellationToken);
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return Reason(error);
        }
    }

    /// <summary>The answer within the limit. One that comes later is still looked at, so that its error counts as seen.</summary>
    private async Task<T> AnswerAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.WaitAsync(limit.Call, time, cancellationToken);
        }
        catch (Exception) when (!call.IsCompleted)
        {
            _ = call.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    private void Tell(string? fault)
    {
        var before = Interlocked.Exchange(ref _fault, fault);
        if (fault is null && before is not null)
            log.LogInformation("Redis at {Place} answers", Place);
        else if (fault is not null && before is null)
            log.LogWarning("Redis at {Place} {Reason}; this process goes on without it and looks for it every second", Place, fault);
    }

    /// <summary>In words of our own: the client's may hold what it was configured with.</summary>
    private static string Reason(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure })
                return "refuses the password";
        }
        return error switch
        {
            TimeoutException => "does not answer in time",
            RedisServerException => "refuses to work",
            _ => "cannot be reached",
        };
    }
}
