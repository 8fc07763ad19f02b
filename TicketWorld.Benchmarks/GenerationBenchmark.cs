using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Benchmarks;

/// <summary>
/// Tickets to files, each run in a process of its own so that its peak memory is its own; beside it the floor: as many bytes
/// in as many objects on the same disk, written by a bare <see cref="Utf8JsonWriter"/> that makes and checks nothing.
/// </summary>
internal static class GenerationBenchmark
{
    private const int MostRepetitions = 99;
    private static readonly int[] DefaultCounts = [1_000, 10_000, 100_000];

    /// <summary>What a child process reports, on one line of JSON.</summary>
    /// <param name="Seconds">Wall time of the whole command.</param>
    /// <param name="TicketSeconds">Wall time of making, proving and writing the tickets.</param>
    /// <param name="Bytes">Bytes of the ticket files.</param>
    /// <param name="AllBytes">Bytes of all files.</param>
    /// <param name="Peak">Largest resident memory in bytes.</param>
    private sealed record Measurement(double Seconds, double TicketSeconds, long Bytes, long AllBytes, long Peak);

    public static int Run(string[] arguments)
    {
        if (arguments is ["--child", var kind, .. var numbers])
            return RunChild(kind, Array.ConvertAll(numbers, n => long.Parse(n, CultureInfo.InvariantCulture)));
        var repetitions = 1;
        if (arguments is ["--repeat", .. var rest])
        {
            if (rest is not [var times, .. var after] || !TryNumber(times, MostRepetitions, out repetitions))
            {
                Console.Error.WriteLine($"--repeat wants a number from 1 to {MostRepetitions}, not '{rest.FirstOrDefault()}'. Write for example: generation --repeat 5 1000000.");
                return 2;
            }

            arguments = after;
        }

        var counts = new int[arguments.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            if (!TryNumber(arguments[i], WorldOptions.MaximumOrders, out counts[i]))
            {
                Console.Error.WriteLine($"'{arguments[i]}' is no number from 1 to {WorldOptions.MaximumOrders}. Write for example: generation 1000 10000.");
                return 2;
            }
        }

        PrintSettings(repetitions);
        foreach (var count in counts.Length > 0 ? counts : DefaultCounts)
        {
            Print(repetitions, count, Math.Max(1, count / 2), 200, count);
            Print(repetitions, count, 50, 35, 70);
        }

        return 0;
    }

    private static bool TryNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most;

    private static void PrintSettings(int repetitions)
    {
        var collector = GC.GetConfigurationVariables();
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, {Environment.ProcessorCount} threads, {(IsOptimized ? "optimised" : "NOT OPTIMISED: run with -c Release")}");
        Console.WriteLine($"Collector: server {Setting("ServerGC")}, concurrent {Setting("ConcurrentGC")}, youngest generation {(Setting("GCgen0size") is "0" ? "sized by the runtime" : Setting("GCgen0size") + " bytes")}.");
        Console.WriteLine($"Debug keys and proofs on, twins off; files on the disk of {Path.GetTempPath()}; peak is the largest resident memory of the process, tables that of the same world with one ticket.");
        Console.WriteLine($"Each figure is {(repetitions == 1 ? "of one run" : $"the median of {repetitions} runs, peak the largest of them")}; the floor is what a bare JSON writer makes of as many bytes, run in turn with them.");
        Console.WriteLine($"{"tickets",9} {"customers/orders/products",26} {"tickets/s",10} {"least",8} {"most",8} {"MB/s",7} {"total s",8} {"MB",8} {"peak MB",8} {"tables MB",9} {"floor MB/s",11} {"of floor",8}");

        string Setting(string name) => collector.TryGetValue(name, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture)! : "0";
    }

    private static bool IsOptimized =>
        !typeof(World).Assembly.GetCustomAttributes(typeof(DebuggableAttribute), false).OfType<DebuggableAttribute>().Any(d => d.IsJITOptimizerDisabled);

