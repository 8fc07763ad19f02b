using Microsoft.Extensions.AI;
using TicketWorld.Support.Caching;

namespace TicketWorld.Support.Models;

/// <summary>
/// A model with everything that stands between it and its callers, outermost first: cache (what is known costs nothing), failure limit, retries
/// (whose pauses hold no place), concurrency, budget (each attempt is paid), time limit, the endpoint.
/// </summary>
public sealed class ModelClient : IDisposable
{
    private readonly ModelLedger _ledger = new();

    /// <param name="draw">A number from 0 to 1 that spreads the pauses between attempts.</param>
    /// <param name="shared">Where answers are kept, in place of the folder that the options name; null for the folder.</param>
    /// <exception cref="ArgumentException">A budget is set and the model has no price.</exception>
    public ModelClient(ModelOptions options, TimeProvider time, Func<double> draw, ISharedCache? shared = null)
        : this(options, time, draw, new OpenAIProtocolClient(new ModelTarget(options.Model, options.Model, new ModelEndpoint(ModelProvider.OpenAI, options.BaseUrl) { Key = options.Key }), time), shared)
    {
    }

    internal ModelClient(ModelOptions options, TimeProvider time, Func<double> draw, IChatClient endpoint, ISharedCache? shared = null)
    {
        Options = options;
        Price = options.Price ?? options.Prices.Find(options.Model);
        if (options.MaxCost is not null && Price is null)
            throw new ArgumentException($"The model {options.Model} has no price in the table, so a budget cannot be kept.", nameof(options));
        IChatClient client = new TimeLimitChatClient(endpoint, options.TimeLimit, time);
        client = new BudgetChatClient(client, Price, new SpendingLimit(options.MaxCost, _ledger), options.MaxTokens, _ledger);
        client = new ConcurrencyChatClient(client, new SemaphoreSlim(options.Concurrency), ownsPlaces: true);
        client = new RetryChatClient(client, options.Retries, options.RetryPause, options.MaxRetryPause, time, draw);
        client = new FailureLimitChatClient(client, options.FailureLimit, _ledger);
        AnswerCache? cache = shared is not null ? new SharedAnswerCache(shared) : options.CacheFolder is { } folder ? new FolderAnswerCache(folder) : null;
        if (cache is not null)
            client = new CachingChatClient(client, options.Model, cache, _ledger);
        Chat = client;
    }

    public ModelOptions Options { get; }

    public ModelPrice? Price { get; }

    public IChatClient Chat { get; }

    /// <summary>What the calls took so far.</summary>
    public ModelUsage Usage => _ledger.Usage;

    public void Dispose() => Chat.Dispose();
}
