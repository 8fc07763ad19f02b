using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
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

    private const int Turns = 20_000;
    private const int Grains = 100;
    private const int Callers = 64;
    private const int Alone = 500;

    /// <summary>Runs the turns on a fresh store and prints turns a second with the settings.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var store = BenchmarkStore.Open(ref arguments);
        var (turns, callers) = arguments switch
        {
            [] => (Turns, Callers),
            [var t] => (int.Parse(t), Callers),
            [var t, var c, ..] => (int.Parse(t), int.Parse(c)),
        };
        await using var silo = await store.StartSiloAsync(services =>
        {
            services.AddGrains(g => g.Add<INoOpGrain, NoOpGrain>());
            services.AddGrainSilo();
        });
        await CallAsync(silo.Grains, turns / 10, callers);
        var before = await TotalAsync(silo.Grains);

        var work = await store.WorkAsync();
        var clock = Stopwatch.StartNew();
        await CallAsync(silo.Grains, turns, callers);
        var called = clock.Elapsed;
        var worked = await store.WorkAsync();
        var counted = await TotalAsync(silo.Grains) - before;
        if (counted != turns)
            throw new InvalidOperationException($"{counted} turns were counted, {turns} were called.");

        var sent = await SendAsync(silo.Grains, turns);
        var latencies = await CallAloneAsync(silo.Grains);
        var options = silo.Services.GetRequiredService<IOptions<GrainOptions>>().Value;
        Console.WriteLine($"durable turns: {turns / called.TotalSeconds:F0}/s ({turns} turns, {Grains} grains, {callers} callers, each awaiting its reply)");
        if (worked is not null)
            Console.WriteLine($"of which {worked.Since(work!, turns, "turn")}");
        Console.WriteLine($"durable turns of messages that nobody awaits: {turns / sent.TotalSeconds:F0}/s ({turns} sent by {callers} callers, until the last has ended)");
        Console.WriteLine($"one caller alone: {latencies[Alone / 2]:F2} ms median, {latencies[Alone * 99 / 100]:F2} ms p99 a call");
        Console.WriteLine($"settings: {await store.SettingsAsync()}, concurrency {options.Concurrency}, turns in flight {options.TurnsInFlight}");
        return 0;

        async Task<TimeSpan> SendAsync(IGrainFactory grains, int count)
        {
            var goal = await TotalAsync(grains) + count;
            var watch = Stopwatch.StartNew();
            await EachAsync(count, callers, i => grains.GetGrain<INoOpGrain>($"{i % Grains}", SendOptions.WithoutReply).Count());

            // The count of each grain is itself a turn, in line behind what was sent to it.
            var reached = await TotalAsync(grains);
            return reached == goal ? watch.Elapsed : throw new InvalidOperationException($"{reached} turns were counted, {goal} were called and sent.");
        }
    }

    private static Task CallAsync(IGrainFactory grains, int turns, int callers) =>
        EachAsync(turns, callers, i => grains.GetGrain<INoOpGrain>($"{i % Grains}").Count());

    private static async Task<double[]> CallAloneAsync(IGrainFactory grains)
    {
        var clock = Stopwatch.StartNew();
        var latencies = new double[Alone];
        for (var i = 0; i < latencies.Length; i++)
        {
            var start = clock.Elapsed;
            await grains.GetGrain<INoOpGrain>("alone").Count();
            latencies[i] = (clock.Elapsed - start).TotalMilliseconds;
        }

        Array.Sort(latencies);
        return latencies;
    }

    private static async Task EachAsync(int count, int callers, Func<int, Task> call)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            int turn;
            while ((turn = Interlocked.Increment(ref next)) < count)
                await call(turn);
        }));
    }

    private static async Task<int> TotalAsync(IGrainFactory grains)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, Grains).Select(i => grains.GetGrain<INoOpGrain>($"{i}").Counted()));
        return counts.Sum();
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
