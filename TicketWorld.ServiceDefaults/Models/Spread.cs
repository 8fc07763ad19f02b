using System.Security.Cryptography;

namespace TicketWorld.ServiceDefaults.Models;

/// <summary>Numbers from 0 to 1 that spread the pauses between attempts, so that callers that failed together do not come back together. Nothing else depends on them.</summary>
public sealed class Spread
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(RandomNumberGenerator.GetInt32(int.MaxValue));

    /// <summary>The next number. Safe for many threads.</summary>
    public double Next()
    {
        lock (_gate)
            return _random.NextDouble();
    }
}
