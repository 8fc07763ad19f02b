using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;

namespace TicketWorld.Benchmarks;

/// <summary>A batch through the grains, committed to SQLite, and how long other calls take while it runs.</summary>
internal static class BatchBenchmark
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0]) : 100_000;
        var folder = Directory.CreateTempSubdirectory("ticketworld-batch-").FullName;
        try
        {
            var services = new ServiceCollection();
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
            services.AddSingleton(TimeProvider.System);
            services.AddTicketWorldGrains();
            services.AddSqliteGrainStore(folder);
            services.AddGrainSilo();
            await using var provider = services.BuildServiceProvider();
            var hosted = provider.GetServices<IHostedService>().ToArray();
            foreach (var service in hosted)
                await service.StartAsync(CancellationToken.None);
            await MeasureAsync(provider.GetRequiredService<IGrainFactory>(), count);
            Console.WriteLine($"settings: SQLite WAL synchronous=FULL, {Environment.ProcessorCount} processors; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
            foreach (var service in hosted.Reverse())
                await service.StopAsync(CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(IGrainFactory grains, int count)
    {
        var batch = grains.GetGrain<IBatchGrain>("measured");
        var watch = Stopwatch.StartNew();
        await batch.Start(new BatchRequest { Tickets = count, Orders = count, Customers = Math.Max(1, count / 2), Products = 200 });
        var latencies = new List<double>();
        BatchView view;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            var start = watch.Elapsed;
            view = await batch.View();
            latencies.Add((watch.Elapsed - start).TotalMilliseconds);
            await timer.WaitForNextTickAsync();
        }
        while (view.Status is BatchStatus.Queued or BatchStatus.Running);
        if (view.Status != BatchStatus.Completed)
            throw new InvalidOperationException($"The batch is {view.Status}: {view.Error}");
        latencies.Sort();
        Console.WriteLine($"batch: {count} tickets in {watch.Elapsed.TotalSeconds:N1} s, {count / watch.Elapsed.TotalSeconds:N0} tickets/s, world, files and manifest included");
        Console.WriteLine($"other calls while it ran: {latencies.Count} calls, {latencies[latencies.Count / 2]:N1} ms median, {latencies[(int)(latencies.Count * 0.99)]:N1} ms p99, {latencies[^1]:N1} ms longest");
    }
}
