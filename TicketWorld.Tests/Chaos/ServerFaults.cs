namespace TicketWorld.Tests.Chaos;

/// <summary>What befalls the servers and the ways to them, in an order that the seed gives: each kind before any comes again.</summary>
internal sealed class ServerFaults(Random random, Pace pace, IReadOnlyList<HalfOpenProxy> ways, ChaosOptions options, Tally tally)
{
    private const string Redis = "Redis kill -9";

    private readonly List<Task> _silences = [];

    private static readonly string[] Kinds =
    [
        "PostgreSQL restarted fast", "PostgreSQL restarted immediate", Redis, "connections cut", "connections silent, both ways, then reset",
        "connections silent to the server, then reset", "connections silent to the client, then reset", "connections cut", "connections silent to the client, then reset",
    ];

    /// <summary>Whether every kind has happened.</summary>
    public bool IsComplete => Kinds.All(kind => tally.Faults.ContainsKey(kind) || tally.Kills.ContainsKey(kind));

    public async Task RunAsync(CancellationToken calm)
    {
        var due = new Queue<string>();
        while (await WaitAsync(pace.Draw(random, options.FaultPause.Least, options.FaultPause.Most), calm))
        {
            if (due.Count == 0)
            {
                foreach (var kind in Kinds.OrderBy(_ => random.Next()).ToList())
                    due.Enqueue(kind);
            }

            await HappenAsync(due.Dequeue(), random.Next(ways.Count), random.NextDouble(), calm);
        }

        await Task.WhenAll(_silences);
    }

    private async Task HappenAsync(string kind, int way, double share, CancellationToken calm)
    {
        var proxy = ways[way];
        switch (kind)
        {
            case "PostgreSQL restarted fast":
                await TestInstances.ControlAsync("restart-postgres", "fast");
                break;
            case "PostgreSQL restarted immediate":
                await TestInstances.ControlAsync("restart-postgres", "immediate");
                break;
            case Redis:
                await TestInstances.ControlAsync("kill-redis");
                tally.Kill(Redis);
                await WaitAsync(TimeSpan.FromSeconds(2 * share), calm);
                await TestInstances.ControlAsync("start-redis");
                return;
            case "connections cut":
                proxy.Cut();
                break;
            default:
                if (proxy.IsSilent)
                    return;

                // From a moment to several leases.
                var silence = kind.Contains("both", StringComparison.Ordinal) ? Silence.Both
                    : kind.Contains("server", StringComparison.Ordinal) ? Silence.ToServer : Silence.ToClient;
                _silences.Add(proxy.FallSilentAsync(silence, TimeSpan.FromSeconds(0.2) + (pace.Lease * (4 * share)), calm));
                break;
        }

        tally.Fault(kind);
    }

    private static async Task<bool> WaitAsync(TimeSpan time, CancellationToken calm)
    {
        await Task.Delay(time, calm).ContinueWith(_ => { }, TaskScheduler.Default);
        return !calm.IsCancellationRequested;
    }
}
