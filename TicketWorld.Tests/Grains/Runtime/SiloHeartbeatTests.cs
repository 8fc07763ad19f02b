using Microsoft.Extensions.Logging;
using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Runtime;

public sealed class SiloHeartbeatTests
{
    [Fact]
    public async Task A_list_that_cannot_be_written_is_said_once_and_once_when_it_can()
    {
        var time = new FakeTime();
        var registry = new BrokenRegistry();
        var log = new Lines();
        using var running = new RunningTurns();
        using var heartbeat = new SiloHeartbeat(new("s"), new("silo-1"), registry, running, time, log);
        using var stop = new CancellationTokenSource();
        var beating = heartbeat.RunAsync(stop.Token);
        await BeatsAsync(registry, time, 50);
        registry.Works = true;
        await BeatsAsync(registry, time, 3);
        Assert.Equal([LogLevel.Warning, LogLevel.Information], log.Levels);
        registry.Works = false;
        await BeatsAsync(registry, time, 3);
        Assert.Equal([LogLevel.Warning, LogLevel.Information, LogLevel.Warning], log.Levels);
        await heartbeat.StopAsync();
        await heartbeat.LeaveAsync();
        await stop.CancelAsync();
        await beating;
        Assert.True(registry.Last!.Stopping);
    }

    /// <summary>Moves the time on, beat by beat.</summary>
    private static async Task BeatsAsync(BrokenRegistry registry, FakeTime time, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var before = registry.Beats;
            time.Advance(TimeSpan.FromSeconds(2));
            await Poll.UntilAsync(() => Task.FromResult(registry.Beats > before));
        }
    }

    private sealed class BrokenRegistry : ISiloRegistry
    {
        private volatile int _beats;

        public bool Works { get; set; }

        public int Beats => _beats;

        public SiloBeat? Last { get; private set; }

        public Task BeatAsync(SiloBeat beat, CancellationToken cancellation)
        {
            Last = beat;
            Interlocked.Increment(ref _beats);
            return Works ? Task.CompletedTask : throw new GrainStoreException("The database does not answer.");
        }

        public Task LeaveAsync(SiloId silo, CancellationToken cancellation) => throw new GrainStoreException("The database does not answer.");

        public Task<IReadOnlyList<SiloView>> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<SiloView>>([]);
    }

    private sealed class Lines : ILogger<SiloHeartbeat>
    {
        private readonly List<LogLevel> _levels = [];

        /// <summary>Of the lines that an operator sees.</summary>
        public IReadOnlyList<LogLevel> Levels => _levels.FindAll(level => level >= LogLevel.Information);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _levels.Add(logLevel);
    }
}
