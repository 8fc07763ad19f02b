using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TicketWorld.Grains.Runtime;

/// <summary>Traces and measures of the runtime, both under the name <see cref="Name"/>.</summary>
internal static class GrainTelemetry
{
    public const string Name = "TicketWorld.Grains";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Turns =
        Meter.CreateCounter<long>("ticketworld.grains.turns", "{turn}", "Turns by outcome: committed, refused, retried, parked, lease_lost.");

    public static readonly Histogram<double> TurnDuration =
        Meter.CreateHistogram<double>("ticketworld.grains.turn.duration", "s", "From the start of a turn to its commit.");

    public static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("ticketworld.grains.retries", "{turn}", "Turns that threw and will be tried again.");

    public static readonly Counter<long> Parked =
        Meter.CreateCounter<long>("ticketworld.grains.parked", "{message}", "Messages parked after their last attempt.");

    private static Func<IEnumerable<Measurement<long>>>? _depth;

    static GrainTelemetry() => Meter.CreateObservableGauge(
        "ticketworld.grains.queue.depth", () => _depth?.Invoke() ?? [], "{message}", "Messages by state: ready, delayed, leased, parked.");

    /// <summary>Sets where the queue depth is read; the last silo of a process wins.</summary>
    public static void ObserveDepth(Func<IEnumerable<Measurement<long>>>? depth) => _depth = depth;
}
