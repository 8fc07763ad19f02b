using System.Globalization;

namespace TicketWorld.Tests.Chaos;

/// <summary>
/// How much longer everything takes than on an idle machine, by how long hosts take to start. Lives and pauses are as many times
/// longer, and so are leases; what is checked stays the same.
/// </summary>
internal sealed class Pace
{
    private const double Slowest = 12;

    /// <summary>The part that the latest start has in the average.</summary>
    private const double Weight = 0.25;

    /// <summary>How long a host takes to start on an idle machine with two cores, among others that start too.</summary>
    private static readonly TimeSpan IdleStart = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(2);

    /// <summary>Beyond it too little would be taken over.</summary>
    private static readonly TimeSpan LongestLease = TimeSpan.FromSeconds(8);

    private readonly Lock _gate = new();
    private double _factor = 1;

    public double Factor
    {
        get
        {
            lock (_gate)
                return _factor;
        }
    }

    /// <summary>Of a silo that starts now; short, so that much is lost and taken over.</summary>
    public TimeSpan Lease => TimeSpan.FromTicks(Math.Min((ShortestLease * Factor).Ticks, LongestLease.Ticks));

    /// <summary>A host has taken so long to start.</summary>
    public void Observe(TimeSpan start)
    {
        lock (_gate)
            _factor = Math.Clamp(((1 - Weight) * _factor) + (Weight * (start / IdleStart)), 1, Slowest);
    }

    /// <summary>A time between two, which are those of an idle machine.</summary>
    public TimeSpan Draw(Random random, double leastSeconds, double mostSeconds) =>
        TimeSpan.FromSeconds(Factor * (leastSeconds + ((mostSeconds - leastSeconds) * random.NextDouble())));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"pace {Factor:F1}");
}
