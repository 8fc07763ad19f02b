using Microsoft.Extensions.Primitives;
using TicketWorld.ServiceDefaults;
using TicketWorld.Support.Models;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Silo;

/// <summary>What settings say of models.</summary>
/// <param name="Options">The options.</param>
/// <param name="Values">The settings that they were read from.</param>
internal sealed record ModelsOfSettings(DeskModelOptions Options, IReadOnlyDictionary<string, string?> Values);

/// <summary>
/// The models of the steps, made anew when settings have changed. Settings that are wrong are named in the log and change nothing. A call that is under way ends
/// with the model that it began with, and what was spent counts on.
/// </summary>
internal sealed class ReloadedModels : IStepModels, IDisposable
{
    /// <summary>The longest that a run can use models that were replaced.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(11);

    private readonly Func<ModelsOfSettings> _read;
    private readonly Func<DeskModelOptions, DeskModels?, DeskModels> _make;
    private readonly Func<DeskModels, IStepModels> _steps;
    private readonly TimeProvider _time;
    private readonly ILogger<ReloadedModels> _log;
    private readonly IDisposable _listening;
    private readonly Lock _gate = new();
    private readonly List<(DeskModels Models, long At)> _replaced = [];
    private volatile Current _current;
    private IReadOnlyDictionary<string, string?> _values;
    private bool _disposed;

    /// <param name="first">The settings that the host starts with.</param>
    /// <param name="read">Reads them anew; throws <see cref="StartFaultException"/> when they are wrong.</param>
    /// <param name="changed">Says that settings may have changed.</param>
    /// <param name="make">Makes models, which go on with what earlier ones have spent.</param>
    /// <param name="steps">Steps over models.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where a change, and one that was refused, is said.</param>
    public ReloadedModels(
        ModelsOfSettings first, Func<ModelsOfSettings> read, Func<IChangeToken> changed, Func<DeskModelOptions, DeskModels?, DeskModels> make,
        Func<DeskModels, IStepModels> steps, TimeProvider time, ILogger<ReloadedModels> log)
    {
        (_read, _make, _steps, _time, _log) = (read, make, steps, time, log);
        _values = first.Values;
        var models = make(first.Options, null);
        _current = new(models, first.Options.HasModel ? steps(models) : new NoStepModels());
        Say(first.Options);
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
            var before = _current.Models;
            DeskModels? made = null;
            try
            {
                var (options, values) = _read();
                if (values.SequenceEqual(_values))
                    return;
                if (before.Options.MaxCost is { } most && options.MaxCost is null)
                    throw new StartFaultException($"MAX_MODEL_COST was {most} and is not set any more. Set it, to a higher sum if need be; a limit is lifted by a restart alone.");
                made = _make(options, before);
                _current = new(made, options.HasModel ? _steps(made) : new NoStepModels());
                _values = values;
            }
            catch (Exception fault)
            {
                // Whatever it was, the host goes on with what it has.
                made?.Dispose();
                _log.LogError("The changed settings of models are not used: {Faults}", fault is StartFaultException ? fault.Message : $"{fault.GetType().Name}: {fault.Message}");
                return;
            }

            made.ApplyBudget();
            foreach (var (models, _) in _replaced.Where(old => _time.GetElapsedTime(old.At) > LongestRun))
                models.Dispose();
            _replaced.RemoveAll(old => _time.GetElapsedTime(old.At) > LongestRun);
            _replaced.Add((before, _time.GetTimestamp()));
            Say(made.Options);
        }
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
