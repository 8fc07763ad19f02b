namespace TicketWorld.Support.Models;

/// <summary>Which models the desk has, and within which limits they are called.</summary>
public sealed record DeskModelOptions
{
    /// <summary><c>DEFAULT_MODEL</c> when it is not set.</summary>
    public const string GeneralModel = "anthropic/claude-3.5-sonnet";

    /// <summary><c>FALLBACK_MODEL</c> when it is not set.</summary>
    public const string GeneralFallback = "openai/gpt-4o-mini";

    public ModelProvider Provider { get; init; } = ModelProvider.None;

    /// <summary>The name that <see cref="Primary"/> has in settings; also said when there is no provider.</summary>
    public string Model { get; init; } = GeneralModel;

    /// <summary>Likewise of <see cref="Fallback"/>; null for none.</summary>
    public string? FallbackModel { get; init; } = GeneralFallback;

    /// <summary>The model that is asked first; null for rules alone.</summary>
    public ModelTarget? Primary { get; init; }

    /// <summary>The model that is asked when the first gave no answer; null for none.</summary>
    public ModelTarget? Fallback { get; init; }

    /// <summary>Most tokens of one answer.</summary>
    public int MaxTokens { get; init; } = 4096;

    /// <summary>For steps that have none of their own.</summary>
    public float Temperature { get; init; } = 0.3f;

    /// <summary>Most tokens of a customer's text that a prompt holds; of longer ones the middle is left out.</summary>
    public int MaxTicketTokens { get; init; } = 6000;

    /// <summary>Attempts in all.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Pause before the second attempt, and the shortest; it doubles.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest pause. Where the endpoint asks for a longer one, it is not called again.</summary>
    public TimeSpan MaxRetryPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time limit of one attempt.</summary>
    public TimeSpan AttemptTimeLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Calls that may fail in a row before the model is left alone for <see cref="BreakerPause"/>.</summary>
    public int BreakerFailures { get; init; } = 5;

    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls that run at a time, of all models together.</summary>
    public int Concurrency { get; init; } = 10;

    /// <summary>Most that the calls of this process may cost, in US dollars; null for no limit.</summary>
    public decimal? MaxCost { get; init; }

    public PriceTable Prices { get; init; } = PriceTable.Default;

    /// <summary>Folder where answers are kept, also beyond the process; null for the cache that hosts share.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>A model's result below it gives way to the rules'.</summary>
    public double ConfidenceThreshold { get; init; } = 0.6;

    /// <summary>Time limit of a ticket's whole way through the pipeline.</summary>
    public TimeSpan WorkflowTimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    public ModelStepOptions Classification { get; init; } = new() { Temperature = 0.2f };

    public ModelStepOptions Extraction { get; init; } = new() { Temperature = 0.1f };

    public ModelStepOptions Response { get; init; } = new() { Temperature = 0.7f };

    /// <summary>Why there is no model although a provider is named; null otherwise. For the log at start.</summary>
    public string? Notice { get; init; }

    /// <summary>Whether there is a model at all.</summary>
    public bool HasModel => Primary is not null;

    public ModelStepOptions Of(ModelStep step) => step switch
    {
        ModelStep.Classification => Classification,
        ModelStep.Extraction => Extraction,
        _ => Response,
    };

    /// <summary>The price of a model, by either of its names; null when the table has none.</summary>
    public ModelPrice? PriceOf(ModelTarget target) => Prices.Find(target.Name) ?? Prices.Find(target.OwnName);
}
