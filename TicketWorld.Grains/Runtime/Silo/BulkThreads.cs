using System.Collections.Concurrent;

namespace TicketWorld.Grains.Runtime;

/// <summary>
/// Threads of their own for turns that keep a processor busy. On the thread pool a few such turns would hold every
/// thread of a small machine, and callers that need one for a millisecond would wait.
/// </summary>
internal sealed class BulkThreads : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];
    private readonly Thread[] _threads;

    public BulkThreads(int count)
    {
        MaximumConcurrencyLevel = count;
        _threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            _threads[i] = new Thread(Run) { IsBackground = true, Name = $"bulk turns {i + 1}" };
            _threads[i].Start();
        }
    }

    public override int MaximumConcurrencyLevel { get; }

    /// <summary>Lets the threads end by themselves; the process does not wait for a turn that does not end.</summary>
    public void Abandon() => _tasks.CompleteAdding();

    /// <summary>Ends the threads when they have done what they were given.</summary>
    public void Dispose()
    {
        _tasks.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _tasks.Dispose();
    }

    protected override void QueueTask(Task task) => _tasks.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Thread.CurrentThread.Name?.StartsWith("bulk turns", StringComparison.Ordinal) == true && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _tasks];

    private void Run()
    {
        BackgroundThread.Yielding();
        foreach (var task in _tasks.GetConsumingEnumerable())
            TryExecuteTask(task);
    }
}
