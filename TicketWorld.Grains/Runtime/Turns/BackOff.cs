using Microsoft.Extensions.Options;

namespace TicketWorld.Grains.Runtime;

/// <summary>How long a message waits after a failed attempt.</summary>
internal interface IBackOff
{
    /// <param name="attempt">The attempt that failed, from 1.</param>
    TimeSpan After(int attempt);
}

/// <summary>Doubles the wait with every attempt up to a bound, and takes a random part of the upper half, so that what failed together does not come back together.</summary>
internal sealed class ExponentialBackOff(IOptions<GrainOptions> options, Random random) : IBackOff
{
    private readonly Lock _gate = new();

    public TimeSpan After(int attempt)
    {
        var longest = options.Value.MaxBackOff;
        var doublings = Math.Min(attempt - 1, 40);
        var full = Math.Min(longest.TotalMilliseconds, options.Value.BackOff.TotalMilliseconds * Math.Pow(2, doublings));
        double part;
        lock (_gate)
            part = 0.5 + (random.NextDouble() / 2);
        return TimeSpan.FromMilliseconds(full * part);
    }
}
