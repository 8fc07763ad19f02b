using Microsoft.Extensions.Options;

namespace TicketWorld.Grains.Runtime;

/// <summary>Checks each setting against its range, and names its key when it is out of it.</summary>
internal sealed class GrainOptionsValidation : IValidateOptions<GrainOptions>
{
    public ValidateOptionsResult Validate(string? name, GrainOptions options)
    {
        var wrong = new List<string>();
        Check(nameof(options.LeaseDuration), options.LeaseDuration, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(nameof(options.MaxAttempts), options.MaxAttempts, 1, 100);
        Check(nameof(options.MaxInterruptions), options.MaxInterruptions, 1, 1000);
        Check(nameof(options.BackOff), options.BackOff, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        Check(nameof(options.MaxBackOff), options.MaxBackOff, options.BackOff, TimeSpan.FromDays(1));
        Check(nameof(options.IdleTime), options.IdleTime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Check(nameof(options.Concurrency), options.Concurrency, 1, 256);
        Check(nameof(options.InteractiveConcurrency), options.InteractiveConcurrency, 1, 256);
        Check(nameof(options.OutsideConcurrency), options.OutsideConcurrency, 1, 4096);
        Check(nameof(options.TurnsInFlight), options.TurnsInFlight, 1, 4096);
        Check(nameof(options.CallTimeLimit), options.CallTimeLimit, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        Check(nameof(options.KeepFinished), options.KeepFinished, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365));
        Check(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Check(nameof(options.StopTimeLimit), options.StopTimeLimit, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Check<T>(string key, T value, T least, T most)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
                wrong.Add($"{GrainOptions.Section}:{key} is {value}, and must be from {least} to {most}. Correct it in the configuration, or leave it out for the default.");
        }
    }
}
