using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Benchmarks;

/// <summary>A batch through the grains, committed to the store; how long other calls take before and while it runs; and beside it the same tickets to files.</summary>
internal static class BatchBenchmark
{
    private const int IdleCalls = 200;

    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var store = BenchmarkStore.Open(ref arguments);
        var count = arguments.Length > 0 ? int.Parse(arguments[0]) : 100_000;
        var request = new BatchRequest { Tickets = count, Orders = count, Customers = Math.Max(1, count / 2), Products = 200 };

        // The engine's code is compiled before either is measured.
        WriteFiles(request with { Tickets = Math.Min(count, 10_000) });
        await using (var silo = await store.StartSiloAsync(services =>
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
            services.AddTicketWorldGrains();
            services.AddGrainSilo();
        }))
        {
            var batch = await MeasureAsync(store, silo.Grains, request);
            var files = WriteFiles(request);
            Console.WriteLine(
                $"beside it the same tickets to files by one process: {files.TotalSeconds:N1} s, {count / files.TotalSeconds:N0} tickets/s; "
                + $"so the grains and the store take {(batch - files).TotalMilliseconds * 1000 / count:N0} µs a ticket, {batch / files:P0} of the time");
        }

        if (store.Connection is not null)
            await PrintRowsAsync(store, count);
        Console.WriteLine($"settings: {await store.SettingsAsync()}; peak memory {PeakMemory.Read() >> 20} MB");
        return 0;
    }

    private static async Task<TimeSpan> MeasureAsync(BenchmarkStore store, IGrainFactory grains, BatchRequest request)
    {
        // A finished batch answers the calls that are measured, as a customer's ticket would: none of its turns is part of the load.
        var other = grains.GetGrain<IBatchGrain>("small");
        await other.Start(request with { Tickets = 100, Orders = 100, Customers = 50 });
        while ((await other.View()).Status is BatchStatus.Queued or BatchStatus.Running)
            await Task.Delay(20);
        var idle = new List<double>();
        for (var i = 0; i < IdleCalls; i++)
            idle.Add(await CallAsync(other));
        Print("calls while idle", idle);

        var batch = grains.GetGrain<IBatchGrain>("measured");
        var work = await store.WorkAsync();
        await batch.Start(request);
        var busy = new List<double>();
        BatchView view;
        do
        {
            for (var i = 0; i < 20; i++)
            {
                busy.Add(await CallAsync(other));
                await Task.Delay(10);
            }

            view = await batch.View();
        }
        while (view.Status is BatchStatus.Queued or BatchStatus.Running);
        var elapsed = view.FinishedAt!.Value - view.CreatedAt;
        if (view.Status != BatchStatus.Completed)
            throw new InvalidOperationException($"The batch is {view.Status}: {view.Error}");
        Console.WriteLine(
            $"batch: {request.Tickets} tickets in {elapsed.TotalSeconds:N1} s, {request.Tickets / elapsed.TotalSeconds:N0} tickets/s, world, files and manifest included; "
            + $"its tickets alone {view.TicketsPerSecond:N0}/s");
        Print("calls while it ran", busy);
        if (await store.WorkAsync() is { } worked)
            Console.WriteLine($"the batch took {worked.Since(work!, request.Tickets, "ticket")}");
        return elapsed;
    }

    private static async Task<double> CallAsync(IBatchGrain batch)
    {
        var start = Stopwatch.GetTimestamp();
        await batch.View();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Print(string name, List<double> latencies)
    {
        latencies.Sort();
        Console.WriteLine($"{name}: {latencies.Count} calls, {latencies[latencies.Count / 2]:N1} ms median, {latencies[(int)(latencies.Count * 0.99)]:N1} ms p99, {latencies[^1]:N1} ms longest");
    }

    private static TimeSpan WriteFiles(BatchRequest request)
    {
        var folder = Directory.CreateTempSubdirectory("ticketworld-benchmark-").FullName;
        try
        {
            var watch = Stopwatch.StartNew();
            new DatasetGenerator(Environment.ProcessorCount).Create(new() { Tickets = request.Tickets, Orders = request.Orders, Customers = request.Customers, Products = request.Products }, folder);
            return watch.Elapsed;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a batch leaves in the database, which is what docs/scaling.md reckons with.</summary>
    private static async Task PrintRowsAsync(BenchmarkStore store, int count)
    {
        var messages = await store.ReadAsync("SELECT count(*) FROM messages WHERE method <> 'View'");
        var pieces = await store.ReadAsync("SELECT count(*) FROM pieces");
        var raw = await store.ReadAsync("SELECT coalesce(sum(bytes), 0) FROM kept_chunks");
        var stored = await store.ReadAsync("SELECT pg_total_relation_size('pieces')");
        var all = await store.ReadAsync("SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'");
        Console.WriteLine(
            $"left in the database: {messages} messages and {pieces} pieces, {1000.0 * messages / count:N1} and {1000.0 * pieces / count:N1} for 1,000 tickets; "
            + $"{raw >> 20} MB of files in {stored >> 20} MB of pieces, {all >> 20} MB in all");
    }
}
