using System.Collections.Concurrent;

namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>Named barriers between a test and the grains that it runs.</summary>
public sealed class Signals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _reached = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _opened = new(StringComparer.Ordinal);
    private volatile bool _allOpen;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Called by a grain: says that it is here, and waits until the test opens.</summary>
    public Task MeetAsync(string name)
    {
        Reach(name);
        var opened = Source(_opened, name);
        if (_allOpen)
            opened.TrySetResult();
        return opened.Task;
    }

    public void Reach(string name)
    {
        _counts.AddOrUpdate(name, 1, (_, n) => n + 1);
        Source(_reached, name).TrySetResult();
    }

    public Task ReachedAsync(string name) => Source(_reached, name).Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void Open(string name) => Source(_opened, name).TrySetResult();

    /// <summary>Lets every grain go on, also those that come later.</summary>
    public void OpenAll()
    {
        _allOpen = true;
        foreach (var opened in _opened.Values)
            opened.TrySetResult();
    }

    public int Count(string name) => _counts.GetValueOrDefault(name);

    private static TaskCompletionSource Source(ConcurrentDictionary<string, TaskCompletionSource> all, string name) =>
        all.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
