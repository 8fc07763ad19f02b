using System.Buffers;
using System.Diagnostics;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Benchmarks;

/// <summary>Where the time of a ticket goes, on one thread: all of it, and the reading and checking alone.</summary>
internal static class PhaseBenchmark
{
    public static int Run(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0]) : 50_000;
        var world = World.Create(new WorldOptions { Tickets = count, Orders = count, Customers = Math.Max(1, count / 2), Products = 200 });
        var buffer = new ArrayBufferWriter<byte>(1 << 22);
        var lengths = new int[512];
        var messages = new List<Message>();
        var maker = new TicketMaker(world);
        for (var round = 0; round < 3; round++)
        {
            messages.Clear();
            Measure("made and proved", () =>
            {
                var report = new ChunkReport();
                for (var i = 0; i < count; i++)
                    messages.Add(maker.Make(i, report).Message);
            });
            Measure("made, proved and written", () =>
            {
                for (var first = 0; first < count; first += 512)
                {
                    buffer.ResetWrittenCount();
                    world.WriteTickets(first, Math.Min(512, count - first), buffer, lengths);
                }
            });
            Measure("read", () =>
            {
                foreach (var message in messages)
                    world.Checker.Reader.Read(message);
            });
            Measure("read and checked", () =>
            {
                foreach (var message in messages)
                    world.Checker.Check(message);
            });
        }

        return 0;

        void Measure(string name, Action work)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            work();
            Console.WriteLine($"{name,-26} {watch.Elapsed.TotalMicroseconds / count,8:N2} us/ticket  {(GC.GetAllocatedBytesForCurrentThread() - allocated) / count,8:N0} bytes/ticket");
        }
    }
}
