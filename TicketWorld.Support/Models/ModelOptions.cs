namespace TicketWorld.Support.Models;

/// <summary>Which model is called, where, and within which limits.</summary>
public sealed record ModelOptions
{
    public static readonly Uri OpenAI = new("https://api.openai.com/v1");

    /// <summary>Name of the model as the endpoint knows it.</summary>
    public string Model { get; init; } = "gpt-4o-mini";

    /// <summary>Address of an endpoint that speaks the OpenAI protocol.</summary>
    public Uri BaseUrl { get; init; } = OpenAI;

    /// <summary>The endpoint's key; null for endpoints that need none.</summary>
    public ApiKey? Key { get; init; }

    public float Temperature { get; init; } = 0.9f;

    /// <summary>Most tokens of one answer.</summary>
    public int MaxTokens { get; init; } = 1200;

    /// <summary>Time limit of one attempt.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts after the first.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Pause before the second attempt; it doubles.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause, also where the endpoint asks for a longer one.</summary>
    public TimeSpan MaxRetryPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Calls that run at a time.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Calls that may fail in a row before no more are made.</summary>
    public int FailureLimit { get; init; } = 20;

    /// <summary>Most that the calls may cost, in US dollars; null for no limit.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Prices by model.</summary>
    public PriceTable Prices { get; init; } = PriceTable.Default;

    /// <summary>Price that stands above the table; null for the table's.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>Folder of the cache; null for none.</summary>
    public string? CacheFolder { get; init; }
}

/// <summary>A secret that no text form of anything shows.</summary>
public sealed class ApiKey(string value)
{
    /// <summary>The key itself, for the client that sends it.</summary>
    internal string Reveal() => value;

    public override string ToString() => "(key)";
}
