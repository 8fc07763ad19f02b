using System.Collections.Concurrent;
using TicketWorld.Api.Errors;
using TicketWorld.Grains;
using TicketWorld.Grains.Tickets;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Api.Workflow;

/// <summary>Waits for the ends of runs: a live event saves waiting, the read model says what is true.</summary>
internal sealed class WorkflowResults : IDisposable
{
    private const string TopicPrefix = "ticket/";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Beyond the limit of the run itself: the time that its last turn may take on a busy machine.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private readonly IDisposable _listening;
    private readonly IWorkflowRuns _runs;
    private readonly TimeProvider _time;
    private readonly IStepModels _models;

    public WorkflowResults(LiveEvents events, IWorkflowRuns runs, IStepModels models, TimeProvider time)
    {
        (_runs, _models, _time) = (runs, models, time);
        _listening = events.Listen(happened =>
        {
            if (happened.Topic.StartsWith(TopicPrefix, StringComparison.Ordinal) && _waiting.TryGetValue(happened.Topic, out var waiter))
                waiter.TrySetResult();
        });
    }

    /// <summary>Sets a run going and waits for its end.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="begin">Sets it going; the answer is the number of the run.</param>
    /// <param name="cancellationToken">The caller has gone; the run goes on.</param>
    /// <returns>The result in JSON.</returns>
    /// <exception cref="ProblemException"><c>busy</c>: it did not end in time. It goes on.</exception>
    public async Task<string> RunAsync(TicketKey ticket, Func<Task<int>> begin, CancellationToken cancellationToken)
    {
        var topic = TopicPrefix + ticket;
        var begun = _time.GetTimestamp();
        var ofRun = _models.TimeLimit;
        var limit = (ofRun == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : ofRun) + Margin;
        var waiter = _waiting.GetOrAdd(topic, _ => NewWaiter());
        try
        {
            var number = await begin();
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                if (await _runs.ResultAsync(ticket, number, cancellationToken) is { } result)
                    return result;
                if (_time.GetElapsedTime(begun) > limit)
                    throw new ProblemException(Problems.RunGoesOn(Tickets.TicketEndpoints.AddressOf(ticket)));
                if (!waiter.Task.IsCompleted)
                    await Task.WhenAny(waiter.Task, Task.Delay(pause, _time, cancellationToken));
                else
                    await Task.Delay(pause, _time, cancellationToken);
            }
        }
        finally
        {
            _waiting.TryRemove(new(topic, waiter));
        }
    }

    public void Dispose() => _listening.Dispose();

    private static TaskCompletionSource NewWaiter() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
