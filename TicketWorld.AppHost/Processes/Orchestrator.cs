using TicketWorld.AppHost.Logs;

namespace TicketWorld.AppHost.Processes;

/// <summary>Runs a supervisor for every process, from the moment the dashboard answers until the AppHost stops.</summary>
internal sealed class Orchestrator : BackgroundService
{
    private readonly ApplicationPlan _plan;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ConsoleStream _console;
    private readonly LogStore _logs;
    private readonly Dictionary<string, Supervisor> _supervisors;

    public Orchestrator(
        ApplicationPlan plan, ResourceBoard board, LogStore logs, ConsoleStream console, IHttpClientFactory clients,
        IHostApplicationLifetime lifetime, TimeProvider time)
    {
        (_plan, _lifetime, _console, _logs) = (plan, lifetime, console, logs);
        var probe = new HealthProbe(clients, board, logs, time);
        _supervisors = plan.Processes.ToDictionary(process => process.Name, process => new Supervisor(process, board, logs, probe, time));
    }

    /// <summary>Asks for a change of one process; false when there is none of this name.</summary>
    public bool Ask(string name, Wish wish)
    {
        if (!_supervisors.TryGetValue(name, out var supervisor))
            return false;
        supervisor.Ask(wish);
        return true;
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
        await Task.WhenAll(_supervisors.Values.Select(supervisor => supervisor.RunAsync(stoppingToken)));
        _logs.Close();
        await printing;
    }

    private async Task<bool> StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var yes = _lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using var no = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task;
    }
}
