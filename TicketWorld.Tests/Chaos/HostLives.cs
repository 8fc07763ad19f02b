using System.Diagnostics;
using System.Globalization;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Chaos;

/// <summary>One host that is started again whenever it has ended, each time with another fate.</summary>
internal sealed class HostLives(
    string name, string kind, string folder, IReadOnlyList<string> args, IReadOnlyList<(string Name, string Value)> environment, Pace pace, Tally tally)
{
    /// <summary>How long a host may take to reach its crash point on an idle machine before it is killed without it.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(12);

    /// <summary>How long a stop may take, the way to the database being cut or silent, and the machine busy; its own limits add up to 20 s.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    private const string Listening = "Now listening on";
    private const int Killed = 137;

    /// <summary>A start that the database does not let succeed.</summary>
    private const int StartFault = 1;

    private HostProcess? _process;

    /// <summary>Lives and dies until it is calm; the last life goes on.</summary>
    public async Task RunAsync(Fates fates, CancellationToken calm)
    {
        while (!calm.IsCancellationRequested)
        {
            var fate = fates.Next();
            await using var process = Start(fate);
            var end = process.ExitAsync(Forever);
            await FollowAsync(process, end, fate, calm);
            CountEnd(process, await end, fate, fates);
        }

        await StartAsync();
    }

    /// <summary>Starts it without a fate, trying until the database lets it.</summary>
    public async Task StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            _process = Start(new Fate.None());
            if (await ListensAsync(_process, _process.ExitAsync(Forever), CancellationToken.None))
                return;

            if (attempt == 10)
                throw new InvalidOperationException($"{name} does not start: {_process.Error}");
            await _process.DisposeAsync();
        }
    }

    /// <summary>Stops the life that <see cref="StartAsync"/> began, as a service manager does.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        process.Terminate();
        if (await process.ExitAsync(LongestStop) is not 0 and var code)
            tally.Violation($"{name} ended its stop with {code}: {LastLines(process)}");
        await process.DisposeAsync();
        _process = null;
    }

    private HostProcess Start(Fate fate)
    {
        List<(string, string)> variables =
        [
            .. environment,
            ("Grains__LeaseDuration", pace.Lease.ToString("c", CultureInfo.InvariantCulture)),
            ("TICKETWORLD_PARENT_WATCH", "ppid"),
        ];
        var (point, pass) = fate switch
        {
            Fate.Crash crash => (crash.Point, crash.Pass),
            Fate.Stop { Point: { } ofStop } => (ofStop, 1),
            _ => (null, 0),
        };
        if (point is not null)
            variables.AddRange([(ChaosHost.PointVariable, point), (ChaosHost.PassVariable, $"{pass}")]);
        return HostProcess.Start("TicketWorld.Tests", folder, [ChaosHost.Command, kind, .. args], [.. variables]);
    }

    private async Task FollowAsync(HostProcess process, Task<int> end, Fate fate, CancellationToken calm)
    {
        if (fate is Fate.KillAtStart early)
        {
            if (!await EndsAsync(end, early.After, calm))
                await KillAsync(process);
        }
        else if (await ListensAsync(process, end, calm))
        {
            await MeetAsync(process, end, fate, calm);
        }
        else if (!end.IsCompleted)
        {
            await KillAsync(process);
        }
    }

    /// <summary>Lets a host that listens meet its fate.</summary>
    private async Task MeetAsync(HostProcess process, Task<int> end, Fate fate, CancellationToken calm)
    {
        switch (fate)
        {
            case Fate.Crash:
                if (!await EndsAsync(end, LongestLife * pace.Factor, calm))
                    await KillAsync(process);
                break;
            case Fate.Kill kill:
                if (!await EndsAsync(end, kill.After, calm))
                    await KillAsync(process);
                break;
            case Fate.Freeze freeze:
                if (await EndsAsync(end, freeze.After, calm))
                    break;
                tally.Fault(kind + " SIGSTOP for longer than a lease, SIGCONT");
                process.Signal("STOP");
                await Task.Delay(freeze.Time, CancellationToken.None);
                process.Signal("CONT");
                if (!await EndsAsync(end, pace.Lease, calm))
                    await KillAsync(process);
                break;
            case Fate.Stop stop:
                if (await EndsAsync(end, stop.After, calm))
                    break;
                process.Terminate();
                if (!await EndsAsync(end, LongestStop, CancellationToken.None))
                {
                    tally.Violation($"{name} did not stop within {LongestStop.TotalSeconds} s: {LastLines(process)}");
                    await KillAsync(process);
                }

                break;
        }
    }

    /// <summary>Whether it comes to listen; false when it ends before, or when it is calm.</summary>
    private async Task<bool> ListensAsync(HostProcess process, Task<int> end, CancellationToken calm)
    {
        var start = Stopwatch.GetTimestamp();
        var listening = process.LineAsync(line => line.Contains(Listening, StringComparison.Ordinal));
        var calmed = Task.Delay(Timeout.Infinite, calm);
        if (await Task.WhenAny(listening, end, calmed) != listening || !listening.IsCompletedSuccessfully)
            return false;
        pace.Observe(Stopwatch.GetElapsedTime(start));
        return true;
    }

    private void CountEnd(HostProcess process, int code, Fate fate, Fates fates)
    {
        var point = fate switch
        {
            Fate.Crash crash => crash.Point,
            Fate.Stop stop => stop.Point,
            _ => null,
        };
        switch (code)
        {
            case Killed when point is not null && process.HasLine(ChaosHost.LastWords(point)):
                tally.Crash(kind, point);
                break;
            case Killed:
                Again();
                break;
            case 0 when fate is Fate.Stop:
                tally.Fault(kind + " SIGTERM");
                Again();
                break;
            case StartFault when process.Error.Contains("The database", StringComparison.Ordinal):
                tally.Fault(kind + " started without a database");
                Again();
                break;
            default:
                tally.Violation($"{name} ended by itself with {code}: {LastLines(process)}");
                break;
        }

        void Again()
        {
            if (point is not null)
                fates.Again(point);
        }
    }

    /// <summary>Whether it ends within the time; false as well when it is calm.</summary>
    private static async Task<bool> EndsAsync(Task<int> end, TimeSpan time, CancellationToken calm)
    {
        try
        {
            await end.WaitAsync(time, calm);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task KillAsync(HostProcess process)
    {
        process.Kill();
        if (await process.ExitAsync() == Killed && !process.Output.Contains("crash point", StringComparison.Ordinal))
            tally.Kill(kind + " SIGKILL");
    }

    /// <summary>The beginning of what it wrote to its standard error, else the end of what it logged.</summary>
    private static string LastLines(HostProcess process) => string.Join(
        " | ",
        process.Error.Length > 0
            ? process.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(12)
            : process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(12));
}
