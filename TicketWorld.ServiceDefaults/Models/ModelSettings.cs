using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.Support.Models;

namespace TicketWorld.ServiceDefaults.Models;

/// <summary>Reads which model is called, where, and within which limits. docs/models.md holds the table.</summary>
public static class ModelSettings
{
    /// <summary>The folder of the cache when none is set.</summary>
    public const string DefaultCache = ".ticketworld/models";

    /// <summary>The options that the settings give; faults are collected in <paramref name="settings"/>.</summary>
    public static ModelOptions Read(Settings settings)
    {
        var defaults = new ModelOptions();
        var key = settings.Text("OPENAI_API_KEY", "");
        var address = settings.Url("OPENAI_BASE_URL");
        if (key.Length == 0 && address is null)
            settings.Missing("OPENAI_API_KEY", "the key of the endpoint, or OPENAI_BASE_URL of an endpoint that needs none");
        if (key.Any(c => c is < '!' or > '~'))
            settings.Secret("OPENAI_API_KEY", "a key of printable ASCII characters without spaces");
        var input = settings.Decimal("LLM_INPUT_PRICE", 0, 10_000);
        var output = settings.Decimal("LLM_OUTPUT_PRICE", 0, 10_000);
        if (input is null != output is null)
            settings.Missing(input is null ? "LLM_INPUT_PRICE" : "LLM_OUTPUT_PRICE", "US dollars for a million tokens, since the other price is set");
        return defaults with
        {
            Key = key.Length > 0 ? new ApiKey(key) : null,
            BaseUrl = address ?? ModelOptions.OpenAI,
            Model = settings.Text("DEFAULT_MODEL", defaults.Model),
            Temperature = (float)(settings.Decimal("LLM_TEMPERATURE", 0, 2) ?? (decimal)defaults.Temperature),
            MaxTokens = settings.Int("LLM_MAX_TOKENS", defaults.MaxTokens, 64, 32_768),
            TimeLimit = settings.Seconds("LLM_TIMEOUT_SECONDS", 60, 0.1, 600),
            Retries = settings.Int("LLM_RETRIES", defaults.Retries, 0, 10),
            RetryPause = settings.Seconds("LLM_RETRY_PAUSE_SECONDS", 1, 0.001, 60),
            MaxRetryPause = settings.Seconds("LLM_MAX_RETRY_PAUSE_SECONDS", 60, 0.001, 600),
            Concurrency = settings.Int("LLM_CONCURRENCY", defaults.Concurrency, 1, 256),
            FailureLimit = settings.Int("LLM_FAILURE_LIMIT", defaults.FailureLimit, 1, 10_000),
            CacheFolder = settings.Text("LLM_CACHE", DefaultCache),
            Prices = Prices(settings, defaults.Prices),
            Price = input is { } i && output is { } o ? new ModelPrice(i, o) : null,
        };
    }

    /// <summary>The program's table under the rows of the user's file, where one is named.</summary>
    internal static PriceTable Prices(Settings settings, PriceTable table)
    {
        var path = settings.Text("LLM_PRICES", "");
        if (path.Length == 0)
            return table;
        try
        {
            using var file = File.OpenRead(path);
            return table.Under(PriceTable.Read(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            settings.Fault("LLM_PRICES", path, $"a file of prices as docs/models.md describes it ({e.Message.TrimEnd('.')})", "the program's table");
            return table;
        }
    }
}
