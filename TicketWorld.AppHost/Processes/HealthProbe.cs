using TicketWorld.AppHost.Logs;

namespace TicketWorld.AppHost.Processes;

/// <summary>Follows a running process: its health over HTTP, its processor time and its memory.</summary>
internal sealed class HealthProbe(IHttpClientFactory clients, ResourceBoard board, LogStore logs, TimeProvider time)
{
    /// <summary>The name of the HTTP client, which must not retry: one answer is one observation.</summary>
    public const string Client = "health";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Watches until cancelled, which is how it ends.</summary>
    public async Task WatchAsync(ProcessPlan plan, ChildProcess process, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(Client);
        using var timer = new PeriodicTimer(Interval, time);
        var (lastTime, lastProcessor) = (time.GetTimestamp(), TimeSpan.Zero);
        try
        {
            do
            {
                var health = await LookAsync(client, plan, cancellationToken);
                double? cpu = null;
                // A server's own process is a child of the one that keeps it; its figures would mean nothing.
                var usage = plan.Check is null ? process.Usage() : null;
                if (usage is { } now)
                {
                    var elapsed = time.GetElapsedTime(lastTime);
                    if (elapsed > TimeSpan.FromMilliseconds(100))
                        cpu = Math.Round(100 * (now.Processor - lastProcessor) / elapsed, 1);
                    (lastTime, lastProcessor) = (time.GetTimestamp(), now.Processor);
                }
                Report(plan, health, cpu, usage?.Memory);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The process ended or is to be stopped: there is nothing left to watch.
            return;
        }
    }

    private void Report(ProcessPlan plan, ResourceHealth health, double? cpu, long? memory)
    {
        var before = board.Find(plan.Name)!.Health;
        if (before != health)
            logs.Add(plan.Name, LogOrigin.AppHost, $"{plan.Name} is {(health == ResourceHealth.Healthy ? "healthy" : "not healthy")}{(plan.Address is null ? "" : $" at {plan.Address.GetLeftPart(UriPartial.Authority)}")}");
        board.Update(plan.Name, old => old with
        {
            State = health == ResourceHealth.Healthy ? ResourceState.Running : old.State,
            Health = health,
            CpuPercent = cpu,
            MemoryBytes = memory,
        });
    }

    private async Task<ResourceHealth> LookAsync(HttpClient client, ProcessPlan plan, CancellationToken cancellationToken)
    {
        if (plan.HealthAddress is null && plan.Check is null)
            return ResourceHealth.Healthy;
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            if (plan.Check is { } check)
                return await check(either.Token) ? ResourceHealth.Healthy : NotYet(plan);
            using var answer = await client.GetAsync(plan.HealthAddress, either.Token);
            return answer.IsSuccessStatusCode ? ResourceHealth.Healthy : ResourceHealth.Unhealthy;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return NotYet(plan);
        }
    }

    /// <summary>A process that has just started does not listen yet; it is not called unhealthy for that.</summary>
    private ResourceHealth NotYet(ProcessPlan plan) =>
        board.Find(plan.Name)!.State == ResourceState.Starting ? ResourceHealth.Unknown : ResourceHealth.Unhealthy;
}
