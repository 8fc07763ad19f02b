using System.Runtime.ExceptionServices;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>
/// Takes a long file through three steps, block by block: blocks are read one after the other, worked on by all processors, and finished in the
/// order in which they were read. A few blocks a processor are in memory, and each is used again.
/// </summary>
internal sealed class OrderedBlocks<T>
    where T : class
{
    private const int BlocksPerThread = 3;

    private readonly Func<T, bool> _read;
    private readonly Action<T> _work;
    private readonly Action<T> _finish;
    private readonly CancellationToken _cancellation;
    private readonly object _gate = new();
    private readonly Dictionary<int, T> _worked = [];
    private readonly Stack<T> _free = new();
    private readonly List<Thread> _others = [];
    private int _next;
    private int _toFinish;
    private bool _ended;
    private Exception? _failure;

    private OrderedBlocks(Func<T, bool> read, Action<T> work, Action<T> finish, CancellationToken cancellation)
    {
        _read = read;
        _work = work;
        _finish = finish;
        _cancellation = cancellation;
    }

    /// <param name="make">Makes an empty block.</param>
    /// <param name="read">Fills a block; false at the end, when nothing was left to fill it with.</param>
    /// <param name="work">Called on several threads at once, each with a block of its own.</param>
    /// <param name="finish">Called with each block in the order of reading; never while a block is read or finished.</param>
    /// <exception cref="OperationCanceledException">It was cancelled. What a step throws is thrown, too.</exception>
    public static void Run(Func<T> make, Func<T, bool> read, Action<T> work, Action<T> finish, CancellationToken cancellation)
    {
        var blocks = new OrderedBlocks<T>(read, work, finish, cancellation);
        for (var i = 0; i < Environment.ProcessorCount * BlocksPerThread; i++)
            blocks._free.Push(make());
        blocks.Work();

        // Every thread was started before the file ended, so none is added by now.
        foreach (var other in blocks._others)
            other.Join();
        if (blocks._failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    private void Work()
    {
        try
        {
            while (Take(out var number) is { } block)
            {
                _work(block);
                Finish(number, block);
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

    /// <summary>A file of one block is not worth another thread.</summary>
    private void StartOthers()
    {
        for (var i = 1; i < Environment.ProcessorCount; i++)
        {
            _others.Add(new Thread(Work) { IsBackground = true, Name = $"blocks {i}" });
            _others[^1].Start();
        }
    }

    private T? Take(out int number)
    {
        lock (_gate)
        {
            while (_free.Count == 0 && _failure is null && !_ended)
                Monitor.Wait(_gate);
            number = _next;
            if (_failure is not null || _ended)
                return null;
            _cancellation.ThrowIfCancellationRequested();
            var block = _free.Pop();
            if (_read(block))
            {
                if (++_next == 2)
                    StartOthers();
                return block;
            }

            _ended = true;
            Monitor.PulseAll(_gate);
            return null;
        }
    }

    private void Finish(int number, T block)
    {
        lock (_gate)
        {
            _worked.Add(number, block);
            while (_failure is null && _worked.Remove(_toFinish, out var first))
            {
                _finish(first);
                _toFinish++;
                _free.Push(first);
                Monitor.Pulse(_gate);
            }
        }
    }
}
