using Microsoft.Extensions.Primitives;
using TicketWorld.ServiceDefaults;
using TicketWorld.Support.Models;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Silo;

/// <summary>
/// The models of the steps, made anew when settings have changed. Settings that are wrong are named in the log and change nothing. A call that is under way ends
/// with the model that it began with, and what was spent counts on.
/// </summary>
internal sealed class ReloadedModels : IStepModels, IDisposable
{
    /// <summary>The longest that a run can use models that were replaced.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(11);

    private readonly Func<DeskModelOptions> _read;
    private readonly Func<DeskModelOptions, DeskModels?, DeskModels> _make;
    private readonly Func<DeskModels, IStepModels> _steps;
    private readonly TimeProvider _time;
    private readonly ILogger<ReloadedModels> _log;
    private readonly IDisposable _listening;
    private readonly Lock _gate = new();
    private readonly List<(DeskModels Models, DateTimeOffset At)> _replaced = [];
    private volatile Current _current;
    private bool _disposed;

    /// <param name="first">The options that the host starts with.</param>
    /// <param name="read">Reads the options anew; throws <see cref="StartFaultException"/> when they are wrong.</param>
    /// <param name="changed">Says that settings may have changed.</param>
    /// <param name="make">Makes models, which go on with what earlier ones have spent.</param>
    /// <param name="steps">Steps over models.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where a change, and one that was refused, is said.</param>
    public ReloadedModels(
        DeskModelOptions first, Func<DeskModelOptions> read, Func<IChangeToken> changed, Func<DeskModelOptions, DeskModels?, DeskModels> make,
        Func<DeskModels, IStepModels> steps, TimeProvider time, ILogger<ReloadedModels> log)
    {
        (_read, _make, _steps, _time, _log) = (read, make, steps, time, log);
        _current = Of(first, before: null);
        Say(first);
        _listening = ChangeToken.OnChange(changed, Reload);
    }

    public bool HasModel => _current.Models.Options.HasModel;

    public double LeastConfidence => _current.Steps.LeastConfidence;

    public TimeSpan TimeLimit => _current.Steps.TimeLimit;

    public bool Does(string step) => _current.Steps.Does(step);

    /// <summary>Asks; when the models of a step have gone since it was begun, the answer is that, and rules take the step.</summary>
    public Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var steps = _current.Steps;
        return steps.Does(question.StepName)
            ? steps.AskAsync(question, cancellationToken)
            : Task.FromResult(new ModelAnswer { StepName = question.StepName, StartedAt = _time.GetUtcNow(), DurationMs = 0, Error = "The settings no longer name a model for this step." });
    }

    public void Dispose()
    {
        _listening.Dispose();
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            foreach (var (models, _) in _replaced)
                models.Dispose();
            _current.Models.Dispose();
        }
    }

    private void Reload()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            DeskModelOptions options;
            try
            {
                options = _read();
            }
            catch (StartFaultException fault)
            {
                _log.LogError("The changed settings of models are not used: {Faults}", fault.Message);
                return;
            }

            var now = _time.GetUtcNow();
            foreach (var (models, _) in _replaced.Where(old => now - old.At > LongestRun))
                models.Dispose();
            _replaced.RemoveAll(old => now - old.At > LongestRun);
            var before = _current.Models;
            _current = Of(options, before);
            _replaced.Add((before, now));
            Say(options);
        }
    }

    private Current Of(DeskModelOptions options, DeskModels? before)
    {
        var models = _make(options, before);
        return new(models, options.HasModel ? _steps(models) : new NoStepModels());
    }

    private void Say(DeskModelOptions options)
    {
        if (options.Notice is { } notice)
            _log.LogWarning("{Notice}", notice);
        if (options.HasModel)
            _log.LogInformation("Tickets are worked on with the model {Model}, and with {Fallback} where it fails", options.Model, options.FallbackModel ?? "rules");
    }

    private sealed record Current(DeskModels Models, IStepModels Steps);
}
