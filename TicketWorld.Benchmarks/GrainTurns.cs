using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TicketWorld.Grains;

namespace TicketWorld.Benchmarks;

/// <summary>How many turns without work of their own the runtime makes durable: each is a message, a claim, a state written and a commit.</summary>
internal static class GrainTurns
{
    /// <summary>A grain that counts its turns.</summary>
    public interface INoOpGrain : IGrainWithStringKey
    {
        Task Count();

        Task<int> Counted();
    }

    /// <summary>Runs the turns on a fresh store in a temporary folder and prints turns a second with the settings.</summary>
    /// <param name="output">Where the figures go.</param>
    /// <param name="turns">How many turns.</param>
    /// <param name="grains">Over how many grains they are spread.</param>
    /// <param name="callers">How many callers send at a time, each awaiting its reply before the next call.</param>
    public static async Task RunAsync(TextWriter output, int turns = 20_000, int grains = 100, int callers = 64)
    {
        var folder = Directory.CreateTempSubdirectory("ticketworld-turns-").FullName;
        try
        {
            await using var services = Services(folder);
            var hosted = services.GetServices<IHostedService>().ToArray();
            foreach (var service in hosted)
                await service.StartAsync(CancellationToken.None);
            var factory = services.GetRequiredService<IGrainFactory>();
            await CallAsync(factory, turns / 10, grains, callers);
            var before = await TotalAsync(factory, grains);

            var clock = Stopwatch.StartNew();
            await CallAsync(factory, turns, grains, callers);
            var called = clock.Elapsed;

            clock.Restart();
            var latencies = new double[500];
            for (var i = 0; i < latencies.Length; i++)
            {
                var start = clock.Elapsed;
                await factory.GetGrain<INoOpGrain>("alone").Count();
                latencies[i] = (clock.Elapsed - start).TotalMilliseconds;
            }

            Array.Sort(latencies);
            var counted = await TotalAsync(factory, grains) - before;
            if (counted != turns)
                throw new InvalidOperationException($"{counted} turns were counted, {turns} were called.");
            var options = services.GetRequiredService<IOptions<GrainOptions>>().Value;
            await output.WriteLineAsync(
                $"durable turns: {turns / called.TotalSeconds:F0}/s ({turns} turns, {grains} grains, {callers} callers, each awaiting its reply)");
            await output.WriteLineAsync($"one caller alone: {latencies[250]:F2} ms median, {latencies[495]:F2} ms p99 a call");
            await output.WriteLineAsync(
                $"settings: SQLite WAL synchronous=FULL, concurrency {options.Concurrency}, turns in flight {options.TurnsInFlight}, {Environment.ProcessorCount} processors");
            foreach (var service in hosted.Reverse())
                await service.StopAsync(CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServiceProvider Services(string folder)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddGrains(g => g.Add<INoOpGrain, NoOpGrain>());
        services.AddSqliteGrainStore(folder);
        services.AddGrainSilo();
        return services.BuildServiceProvider();
    }

    private static async Task CallAsync(IGrainFactory factory, int turns, int grains, int callers)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            int turn;
            while ((turn = Interlocked.Increment(ref next)) < turns)
                await factory.GetGrain<INoOpGrain>($"{turn % grains}").Count();
        }));
    }

    private static async Task<int> TotalAsync(IGrainFactory factory, int grains)
    {
        var total = 0;
        for (var i = 0; i < grains; i++)
            total += await factory.GetGrain<INoOpGrain>($"{i}").Counted();
        return total;
    }

    /// <summary>The grain's state.</summary>
    public sealed class Counter
    {
        public int Turns { get; set; }
    }

    private sealed class NoOpGrain([PersistentState("counter")] IPersistentState<Counter> counter) : Grain, INoOpGrain
    {
        public Task Count()
        {
            counter.State.Turns++;
            return Task.CompletedTask;
        }

        public Task<int> Counted() => Task.FromResult(counter.State.Turns);
    }
}
