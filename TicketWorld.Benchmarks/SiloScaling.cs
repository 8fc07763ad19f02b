using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;

namespace TicketWorld.Benchmarks;

/// <summary>
/// How the rate of tickets grows with the number of silos, where the time of a ticket is a wait for a model: each silo is a
/// process, and each ticket a grain with one turn that waits as long as such a call would.
/// </summary>
internal static class SiloScaling
{
    /// <summary>A ticket whose one turn waits for a model.</summary>
    public interface IModelTicketGrain : IGrainWithStringKey
    {
        Task Resolve();

        Task<int> Resolved();
    }

    private const int ModelCall = 50;
    private const int CallsAtATime = 16;

    /// <summary>So many calls at a time that a machine of two processors has them idle most of the time: what then is lost, is lost by silos waiting for each other.</summary>
    private const int FewCalls = 3;

    /// <summary>About as long as a silo needs for code that runs often to be compiled well.</summary>
    private const int WarmSeconds = 8;
    private const int MeasuredSeconds = 15;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--child", var connection, var calls])
            return await RunChildAsync(connection, int.Parse(calls, System.Globalization.CultureInfo.InvariantCulture));
        await using var store = BenchmarkStore.Open(ref arguments);
        if (store.Connection is null)
            throw new InvalidOperationException("silos share a PostgreSQL database: write silos --postgres CONNECTION.");
        var counts = arguments.Length > 0 ? Array.ConvertAll(arguments, int.Parse) : [1, 2, 4];
        foreach (var atATime in (int[])[CallsAtATime, FewCalls])
        {
            var rates = new List<double>();
            foreach (var silos in counts)
            {
                rates.Add(await MeasureAsync(store, silos, atATime));
                var ideal = silos * atATime * 1000.0 / ModelCall;
                Console.WriteLine(
                    $"{silos} silo{(silos == 1 ? "" : "s")}: {rates[^1]:N0} tickets/s with a model call of {ModelCall} ms each, {atATime} at a time in a silo; "
                    + $"{rates[^1] / ideal:P0} of what the calls alone would allow, {rates[^1] / (rates[0] / counts[0] * silos):P0} of the rate of the first line times the silos");
            }
        }

        Console.WriteLine($"settings: {await store.SettingsAsync()}");
        return 0;
    }

    private static async Task<double> MeasureAsync(BenchmarkStore store, int silos, int atATime)
    {
        var children = Enumerable.Range(0, silos).Select(_ => ChildProcess.Start("silos", "--child", store.Connection!, $"{atATime}")).ToList();
        try
        {
            foreach (var child in children)
                await child.StandardOutput.ReadLineAsync();
            await using var client = await store.StartSiloAsync(services =>
            {
                services.AddGrains(g => g.Add<IModelTicketGrain, ModelTicketGrain>());
                services.AddGrainClient();
            });
            var run = $"{silos}-{Guid.NewGuid():N}";
            var aSecond = silos * atATime * 1000 / ModelCall * 3 / 4;
            await ResolveAsync(client.Grains, $"warm-{run}", aSecond * WarmSeconds);
            var watch = Stopwatch.StartNew();
            await ResolveAsync(client.Grains, run, aSecond * MeasuredSeconds);
            return aSecond * MeasuredSeconds / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            foreach (var child in children)
            {
                child.StandardInput.Close();
                await child.WaitForExitAsync();
                child.Dispose();
            }
        }
    }

    /// <summary>Sends the tickets and waits for the last: an awaited turn of each, which comes after the one that was sent.</summary>
    private static async Task ResolveAsync(IGrainFactory grains, string run, int tickets)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            int ticket;
            while ((ticket = Interlocked.Increment(ref next)) < tickets)
                await grains.GetGrain<IModelTicketGrain>($"{run}-{ticket}", SendOptions.WithoutReply).Resolve();
        }));
        foreach (var last in Enumerable.Range(Math.Max(0, tickets - 256), Math.Min(256, tickets)))
        {
            if (await grains.GetGrain<IModelTicketGrain>($"{run}-{last}", new() { TimeLimit = TimeSpan.FromMinutes(5) }).Resolved() != 1)
                throw new InvalidOperationException($"Ticket {last} was not resolved once.");
        }
    }

    private static async Task<int> RunChildAsync(string connection, int atATime)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        BenchmarkStore.Add(services, null, connection);
        services.AddGrains(g => g.Add<IModelTicketGrain, ModelTicketGrain>());
        services.AddGrainSilo();
        services.Configure<GrainOptions>(o => o.Concurrency = atATime);
        await using var silo = await RunningSilo.StartAsync(services);
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>The ticket's state.</summary>
    public sealed class TicketState
    {
        public int Turns { get; set; }
    }

    private sealed class ModelTicketGrain([PersistentState("ticket")] IPersistentState<TicketState> ticket) : Grain, IModelTicketGrain
    {
        public async Task Resolve()
        {
            await Task.Delay(ModelCall, Turn.Cancellation);
            ticket.State.Turns++;
        }

        public Task<int> Resolved() => Task.FromResult(ticket.State.Turns);
    }
}
