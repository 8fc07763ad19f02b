using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TicketWorld.Support.Caching;

namespace TicketWorld.Support.Models;

/// <summary>
/// The desk's models. Between a step and an endpoint stand, outermost first: the step's time limit, cache, fallback; then for each model by itself circuit breaker and
/// retries; then, for all models together, concurrency (pauses hold no place) and budget (each attempt is paid); and telemetry and time limit of the attempt.
/// </summary>
public sealed class DeskModels : IDisposable
{
    private readonly ModelLedger _ledger;
    private readonly Dictionary<ModelTarget, IChatClient> _clients = [];
    private readonly Dictionary<ModelStep, StructuredChat> _steps = [];
    private readonly SemaphoreSlim _free;
    private readonly SpendingLimit _spending;
    private readonly TimeProvider _time;
    private readonly Func<double> _draw;
    private readonly ILogger _log;

    /// <param name="draw">A number from 0 to 1 that spreads the pauses between attempts. Called by many threads.</param>
    /// <param name="shared">Where answers are kept when the options name no folder; null for nowhere.</param>
    /// <param name="log">Where prompts and answers are written at the level trace.</param>
    /// <param name="before">Models that these replace, with whose calls they share places and limit of cost; <see cref="ApplyBudget"/> sets theirs.</param>
    public DeskModels(DeskModelOptions options, TimeProvider time, Func<double> draw, ISharedCache? shared = null, ILogger? log = null, DeskModels? before = null)
    {
        _ledger = before?._ledger ?? new ModelLedger();
        Options = options;
        _time = time;
        _draw = draw;
        _log = log ?? NullLogger.Instance;
        _free = before?.Options.Concurrency == options.Concurrency ? before._free : new SemaphoreSlim(options.Concurrency);
        _spending = before?._spending ?? new SpendingLimit(options.MaxCost, _ledger);
        AnswerCache? cache = options.CacheFolder is { } folder ? new FolderAnswerCache(folder) : shared is not null ? new SharedAnswerCache(shared) : null;
        foreach (var step in Enum.GetValues<ModelStep>())
        {
            if (options.Of(step) is { IsEnabled: true } how && (how.Model ?? options.Primary) is { } target)
                _steps[step] = new StructuredChat(Chat(target, cache), step, how, options, time);
        }
    }

    public DeskModelOptions Options { get; }

    /// <summary>What the calls took since the process began.</summary>
    public ModelUsage Usage => _ledger.Usage;

    /// <summary>What asks a model for the step; null when rules alone take it.</summary>
    public StructuredChat? For(ModelStep step) => _steps.GetValueOrDefault(step);

    /// <summary>Sets the limit of these models' options on what they and those before them spend.</summary>
    public void ApplyBudget() => _spending.Change(Options.MaxCost);

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private IChatClient Chat(ModelTarget target, AnswerCache? cache)
    {
        var client = Client(target);
        if (Options.Fallback is { } fallback && fallback != target)
            client = new FallbackChatClient(client, target.Name, Client(fallback), fallback.Name);
        return cache is null ? client : new CachingChatClient(client, target.Name, cache, _ledger);
    }

    private IChatClient Client(ModelTarget target)
    {
        if (_clients.TryGetValue(target, out var known))
            return known;
        IChatClient client = target.Endpoint.Provider == ModelProvider.Anthropic ? new AnthropicProtocolClient(target, _time) : new OpenAIProtocolClient(target, _time);
        client = new TimeLimitChatClient(client, Options.AttemptTimeLimit, _time);
        client = new TelemetryChatClient(client, target, _time, _log);
        client = new BudgetChatClient(client, Options.PriceOf(target), _spending, Options.MaxTokens, _ledger);
        client = new ConcurrencyChatClient(client, _free, ownsPlaces: false);
        client = new RetryChatClient(client, Options.Attempts - 1, Options.RetryPause, Options.MaxRetryPause, _time, _draw, Options.RetryPause, waitsLonger: false);
        client = new CircuitBreakerChatClient(client, target.Name, Options.BreakerFailures, Options.BreakerPause, Slow(), _time);
        return _clients[target] = client;
    }

    /// <summary>A little less than the shortest of the time limits that can end a call.</summary>
    private TimeSpan Slow() => Enum.GetValues<ModelStep>().Select(step => Options.Of(step).TimeLimit).Append(Options.AttemptTimeLimit).Min() * 0.9;
}
