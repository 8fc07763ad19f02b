using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.Support.Models;

namespace TicketWorld.ServiceDefaults.Models;

/// <summary>Reads which models the desk has, and within which limits they are called. docs/models.md holds the table.</summary>
public static class DeskModelSettings
{
    private static readonly Dictionary<string, bool> YesNo = new() { ["true"] = true, ["false"] = false };

    /// <summary>The options that the settings give; faults are collected in <paramref name="settings"/>.</summary>
    public static DeskModelOptions Read(Settings settings)
    {
        var defaults = new DeskModelOptions();
        var names = new ModelNames(settings, new ProviderSettings(settings));
        var temperature = settings.Decimal("TEMPERATURE", 0, 2);
        var longestPause = settings.Seconds("MODEL_MAX_RETRY_PAUSE_SECONDS", defaults.MaxRetryPause.TotalSeconds, 0.001, 600);
        var options = defaults with
        {
            Provider = names.Provider,
            Model = names.Model,
            FallbackModel = names.FallbackModel,
            Primary = names.Primary,
            Fallback = names.Fallback,
            Notice = names.Notice,
            MaxTokens = settings.Int("MAX_TOKENS", defaults.MaxTokens, 64, 32_768),
            Temperature = (float)(temperature ?? (decimal)defaults.Temperature),
            MaxTicketTokens = settings.Int("MODEL_MAX_TICKET_TOKENS", defaults.MaxTicketTokens, 256, 100_000),
            Attempts = settings.Int("MODEL_ATTEMPTS", defaults.Attempts, 1, 10),
            MaxRetryPause = longestPause,
            RetryPause = settings.Seconds("MODEL_RETRY_PAUSE_SECONDS", Math.Min(defaults.RetryPause.TotalSeconds, longestPause.TotalSeconds), 0.001, longestPause.TotalSeconds),
            AttemptTimeLimit = settings.Seconds("MODEL_TIMEOUT_SECONDS", defaults.AttemptTimeLimit.TotalSeconds, 0.1, 600),
            BreakerFailures = settings.Int("MODEL_BREAKER_FAILURES", defaults.BreakerFailures, 1, 1000),
            BreakerPause = settings.Seconds("MODEL_BREAKER_PAUSE_SECONDS", defaults.BreakerPause.TotalSeconds, 0.1, 3600),
            Concurrency = settings.Int("MAX_CONCURRENT_REQUESTS", defaults.Concurrency, 1, 1000),
            MaxCost = settings.Decimal("MAX_MODEL_COST", 0, 1_000_000),
            Prices = ModelSettings.Prices(settings, defaults.Prices),
            CacheFolder = settings.Text("MODEL_CACHE_FOLDER", "") is { Length: > 0 } folder ? folder : null,
            ConfidenceThreshold = (double)(settings.Decimal("AI_CONFIDENCE_THRESHOLD", 0, 1) ?? (decimal)defaults.ConfidenceThreshold),
            WorkflowTimeLimit = settings.Seconds("WORKFLOW_TIMEOUT_SECONDS", defaults.WorkflowTimeLimit.TotalSeconds, 1, 600),
            Classification = Step(settings, names, "Classification", "ENABLE_AI_CLASSIFICATION", defaults.Classification, temperature),
            Extraction = Step(settings, names, "Extraction", "ENABLE_AI_EXTRACTION", defaults.Extraction, temperature),
            Response = Step(settings, names, "Response", "ENABLE_RESPONSE_GENERATION", defaults.Response, temperature),
        };
        settings.Only("Agents", [.. Enum.GetNames<ModelStep>()]);
        CheckPrices(settings, options);
        return options;
    }

    private static ModelStepOptions Step(Settings settings, ModelNames names, string step, string flag, ModelStepOptions defaults, decimal? temperature)
    {
        settings.Only($"Agents:{step}", "Model", "Temperature", "MaxTokens", "TimeLimitSeconds");
        var own = settings.Decimal($"Agents:{step}:Temperature", 0, 2);
        var tokens = settings.Int($"Agents:{step}:MaxTokens", 0, 64, 32_768);
        return defaults with
        {
            IsEnabled = settings.Choice(flag, "true", YesNo),
            Model = names.OfStep($"Agents:{step}:Model"),
            Temperature = (float)(own ?? temperature ?? (decimal)defaults.Temperature),
            MaxTokens = tokens == 0 ? null : tokens,
            TimeLimit = settings.Seconds($"Agents:{step}:TimeLimitSeconds", defaults.TimeLimit.TotalSeconds, 0.1, 600),
        };
    }

    /// <summary>A budget is kept by prices, so each model needs one.</summary>
    private static void CheckPrices(Settings settings, DeskModelOptions options)
    {
        if (options.MaxCost is not { } most)
            return;
        ModelTarget?[] targets = [options.Primary, options.Fallback, .. Enum.GetValues<ModelStep>().Select(step => options.Of(step).Model)];
        foreach (var target in targets.OfType<ModelTarget>().Distinct().Where(target => options.PriceOf(target) is null))
            settings.Fault("MAX_MODEL_COST", FormattableString.Invariant($"{most}"), $"prices of all models, and {target.Name} has none (add it to the file that LLM_PRICES names)", "no budget");
    }
}
