namespace TicketWorld.Support.Workflow;

/// <summary>Times one step.</summary>
public readonly struct StepClock
{
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;
    private readonly long _start;

    private StepClock(TimeProvider time) => (_time, _startedAt, _start) = (time, time.GetUtcNow(), time.GetTimestamp());

    public static StepClock Start(TimeProvider time) => new(time);

    /// <summary>The step, which ends now.</summary>
    public WorkflowStep End(string name, StepStatus status = StepStatus.Completed, StepForm? form = StepForm.Rules, bool fallback = false, string? error = null)
    {
        var duration = _time.GetElapsedTime(_start);
        return new()
        {
            StepName = name,
            Status = status,
            StartedAt = _startedAt,
            CompletedAt = _startedAt + duration,
            DurationMs = Math.Round(duration.TotalMilliseconds, 3),
            Form = status == StepStatus.Skipped ? null : form,
            FallbackUsed = fallback,
            Error = error,
        };
    }
}
