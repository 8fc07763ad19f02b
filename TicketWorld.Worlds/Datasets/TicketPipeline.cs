using System.Buffers;
using TicketWorld.Worlds.Authorship;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Datasets;

/// <summary>A run of tickets as JSON Lines.</summary>
internal sealed class TicketChunk
{
    public ArrayBufferWriter<byte> Lines { get; } = new(4 << 20);

    public int[] Lengths { get; } = new int[TicketPipeline.ChunkSize];

    public int Count { get; set; }

    public ChunkReport Report { get; set; } = new();
}

/// <summary>Makes tickets on several threads and hands the chunks over in order; a few chunks are in memory at a time.</summary>
internal static class TicketPipeline
{
    public const int ChunkSize = 512;

    /// <summary>Chunks of an author are short, so that progress shows while a model writes.</summary>
    private const int AuthoredChunkSize = 64;

    public static ChunkReport Run(World world, int first, int threads, IMessageAuthor? author, Action<TicketChunk> write, CancellationToken cancellation)
    {
        var count = world.TicketCount - first;
        var size = author is null ? ChunkSize : AuthoredChunkSize;
        var chunks = (count + size - 1) / size;
        var total = new ChunkReport();
        var gate = new object();
        var next = 0;
        var toWrite = 0;
        Exception? failure = null;
        var workers = new Thread[Math.Max(1, Math.Min(threads, chunks))];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Work) { IsBackground = true, Name = $"tickets {i}" };
            workers[i].Start();
        }

        foreach (var worker in workers)
            worker.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return total;

        // A worker that is ahead waits for its turn to write, so at most one chunk a worker is in memory.
        void Work()
        {
            var chunk = new TicketChunk();
            try
            {
                while (true)
                {
                    var number = Interlocked.Increment(ref next) - 1;
                    if (number >= chunks || Volatile.Read(ref failure) is not null)
                        return;
                    chunk.Lines.ResetWrittenCount();
                    chunk.Count = Math.Min(size, count - number * size);
                    chunk.Report = author is null
                        ? world.WriteTickets(first + number * size, chunk.Count, chunk.Lines, chunk.Lengths, cancellation)
                        : world.WriteTickets(first + number * size, chunk.Count, chunk.Lines, chunk.Lengths, author, cancellation);
                    lock (gate)
                    {
                        while (toWrite != number && failure is null)
                            Monitor.Wait(gate);
                        if (failure is not null)
                            return;
                        write(chunk);
                        total.Add(chunk.Report);
                        toWrite++;
                        Monitor.PulseAll(gate);
                    }
                }
            }
            catch (Exception e)
            {
                lock (gate)
                {
                    failure ??= e;
                    Monitor.PulseAll(gate);
                }
            }
        }
    }
}
