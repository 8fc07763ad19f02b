using System.Buffers;
using System.Runtime.ExceptionServices;
using TicketWorld.Worlds.Authorship;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Datasets;

/// <summary>A run of tickets as JSON Lines.</summary>
internal sealed class TicketChunk
{
    public ArrayBufferWriter<byte> Lines { get; } = new(1 << 20);

    public int[] Lengths { get; } = new int[TicketPipeline.ChunkSize];

    public int Count { get; set; }

    public ChunkReport Report { get; set; } = new();
}

/// <summary>
/// Makes tickets on several threads and hands the chunks over in order. The thread that completes the chunk whose turn it is writes it,
/// and those after it that are complete; the others go on making tickets, until the few chunks that are in memory wait to be written.
/// </summary>
internal sealed class TicketPipeline
{
    /// <summary>Few enough that a chunk is still in the processor's cache when it is written.</summary>
    public const int ChunkSize = 256;

    /// <summary>Chunks of an author are short, so that progress shows while a model writes.</summary>
    private const int AuthoredChunkSize = 64;
    private const int ChunksPerThread = 4;

    private readonly World _world;
    private readonly IMessageAuthor? _author;
    private readonly Action<TicketChunk> _write;
    private readonly CancellationToken _cancellation;
    private readonly int _first;
    private readonly int _count;
    private readonly int _size;
    private readonly int _chunks;
    private readonly ChunkReport _total = new();

    /// <summary>Guards what follows.</summary>
    private readonly object _gate = new();

    /// <summary>Complete chunks, each in the place that its number has modulo the length.</summary>
    private readonly TicketChunk?[] _complete;
    private readonly Stack<TicketChunk> _free = [];
    private int _toMake;
    private int _toWrite;
    private bool _isWriting;
    private Exception? _failure;

    private TicketPipeline(World world, int first, int threads, IMessageAuthor? author, Action<TicketChunk> write, CancellationToken cancellation)
    {
        _world = world;
        _author = author;
        _write = write;
        _cancellation = cancellation;
        _first = first;
        _count = world.TicketCount - first;
        _size = author is null ? ChunkSize : AuthoredChunkSize;
        _chunks = (_count + _size - 1) / _size;
        _complete = new TicketChunk?[threads * ChunksPerThread];
    }

    public static ChunkReport Run(World world, int first, int threads, IMessageAuthor? author, Action<TicketChunk> write, CancellationToken cancellation) =>
        new TicketPipeline(world, first, threads, author, write, cancellation).Run(threads);

    private ChunkReport Run(int threads)
    {
        var workers = new Thread[Math.Max(1, Math.Min(threads, _chunks))];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Work) { IsBackground = true, Name = $"tickets {i}" };
            workers[i].Start();
        }

        foreach (var worker in workers)
            worker.Join();
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        return _total;
    }

    private void Work()
    {
        try
        {
            while (Begin(out var number, out var chunk))
            {
                Make(number, chunk);
                Complete(number, chunk);
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _failure ??= e;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Takes the next chunk to make, as soon as there is a place for it.</summary>
    /// <returns>False when there is none left, or a thread has failed.</returns>
    private bool Begin(out int number, out TicketChunk chunk)
    {
        lock (_gate)
        {
            number = _toMake++;
            while (number < _chunks && _failure is null && number - _toWrite >= _complete.Length)
                Monitor.Wait(_gate);
            chunk = _free.TryPop(out var free) ? free : new TicketChunk();
            return number < _chunks && _failure is null;
        }
    }

    private void Make(int number, TicketChunk chunk)
    {
        chunk.Lines.ResetWrittenCount();
        chunk.Count = Math.Min(_size, _count - number * _size);
        var first = _first + number * _size;
        chunk.Report = _author is null
            ? _world.WriteTickets(first, chunk.Count, chunk.Lines, chunk.Lengths, _cancellation)
            : _world.WriteTickets(first, chunk.Count, chunk.Lines, chunk.Lengths, _author, _cancellation);
    }

    private void Complete(int number, TicketChunk made)
    {
        lock (_gate)
            _complete[number % _complete.Length] = made;
        while (TakeTurn() is { } chunk)
        {
            _write(chunk);
            _total.Add(chunk.Report);
            lock (_gate)
            {
                _free.Push(chunk);
                _toWrite++;
                _isWriting = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The chunk whose turn it is, when it is complete and nobody writes.</summary>
    private TicketChunk? TakeTurn()
    {
        lock (_gate)
        {
            ref var next = ref _complete[_toWrite % _complete.Length];
            if (_isWriting || next is null || _failure is not null)
                return null;
            _isWriting = true;
            var chunk = next;
            next = null;
            return chunk;
        }
    }
}
