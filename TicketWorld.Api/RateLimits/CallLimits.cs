using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.RateLimits;

namespace TicketWorld.Api.RateLimits;

/// <summary>How often callers may call.</summary>
/// <param name="Keyed">Holders of keys that have no limit of their own.</param>
/// <param name="Open">Callers without keys, where none are asked for.</param>
/// <param name="Failures">Keys that open nothing, from one address; null for any number.</param>
internal sealed record CallLimits(CallLimit Keyed, CallLimit Open, RateLimit? Failures)
{
    private const string AllKey = "RATE_LIMIT_PER_MINUTE";
    private const string Section = "RateLimit";
    private const string ReadsKey = "ReadsPerMinute";
    private const string WritesKey = "WritesPerMinute";
    private const string FailuresKey = "FailuresPerMinute";
    private const int Usual = 60;
    private const int UsualFailures = 20;
    private const int Most = 1_000_000;

    /// <summary>
    /// The limits that the settings give. <c>RATE_LIMIT_PER_MINUTE</c> puts one limit on reads and writes together, and outweighs those of the section
    /// <c>RateLimit</c>, which count them apart. Where neither is set holders of keys make 60 calls a minute and others any number.
    /// </summary>
    /// <exception cref="StartFaultException">A setting is wrong.</exception>
    public static CallLimits Read(IConfiguration configuration)
    {
        if (configuration.GetSection(Section).GetChildren().FirstOrDefault(child => child.Key is not (ReadsKey or WritesKey or FailuresKey)) is { } unknown)
            throw new StartFaultException($"{unknown.Path} is not a setting. Correct its name or remove it; the section knows {ReadsKey}, {WritesKey} and {FailuresKey}.");
        var settings = new Settings(configuration);
        var all = settings.Int(AllKey, Usual, 0, Most);
        var reads = settings.Int($"{Section}:{ReadsKey}", 0, 0, Most);
        var writes = settings.Int($"{Section}:{WritesKey}", 0, 0, Most);
        var failures = settings.Int($"{Section}:{FailuresKey}", UsualFailures, 0, Most);
        settings.ThrowIfFaulty();
        var apart = new CallLimit(CallLimit.Minute("reads", reads), CallLimit.Minute("writes", writes));
        var set = settings.Has(AllKey) ? CallLimit.OfAll(all)
            : settings.Has($"{Section}:{ReadsKey}") || settings.Has($"{Section}:{WritesKey}") ? apart
            : null;
        return new(set ?? CallLimit.OfAll(Usual), set ?? CallLimit.None, CallLimit.Minute("failures", failures));
    }
}
