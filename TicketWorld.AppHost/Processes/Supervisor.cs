using System.ComponentModel;
using System.Globalization;
using System.Threading.Channels;
using TicketWorld.AppHost.Logs;

namespace TicketWorld.AppHost.Processes;

/// <summary>
/// Keeps one process as it is wanted. Wanted running, it is started, watched, and started again after a pause when it
/// ends by itself, whatever its exit code: nobody asked it to. The pause doubles from one second to thirty and begins
/// anew after a run of <see cref="StableRun"/>. All of it happens in one loop, so requests meet no half-done change.
/// </summary>
internal sealed class Supervisor(
    ProcessPlan plan, ResourceBoard board, LogStore logs, HealthProbe probe, TimeProvider time)
{
    /// <summary>How long a clean stop may take before the process is ended.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StableRun = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly Channel<Wish> _wishes = Channel.CreateUnbounded<Wish>(new() { SingleReader = true });

    public string Name => plan.Name;

    /// <summary>Asks for a change; it is carried out in the order of the requests.</summary>
    public void Ask(Wish wish) => _wishes.Writer.TryWrite(wish);

    /// <summary>Runs until cancelled; the process is stopped when this returns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var wish = Wish.Start;
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (wish == Wish.Stop)
            {
                board.Update(Name, old => old with { State = ResourceState.Stopped });
                wish = await NextWishAsync(Timeout.InfiniteTimeSpan, cancellationToken) ?? wish;
                failures = 0;
                continue;
            }

            if (await WaitForOthersAsync(cancellationToken) is { } meanwhile)
            {
                wish = meanwhile;
                continue;
            }
            var started = time.GetTimestamp();
            var asked = await RunOnceAsync(cancellationToken);
            if (asked is { } change)
            {
                wish = change;
                failures = 0;
                continue;
            }
            if (cancellationToken.IsCancellationRequested)
                break;

            failures = time.GetElapsedTime(started) >= StableRun ? 1 : failures + 1;
            var pause = PauseAfter(failures);
            logs.Add(Name, LogOrigin.AppHost, $"{Name} is not running (last exit code {board.Find(Name)?.LastExitCode?.ToString(CultureInfo.InvariantCulture) ?? "none"}); it starts in {pause.TotalSeconds:0} s");
            board.Update(Name, old => old with { State = ResourceState.Restarting });
            wish = await NextWishAsync(pause, cancellationToken) ?? Wish.Start;
            board.Update(Name, old => old with { Restarts = old.Restarts + 1 });
        }
        board.Update(Name, old => old with { State = ResourceState.Stopped });
    }

    /// <summary>The pause before a start after this many failures in a row: 1, 2, 4, … 30 seconds.</summary>
    internal static TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(failures, 10) - 1)));

    /// <summary>Returns null when the others are healthy, or the wish that arrived before that.</summary>
    private async Task<Wish?> WaitForOthersAsync(CancellationToken cancellationToken)
    {
        if (plan.WaitsFor.Count == 0)
            return null;
        board.Update(Name, old => old with { State = ResourceState.Waiting });
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var healthy = board.WaitUntilHealthyAsync(plan.WaitsFor, enough.Token);
        var wished = NextWishAsync(Timeout.InfiniteTimeSpan, enough.Token);
        await Task.WhenAny(healthy, wished);
        await enough.CancelAsync();
        await healthy.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await wished;
    }

    /// <summary>Runs the process once. Returns the wish that ended it, or null when it ended by itself or everything stops.</summary>
    private async Task<Wish?> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var process = TryStart();
        if (process is null)
            return null;
        logs.Add(Name, LogOrigin.AppHost, $"{Name} started as process {process.Id}");
        board.Update(Name, old => old with
        {
            State = ResourceState.Starting,
            Health = ResourceHealth.Unknown,
            Pid = process.Id,
            StartedAt = time.GetUtcNow(),
        });

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = probe.WatchAsync(plan, process, over.Token);
        var exit = process.WaitForExitAsync(over.Token);
        var changed = NextChangeAsync(over.Token);
        await Task.WhenAny(exit, changed);
        var endedByItself = exit.IsCompletedSuccessfully;
        await over.CancelAsync();
        await watching;
        await exit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var wish = await changed;

        if (!endedByItself)
        {
            board.Update(Name, old => old with { State = ResourceState.Stopping });
            if (!await process.StopAsync(StopPatience, time))
                logs.Add(Name, LogOrigin.AppHost, $"{Name} did not stop within {StopPatience.TotalSeconds:0} s and was ended");
        }
        await process.Output;
        board.Update(Name, old => old with
        {
            Health = ResourceHealth.Unknown,
            Pid = null,
            LastExitCode = process.ExitCode,
            CpuPercent = null,
            MemoryBytes = null,
        });
        return wish;
    }

    private ChildProcess? TryStart()
    {
        try
        {
            return ChildProcess.Start(plan, (text, isError) => logs.Add(Name, isError ? LogOrigin.Error : LogOrigin.Output, text));
        }
        catch (Win32Exception exception)
        {
            logs.Add(Name, LogOrigin.AppHost, $"{Name} could not be started: {exception.Message}");
            return null;
        }
    }

    /// <summary>The next wish that a running process does not fulfil already; null when cancelled.</summary>
    private async Task<Wish?> NextChangeAsync(CancellationToken cancellationToken)
    {
        while (await NextWishAsync(Timeout.InfiniteTimeSpan, cancellationToken) is { } wish)
        {
            if (wish != Wish.Start)
                return wish;
        }
        return null;
    }

    private async Task<Wish?> NextWishAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await _wishes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>What a person may ask of a process.</summary>
internal enum Wish
{
    /// <summary>Run, if it does not.</summary>
    Start,

    /// <summary>Stop and run anew.</summary>
    Restart,

    /// <summary>Do not run until asked again.</summary>
    Stop,
}
