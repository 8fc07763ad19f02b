using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TicketWorld.Worlds.Auditing;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Benchmarks;

/// <summary>
/// Tickets that are verified and audited a second, each run in a process of its own; beside them the floor: the same files read token by
/// token by a bare <see cref="Utf8JsonReader"/> that checks nothing, each file on a thread of its own.
/// </summary>
internal static class VerificationBenchmark
{
    private static readonly string[] Kinds = ["verify", "content", "audit", "floor"];
    private static readonly string[] Files = ["support_tickets.jsonl", "support_tickets.json", "customer_database.json"];

    /// <summary>What a child process reports, on one line of JSON.</summary>
    /// <param name="Seconds">Wall time.</param>
    /// <param name="Processor">Processor time of all threads, in seconds.</param>
    /// <param name="Peak">Largest resident memory in bytes.</param>
    private sealed record Measurement(double Seconds, double Processor, long Peak);

    public static int Run(string[] arguments)
    {
        if (arguments is ["--child", var kind, var folder])
            return RunChild(kind, folder);
        var count = 100_000;
        var repetitions = 3;
        if ((arguments.Length > 0 && !TryCount(arguments[0], WorldOptions.MaximumOrders, out count)) || (arguments.Length > 1 && !TryCount(arguments[1], 99, out repetitions)) || arguments.Length > 2)
        {
            Console.Error.WriteLine($"These are no number of tickets from 1 to {WorldOptions.MaximumOrders} and number of repetitions from 1 to 99: {string.Join(' ', arguments)}. Write for example: verification 100000 3.");
            return 2;
        }

        var made = Directory.CreateTempSubdirectory("ticketworld-verification-").FullName;
        try
        {
            new DatasetGenerator(Environment.ProcessorCount).Create(new WorldOptions { Tickets = count, Orders = count, Customers = Math.Max(1, count / 2), Products = 200 }, made);
            Print(made, count, repetitions);
        }
        finally
        {
            Directory.Delete(made, recursive: true);
        }

        return 0;
    }

    private static bool TryCount(string text, int most, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1 && count <= most;

    private static void Print(string folder, int count, int repetitions)
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors; {count} tickets, {count} orders, debug keys on; medians of {repetitions}");
        Console.WriteLine($"{"what",-9} {"tickets/s",10} {"total s",8} {"processor s",12} {"peak MB",8} {"of floor",9}");

        // One of each kind after the other, so that a busy machine slows all of them alike.
        var runs = Enumerable.Range(0, repetitions).Select(_ => Array.ConvertAll(Kinds, kind => ChildProcess.Run<Measurement>("verification", "--child", kind, folder))).ToArray();
        var floor = Median(runs, Kinds.Length - 1, m => m.Seconds);
        for (var i = 0; i < Kinds.Length; i++)
        {
            var seconds = Median(runs, i, m => m.Seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Kinds[i],-9} {count / seconds,10:N0} {seconds,8:N2} {Median(runs, i, m => m.Processor),12:N2} {Median(runs, i, m => m.Peak) / 1e6,8:N0} {floor / seconds,9:P0}"));
        }
    }

    private static double Median(Measurement[][] runs, int kind, Func<Measurement, double> value)
    {
        var sorted = runs.Select(run => value(run[kind])).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static int RunChild(string kind, string folder)
    {
        var watch = Stopwatch.StartNew();
        var isSound = kind switch
        {
            "verify" => DatasetVerifier.Verify(folder, new VerificationOptions()) is { IsClean: true, WasReproduced: true },
            "content" => DatasetVerifier.Verify(folder, new VerificationOptions(ContentOnly: true, Reproduce: false)).IsClean,
            "audit" => Audit(folder),
            _ => ReadBare(folder),
        };
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new Measurement(watch.Elapsed.TotalSeconds, self.TotalProcessorTime.TotalSeconds, PeakMemory.Read())));
        return isSound ? 0 : 1;
    }

    private static bool Audit(string folder)
    {
        var output = Directory.CreateTempSubdirectory("ticketworld-audit-").FullName;
        try
        {
            return DatasetAuditor.Audit(folder, output, 1000).IsClean;
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static bool ReadBare(string folder)
    {
        long tokens = 0;
        Parallel.ForEach(Files, file => Interlocked.Add(ref tokens, CountTokens(Path.Combine(folder, file))));
        return tokens > 0;
    }

    private static long CountTokens(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var buffer = new byte[1 << 20];
        var state = new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true });
        long tokens = 0;
        for (int kept = 0, read; (read = file.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(0, kept + read), isFinalBlock: false, state);
            while (reader.Read())
                tokens++;
            state = reader.CurrentState;
            var consumed = (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, kept + read - consumed).CopyTo(buffer);
            kept += read - consumed;
        }

        return tokens;
    }
}