    private static void Print(int repetitions, int tickets, int customers, int products, int orders)
    {
        var made = new Measurement[repetitions];
        var floor = new Measurement[repetitions];
        for (var i = 0; i < repetitions; i++)
        {
            made[i] = Child("generate", tickets, customers, products, orders);
            floor[i] = Child("floor", tickets, made[i].Bytes / 2);
        }

        var tables = Child("generate", 1, customers, products, orders);
        var seconds = Median(made, m => m.TicketSeconds);
        var rate = made[0].Bytes / 1e6 / seconds;
        var floorRate = floor[0].Bytes / 1e6 / Median(floor, m => m.TicketSeconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tickets,9} {$"{customers}/{orders}/{products}",26} {tickets / seconds,10:N0} {tickets / made.Max(m => m.TicketSeconds),8:N0} {tickets / made.Min(m => m.TicketSeconds),8:N0} {rate,7:N1} {Median(made, m => m.Seconds),8:N2} {made[0].AllBytes / 1e6,8:N1} {made.Max(m => m.Peak) / 1e6,8:N0} {tables.Peak / 1e6,9:N0} {floorRate,11:N1} {rate / floorRate,8:P0}"));
    }

    private static double Median(Measurement[] runs, Func<Measurement, double> figure)
    {
        var sorted = runs.Select(figure).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static Measurement Child(string kind, params long[] numbers) =>
        ChildProcess.Run<Measurement>(["generation", "--child", kind, .. numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))]);

    private static int RunChild(string kind, long[] numbers)
    {
        var folder = Directory.CreateTempSubdirectory("ticketworld-benchmark-").FullName;
        try
        {
            var watch = Stopwatch.StartNew();
            var (ticketTime, bytes, all) = kind == "generate" ? Generate(folder, numbers) : WriteFloor(folder, numbers[0], numbers[1]);
            var seconds = watch.Elapsed.TotalSeconds;
            Console.WriteLine(JsonSerializer.Serialize(new Measurement(seconds, ticketTime.TotalSeconds, bytes, all, PeakMemory.Read())));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (TimeSpan Time, long Bytes, long All) Generate(string folder, long[] numbers)
    {
        var options = new WorldOptions { Tickets = (int)numbers[0], Customers = (int)numbers[1], Products = (int)numbers[2], Orders = (int)numbers[3] };
        var made = new DatasetGenerator(Environment.ProcessorCount).Create(options, folder);
        if (made.Report.OracleDisagreements > 0)
            throw new InvalidOperationException($"The oracles disagreed {made.Report.OracleDisagreements} times.");
        return (made.TicketTime, made.Manifest.Files.Where(f => f.Name.StartsWith("support_tickets", StringComparison.Ordinal)).Sum(f => f.Size), made.Manifest.Files.Sum(f => f.Size));
    }

    /// <summary>Writes objects of the same size on average to two files, as the two ticket files are written, and flushes them to the disk.</summary>
    private static (TimeSpan Time, long Bytes, long All) WriteFloor(string folder, long tickets, long bytesPerFile)
    {
        const int fields = 40;
        var text = new string('x', (int)Math.Max(1, bytesPerFile / tickets / fields - 16));
        var watch = Stopwatch.StartNew();
        long bytes = 0;
        foreach (var name in (string[])["a.jsonl", "b.jsonl"])
        {
            using var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
            using var json = new Utf8JsonWriter(file, new JsonWriterOptions { SkipValidation = true });
            for (long ticket = 0; ticket < tickets; ticket++)
            {
                json.WriteStartObject();
                for (var field = 0; field < fields; field++)
                    json.WriteString("field_name"u8, text);
                json.WriteEndObject();
                json.Flush();
                json.Reset();
                file.WriteByte((byte)'\n');
            }

            file.Flush(flushToDisk: true);
            bytes += file.Length;
        }

        return (watch.Elapsed, bytes, bytes);
    }
}
