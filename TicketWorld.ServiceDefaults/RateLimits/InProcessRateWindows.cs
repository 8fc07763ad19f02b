using System.Collections.Concurrent;

namespace TicketWorld.ServiceDefaults.RateLimits;

/// <summary>The windows of one process.</summary>
internal sealed class InProcessRateWindows(TimeProvider time) : IRateWindows
{
    /// <summary>So many windows are kept before those that count nothing any more are looked for.</summary>
    private const int Many = 1024;

    private readonly ConcurrentDictionary<(RateLimit Limit, string Caller), Window> _windows = new();
    private readonly long _start = time.GetTimestamp();
    private long _sweptAt = time.GetTimestamp();

    internal int Count => _windows.Count;

    public ValueTask<RateDecision> TakeAsync(RateLimit limit, string caller, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Of(limit, caller).Take(limit, Now, force: false));

    /// <summary>Counts a call that was allowed elsewhere, so that this process knows of it when it has to decide alone.</summary>
    public void Add(RateLimit limit, string caller) => Of(limit, caller).Take(limit, Now, force: true);

    /// <summary>Milliseconds of a clock that never goes back.</summary>
    private long Now => time.GetElapsedTime(_start).Ticks / TimeSpan.TicksPerMillisecond;

    private Window Of(RateLimit limit, string caller)
    {
        if (_windows.Count > Many)
            Sweep(limit.Window);
        return _windows.GetOrAdd((limit, caller), static _ => new Window());
    }

    private void Sweep(TimeSpan interval)
    {
        var before = Interlocked.Read(ref _sweptAt);
        if (time.GetElapsedTime(before) < interval || Interlocked.CompareExchange(ref _sweptAt, time.GetTimestamp(), before) != before)
            return;
        foreach (var (key, window) in _windows)
        {
            // A caller who comes back at this very moment begins with an empty window, which is what was swept.
            if (window.IsEmpty(key.Limit, Now))
                _windows.TryRemove(new(key, window));
        }
    }

    private sealed class Window
    {
        private readonly Lock _gate = new();
        private readonly int[] _counts = new int[RateLimit.Slots + 1];
        private long _last;

        public RateDecision Take(RateLimit limit, long now, bool force)
        {
            lock (_gate)
            {
                var slot = Advance(limit, now);
                var sum = _counts.Sum();
                var allowed = force || sum < limit.Calls;
                if (allowed)
                {
                    _counts[slot % _counts.Length]++;
                    sum++;
                }

                var oldest = Enumerable.Range(0, _counts.Length).Select(back => slot - RateLimit.Slots + back).First(s => s >= 0 && _counts[s % _counts.Length] > 0);
                var free = (oldest + _counts.Length) * limit.SlotMilliseconds - now;
                return new(allowed, Math.Max(0, limit.Calls - sum), TimeSpan.FromMilliseconds(free));
            }
        }

        public bool IsEmpty(RateLimit limit, long now)
        {
            lock (_gate)
            {
                Advance(limit, now);
                return _counts.All(count => count == 0);
            }
        }

        private long Advance(RateLimit limit, long now)
        {
            var slot = now / limit.SlotMilliseconds;
            for (var gone = Math.Max(_last + 1, slot - RateLimit.Slots); gone <= slot; gone++)
                _counts[gone % _counts.Length] = 0;
            _last = Math.Max(_last, slot);
            return _last;
        }
    }
}
