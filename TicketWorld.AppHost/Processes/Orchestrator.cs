using TicketWorld.AppHost.Logs;

namespace TicketWorld.AppHost.Processes;

/// <summary>
/// Runs a supervisor for every process, from the moment the dashboard answers until the AppHost stops. Processes that wait for
/// others at the start stop before them.
/// </summary>
internal sealed class Orchestrator : BackgroundService
{
    /// <summary>How long a clean stop may take: of the projects, then of the servers.</summary>
    public static readonly TimeSpan StopPatience = 2 * Supervisor.StopPatience;

    private readonly ApplicationPlan _plan;
    private readonly ResourceBoard _board;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ConsoleStream _console;
    private readonly LogStore _logs;
    private readonly Func<ProcessPlan, Supervisor> _supervisor;
    private readonly Lock _gate = new();
    private readonly List<Member> _members = [];
    private bool _running;

    public Orchestrator(
        ApplicationPlan plan, ResourceBoard board, LogStore logs, ConsoleStream console, IHttpClientFactory clients,
        IHostApplicationLifetime lifetime, TimeProvider time)
    {
        (_plan, _board, _lifetime, _console, _logs) = (plan, board, lifetime, console, logs);
        var probe = new HealthProbe(clients, board, logs, time);
        _supervisor = process => new(process, board, logs, probe, time);
    }

    /// <summary>Asks for a change of one process; false when there is none of this name.</summary>
    public bool Ask(string name, Wish wish)
    {
        lock (_gate)
        {
            if (_members.Find(member => member.Plan.Name == name) is not { } found)
                return false;
            found.Supervisor.Ask(wish);
            return true;
        }
    }

    /// <summary>How often a project runs and may run; null when its number cannot be changed.</summary>
    public ScaleView? Scale(string resource)
    {
        lock (_gate)
        {
            return _plan.Scalable.FirstOrDefault(plan => plan.Resource == resource) is not { } scalable ? null
                : new(resource, Replicas(resource).Count, scalable.Most, scalable.Refusal ?? (_running ? null : "the AppHost is starting or stopping"));
        }
    }

    /// <summary>All projects whose number can be changed.</summary>
    public IReadOnlyList<ScaleView> Scales => [.. _plan.Scalable.Select(plan => Scale(plan.Resource)!)];

    /// <summary>
    /// Starts or stops replicas until a project runs this often. The ones of the highest numbers stop first, and cleanly: a silo
    /// ends its turns or hands them back. A number is given again only when its process is gone.
    /// </summary>
    /// <returns>The new state, whose <see cref="ScaleView.Refusal"/> says why nothing was changed; null for a project that is none of them.</returns>
    public ScaleView? SetScale(string resource, int replicas)
    {
        List<Member> surplus;
        lock (_gate)
        {
            if (Scale(resource) is not { Refusal: null })
                return Scale(resource);
            var scalable = _plan.Scalable.First(plan => plan.Resource == resource);
            var current = Replicas(resource);
            surplus = current[Math.Min(replicas, current.Count)..];
            foreach (var member in surplus)
                member.IsRemoved = true;
            for (var missing = replicas - current.Count; missing > 0; missing--)
            {
                var taken = _members.Where(member => member.Plan.Resource == resource).Select(member => member.Plan.Replica).ToHashSet();
                var plan = scalable.Replica(Enumerable.Range(0, int.MaxValue).First(number => !taken.Contains(number)));
                _board.Add(plan);
                Start(Add(plan));
            }
        }
        foreach (var member in surplus)
            member.Stop();
        return Scale(resource);
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _plan.CheckPrograms();
        _plan.CheckPorts();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Children start only once the dashboard's own port is known to be free.
        if (!await StartedAsync(stoppingToken))
            return;
        _console.PrintAddresses();
        var printing = _console.PrintLinesAsync();
        lock (_gate)
        {
            foreach (var process in _plan.Processes)
                Start(Add(process));
            _running = true;
        }
        await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopMembersAsync();
        _logs.Close();
        await printing;
    }

    /// <summary>Stops all processes: again and again those that no other one still needs.</summary>
    private async Task StopMembersAsync()
    {
        lock (_gate)
            _running = false;
        while (true)
        {
            List<Member> free;
            lock (_gate)
            {
                if (_members.Count == 0)
                    return;
                var needed = _members.SelectMany(member => member.Plan.WaitsFor).ToHashSet();
                free = _members.FindAll(member => !needed.Contains(member.Plan.Name));
                // Those that wait for each other never started; they may stop in any order.
                if (free.Count == 0)
                    free = [.. _members];
            }
            foreach (var member in free)
                member.Stop();
            await Task.WhenAll(free.Select(member => member.Running));
        }
    }

    private List<Member> Replicas(string resource) =>
        [.. _members.Where(member => member.Plan.Resource == resource && !member.IsRemoved).OrderBy(member => member.Plan.Replica)];

    private Member Add(ProcessPlan process)
    {
        var member = new Member(process, _supervisor(process));
        _members.Add(member);
        return member;
    }

    private void Start(Member member) => member.Running = Task.Run(async () =>
    {
        try
        {
            await member.Supervisor.RunAsync(member.Removal);
        }
        catch (Exception exception)
        {
            _logs.Add(member.Plan.Name, LogOrigin.AppHost, $"{member.Plan.Name} is not watched any more because of a defect: {exception}");
            throw;
        }
        finally
        {
            lock (_gate)
                _members.Remove(member);
            // Replicas that were taken away go from the display; at the end of the AppHost everything stays as it ended.
            if (member.IsRemoved)
                _board.Remove(member.Plan.Name);
            member.Dispose();
        }
    });

    private async Task<bool> StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var yes = _lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using var no = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    /// <summary>A process that is to be there, until it is removed.</summary>
    private sealed class Member(ProcessPlan plan, Supervisor supervisor) : IDisposable
    {
        private readonly CancellationTokenSource _removal = new();
        private readonly Lock _gate = new();
        private bool _ended;

        public ProcessPlan Plan => plan;

        public Supervisor Supervisor => supervisor;

        public CancellationToken Removal => _removal.Token;

        /// <summary>Whether it is no longer to be there.</summary>
        public bool IsRemoved { get; set; }

        /// <summary>Completes when the process has stopped after its removal.</summary>
        public Task Running { get; set; } = Task.CompletedTask;

        /// <summary>Asks for the end of the process, unless it has ended already.</summary>
        public void Stop()
        {
            lock (_gate)
            {
                if (!_ended)
                    _removal.Cancel();
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _ended = true;
                _removal.Dispose();
            }
        }
    }
}

/// <summary>How often a project runs.</summary>
/// <param name="Resource">Its name.</param>
/// <param name="Replicas">How often it is to run.</param>
/// <param name="Most">How often it may run.</param>
/// <param name="Refusal">Why the number cannot be changed; null when it can.</param>
internal sealed record ScaleView(string Resource, int Replicas, int Most, string? Refusal);
