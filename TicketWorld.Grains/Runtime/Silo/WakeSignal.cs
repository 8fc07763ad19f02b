namespace TicketWorld.Grains.Runtime;

/// <summary>Lets one waiter sleep until something happens or is due. A wake-up that comes while nobody waits is kept; one that comes after the end is dropped.</summary>
internal sealed class WakeSignal : IDisposable
{
    /// <summary>Timers take no more than some weeks; a wake-up in between does no harm.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _gate = new();
    private bool _disposed;
    private DateTimeOffset _timerAt = DateTimeOffset.MaxValue;

    public WakeSignal(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes now, or when the time has come.</summary>
    public void WakeAt(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            var now = _time.GetUtcNow();
            if (at <= now)
            {
                Release();
            }
            else if (at < _timerAt)
            {
                _timerAt = at;

                // Timers count whole milliseconds; one more keeps the wake-up from coming before the time.
                var wait = at - now + TimeSpan.FromMilliseconds(1);
                _timer.Change(wait < LongestTimer ? wait : LongestTimer, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Waits for a wake-up, at most for the given time; returns at once when stopped.</summary>
    public async Task WaitAsync(DateTimeOffset? due, TimeSpan longest, CancellationToken stop)
    {
        var latest = _time.GetUtcNow() + longest;
        WakeAt(due < latest ? due.Value : latest);
        try
        {
            await _wake.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // The one who waits looks at the token itself.
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer.Dispose();
            _wake.Dispose();
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _timerAt = DateTimeOffset.MaxValue;
            Release();
        }
    }

    private void Release()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }
}
