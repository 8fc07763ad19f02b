namespace TicketWorld.Support.Models;

/// <summary>What distinguishes a provider.</summary>
/// <param name="Word">The word for it in settings.</param>
/// <param name="TelemetryName"><c>gen_ai.provider.name</c> of the OpenTelemetry semantic conventions.</param>
/// <param name="Prefix">What stands before the slash in names of its models at providers that serve those of many; null where it has none.</param>
/// <param name="BaseUrl">Where it is when no setting says so; null when a setting must.</param>
/// <param name="Model">Its model when the general default is not one that it serves; null when a setting must name one.</param>
/// <param name="Fallback">Likewise for the fallback model; null for none.</param>
public sealed record ProviderTraits(ModelProvider Provider, string Word, string TelemetryName, string? Prefix, Uri? BaseUrl, string? Model, string? Fallback)
{
    /// <summary>General names whose form differs from the provider's own.</summary>
    private static readonly Dictionary<string, string> OwnNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["anthropic/claude-3.5-sonnet"] = "claude-3-5-sonnet-20241022",
        ["anthropic/claude-3-haiku"] = "claude-3-haiku-20240307",
        ["google/gemini-pro-1.5"] = "gemini-1.5-pro",
    };

    private static readonly ProviderTraits[] Table =
    [
        new(ModelProvider.None, "none", "none", null, null, null, null),
        new(ModelProvider.OpenRouter, "openrouter", "openrouter", null, new Uri("https://openrouter.ai/api/v1"), DeskModelOptions.GeneralModel, DeskModelOptions.GeneralFallback),
        new(ModelProvider.OpenAI, "openai", "openai", "openai/", ModelOptions.OpenAI, "gpt-4o", "gpt-4o-mini"),
        new(ModelProvider.Anthropic, "anthropic", "anthropic", "anthropic/", new Uri("https://api.anthropic.com"), DeskModelOptions.GeneralModel, "anthropic/claude-3-haiku"),
        new(ModelProvider.Gemini, "gemini", "gcp.gemini", "google/", new Uri("https://generativelanguage.googleapis.com/v1beta/openai"), "gemini-2.0-flash", null),
        new(ModelProvider.Azure, "azure", "azure.ai.openai", null, null, "gpt-4o", "gpt-4o-mini"),
        new(ModelProvider.Ollama, "ollama", "ollama", null, new Uri("http://127.0.0.1:11434/v1"), "llama3.1", null),
        new(ModelProvider.Vllm, "vllm", "vllm", null, new Uri("http://127.0.0.1:8000/v1"), null, null),
    ];

    public static IReadOnlyList<ProviderTraits> All => Table;

    public static ProviderTraits Of(ModelProvider provider) => Array.Find(Table, row => row.Provider == provider)!;

    /// <summary>The provider whose models the name's prefix says it is one of; null for a name without a known prefix.</summary>
    public static ProviderTraits? OwnerOf(string model) =>
        Array.Find(Table, row => row.Prefix is { } prefix && model.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The name under which this provider knows a model.</summary>
    public string NameOf(string model) =>
        Prefix is null || !model.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? model
        : OwnNames.TryGetValue(model, out var own) ? own
        : model[Prefix.Length..];
}
