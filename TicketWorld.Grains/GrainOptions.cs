namespace TicketWorld.Grains;

/// <summary>The settings of the grain runtime: section <c>Grains</c> of the configuration.</summary>
public sealed class GrainOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Grains";

    /// <summary>How long a lease holds without renewal. A running turn renews it after a third of this. 1 s to 10 min.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a turn that throws is tried before its message is parked. 1 to 100.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How often a turn may be cut off by the death of its silo before its message is parked. 1 to 1000.</summary>
    public int MaxInterruptions { get; set; } = 50;

    /// <summary>The wait before the second attempt; doubled for each one after it. 1 ms to 10 min.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between attempts. <see cref="BackOff"/> to 1 day.</summary>
    public TimeSpan MaxBackOff { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an activation keeps its state in memory and its lease without a turn. 1 s to 1 day.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many turns run at a time in each of the normal and the bulk lane. 1 to 256.</summary>
    public int Concurrency { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>How many interactive turns run at a time, beside those of the other lanes. 1 to 256.</summary>
    public int InteractiveConcurrency { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>How many turns may wait at a time for something outside, such as a model. 1 to 4096.</summary>
    public int OutsideConcurrency { get; set; } = 64;

    /// <summary>How many short turns a lane may have claimed, running or waiting for their commit. 1 to 4096.</summary>
    public int TurnsInFlight { get; set; } = 64;

    /// <summary>How long a caller outside a grain waits for a reply. 10 ms to 1 h.</summary>
    public TimeSpan CallTimeLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a finished message is kept, and with it its reply and its identity against duplicates. 1 min to 365 days.</summary>
    public TimeSpan KeepFinished { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The longest pause before the silo looks for work without a hint. 10 ms to 1 min.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a silo that stops waits for running turns before it calls them off. 0 to 10 min.</summary>
    public TimeSpan StopTimeLimit { get; set; } = TimeSpan.FromSeconds(2);
}
