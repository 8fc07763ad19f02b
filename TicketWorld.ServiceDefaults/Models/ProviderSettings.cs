using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.Support.Models;

namespace TicketWorld.ServiceDefaults.Models;

/// <summary>Reads which providers can be called: those whose key is set, or whose address where they need no key.</summary>
internal sealed class ProviderSettings
{
    /// <summary>Who serves the models when nobody says so: the first that can be called.</summary>
    private static readonly ModelProvider[] Order =
    [
        ModelProvider.OpenRouter, ModelProvider.OpenAI, ModelProvider.Anthropic, ModelProvider.Gemini, ModelProvider.Azure, ModelProvider.Ollama, ModelProvider.Vllm,
    ];

    private readonly Settings _settings;
    private readonly Dictionary<ModelProvider, ModelEndpoint> _endpoints = [];

    public ProviderSettings(Settings settings)
    {
        _settings = settings;
        Add(ModelProvider.OpenRouter, Key("OPENROUTER_API_KEY"), settings.Url("OPENROUTER_BASE_URL"), needsKey: true, new Dictionary<string, string>
        {
            ["HTTP-Referer"] = Header("OPENROUTER_SITE_URL", "http://localhost:8000"),
            ["X-Title"] = Header("OPENROUTER_APP_NAME", "Support Ticket AI Workflow"),
        });
        Add(ModelProvider.OpenAI, Key("OPENAI_API_KEY"), settings.Url("OPENAI_BASE_URL"), needsKey: false);
        Add(ModelProvider.Anthropic, Key("ANTHROPIC_API_KEY"), settings.Url("ANTHROPIC_BASE_URL"), needsKey: true);
        Add(ModelProvider.Gemini, Key("GOOGLE_API_KEY") ?? Key("GEMINI_API_KEY"), null, needsKey: true);
        AddAzure();
        Add(ModelProvider.Ollama, null, Versioned(settings.Url("OLLAMA_BASE_URL")), needsKey: false);
        Add(ModelProvider.Vllm, null, Versioned(settings.Url("VLLM_BASE_URL")), needsKey: false);
    }

    /// <summary>The provider that serves the models; <see cref="ModelProvider.None"/> when none is named and none can be called.</summary>
    public ModelProvider Chosen()
    {
        var words = ProviderTraits.All.ToDictionary(row => row.Word, row => row.Provider);
        return _settings.Text("LLM_PROVIDER", "").Length > 0
            ? _settings.Choice("LLM_PROVIDER", "none", words)
            : Order.FirstOrDefault(_endpoints.ContainsKey);
    }

    /// <summary>The endpoint of a provider; null when it cannot be called. One that needs neither key nor setting can be called once it is named.</summary>
    public ModelEndpoint? Find(ModelProvider provider, bool isNamed)
    {
        if (_endpoints.TryGetValue(provider, out var endpoint))
            return endpoint;
        return isNamed && provider is ModelProvider.Ollama or ModelProvider.Vllm
            ? _endpoints[provider] = new ModelEndpoint(provider, ProviderTraits.Of(provider).BaseUrl!)
            : null;
    }

    /// <summary>The key that a provider waits for.</summary>
    public static string KeyOf(ModelProvider provider) => provider switch
    {
        ModelProvider.OpenRouter => "OPENROUTER_API_KEY",
        ModelProvider.Anthropic => "ANTHROPIC_API_KEY",
        ModelProvider.Gemini => "GOOGLE_API_KEY",
        ModelProvider.Azure => "AZURE_OPENAI_API_KEY",
        ModelProvider.Ollama => "OLLAMA_BASE_URL",
        ModelProvider.Vllm => "VLLM_BASE_URL",
        _ => "OPENAI_API_KEY",
    };

    private void Add(ModelProvider provider, ApiKey? key, Uri? address, bool needsKey, Dictionary<string, string>? headers = null)
    {
        if (key is null && (needsKey || address is null))
            return;
        _endpoints[provider] = new ModelEndpoint(provider, address ?? ProviderTraits.Of(provider).BaseUrl!) { Key = key, Headers = headers ?? [] };
    }

    private void AddAzure()
    {
        var key = Key("AZURE_OPENAI_API_KEY");
        var address = _settings.Url("AZURE_OPENAI_ENDPOINT");
        if (key is null)
            return;
        if (address is null)
        {
            _settings.Missing("AZURE_OPENAI_ENDPOINT", "the address of the Azure OpenAI resource, such as https://NAME.openai.azure.com, since AZURE_OPENAI_API_KEY is set");
            return;
        }

        var path = address.AbsolutePath.TrimEnd('/');
        if (!path.EndsWith("/openai/v1", StringComparison.OrdinalIgnoreCase))
            address = new UriBuilder(address) { Path = path + "/openai/v1" }.Uri;
        Add(ModelProvider.Azure, key, address, needsKey: true);
    }

    private ApiKey? Key(string name)
    {
        var key = _settings.Text(name, "");
        if (key.Length == 0)
            return null;
        if (!key.Any(c => c is < '!' or > '~'))
            return new ApiKey(key);
        _settings.Secret(name, "a key of printable ASCII characters without spaces");
        return null;
    }

    private string Header(string name, string fallback)
    {
        var value = _settings.Text(name, fallback);
        if (value.Length <= 200 && value.All(c => c is >= ' ' and <= '~'))
            return value;
        _settings.Fault(name, value, "1 to 200 printable ASCII characters", fallback);
        return fallback;
    }

    /// <summary>The address of the server's version 1, where only the server is named.</summary>
    private static Uri? Versioned(Uri? address) => address is { AbsolutePath: "/" } ? new Uri(address, "/v1") : address;
}
