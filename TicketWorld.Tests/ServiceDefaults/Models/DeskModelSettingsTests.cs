using Microsoft.Extensions.Configuration;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Models;
using TicketWorld.Support.Models;

namespace TicketWorld.Tests.ServiceDefaults.Models;

/// <summary>Which models the desk has by its settings.</summary>
public sealed class DeskModelSettingsTests
{
    private const string Key = "sk-or-0123456789-secret";

    [Fact]
    public void Without_settings_the_desk_is_offline_with_the_published_defaults()
    {
        var options = Read();
        Assert.False(options.HasModel);
        Assert.Equal((ModelProvider.None, "anthropic/claude-3.5-sonnet", "openai/gpt-4o-mini"), (options.Provider, options.Model, options.FallbackModel));
        Assert.Equal((4096, 0.3f, 3, 10), (options.MaxTokens, options.Temperature, options.Attempts, options.Concurrency));
        Assert.Equal((2, 10, 30), (options.RetryPause.TotalSeconds, options.MaxRetryPause.TotalSeconds, options.WorkflowTimeLimit.TotalSeconds));
        Assert.Equal(0.6, options.ConfidenceThreshold);
        Assert.True(options.Classification.IsEnabled && options.Extraction.IsEnabled && options.Response.IsEnabled);
        Assert.Equal([0.2f, 0.1f, 0.7f], Enum.GetValues<ModelStep>().Select(step => options.Of(step).Temperature));
        Assert.Null(options.Notice);
    }

    [Theory]
    [InlineData("OPENROUTER_API_KEY", ModelProvider.OpenRouter, "https://openrouter.ai/api/v1", "anthropic/claude-3.5-sonnet", "openai/gpt-4o-mini")]
    [InlineData("OPENAI_API_KEY", ModelProvider.OpenAI, "https://api.openai.com/v1", "gpt-4o", "gpt-4o-mini")]
    [InlineData("ANTHROPIC_API_KEY", ModelProvider.Anthropic, "https://api.anthropic.com/", "claude-3-5-sonnet-20241022", "claude-3-haiku-20240307")]
    [InlineData("GOOGLE_API_KEY", ModelProvider.Gemini, "https://generativelanguage.googleapis.com/v1beta/openai", "gemini-2.0-flash", null)]
    [InlineData("GEMINI_API_KEY", ModelProvider.Gemini, "https://generativelanguage.googleapis.com/v1beta/openai", "gemini-2.0-flash", null)]
    public void The_key_that_is_set_says_who_serves_the_models(string key, ModelProvider provider, string address, string model, string? fallback)
    {
        var options = Read((key, Key));
        Assert.Equal((provider, model, fallback), (options.Provider, options.Primary!.OwnName, options.Fallback?.OwnName));
        Assert.Equal(new Uri(address), options.Primary.Endpoint.BaseUrl);
        Assert.NotNull(options.Primary.Endpoint.Key);
    }

    [Theory]
    [InlineData("ollama", null, null, "http://127.0.0.1:11434/v1")]
    [InlineData("ollama", "OLLAMA_BASE_URL", "http://gpu:11434", "http://gpu:11434/v1")]
    [InlineData("vllm", "VLLM_BASE_URL", "http://gpu:8000/v1", "http://gpu:8000/v1")]
    [InlineData("openai", "OPENAI_BASE_URL", "http://gpu:1/x", "http://gpu:1/x")]
    public void Servers_of_ones_own_need_no_key(string provider, string? key, string? address, string expected)
    {
        var options = Read(("LLM_PROVIDER", provider), ("DEFAULT_MODEL", "my/model"), (key ?? "X", address));
        Assert.Equal((new Uri(expected), "my/model"), (options.Primary!.Endpoint.BaseUrl, options.Primary.OwnName));
        Assert.Null(options.Primary.Endpoint.Key);
    }

    [Theory]
    [InlineData("https://desk.openai.azure.com")]
    [InlineData("https://desk.openai.azure.com/openai/v1/")]
    public void Azure_is_called_at_its_version_1(string endpoint)
    {
        var options = Read(("AZURE_OPENAI_API_KEY", Key), ("AZURE_OPENAI_ENDPOINT", endpoint), ("DEFAULT_MODEL", "my-deployment"));
        Assert.Equal("https://desk.openai.azure.com/openai/v1", options.Primary!.Endpoint.BaseUrl.ToString().TrimEnd('/'));
        Assert.Equal((ModelProvider.Azure, "my-deployment"), (options.Provider, options.Primary.OwnName));
    }

    [Theory]
    [InlineData("anthropic/claude-3.5-sonnet")]
    [InlineData("anthropic/claude-3-haiku")]
    [InlineData("openai/gpt-4o")]
    [InlineData("openai/gpt-4o-mini")]
    [InlineData("google/gemini-pro-1.5")]
    public void The_published_models_can_be_chosen_and_have_a_price(string model)
    {
        var options = Read(("OPENROUTER_API_KEY", Key), ("DEFAULT_MODEL", model), ("MAX_MODEL_COST", "5"));
        Assert.Equal((model, model), (options.Primary!.Name, options.Primary.OwnName));
        Assert.NotNull(options.PriceOf(options.Primary));
        Assert.Equal("http://localhost:8000", options.Primary.Endpoint.Headers["HTTP-Referer"]);
        Assert.Equal("Support Ticket AI Workflow", options.Primary.Endpoint.Headers["X-Title"]);
    }

    [Fact]
    public void A_name_with_another_providers_prefix_goes_there_when_its_key_is_set()
    {
        var options = Read(("LLM_PROVIDER", "anthropic"), ("ANTHROPIC_API_KEY", Key), ("OPENAI_API_KEY", Key), ("Agents:Response:Model", "openai/gpt-4o"));
        Assert.Equal((ModelProvider.Anthropic, "claude-3-5-sonnet-20241022"), (options.Primary!.Endpoint.Provider, options.Primary.OwnName));
        Assert.Equal((ModelProvider.OpenAI, "gpt-4o-mini"), (options.Fallback!.Endpoint.Provider, options.Fallback.OwnName));
        Assert.Equal((ModelProvider.OpenAI, "gpt-4o"), (options.Response.Model!.Endpoint.Provider, options.Response.Model.OwnName));
        Assert.Null(options.Classification.Model);
    }

    [Fact]
    public void A_named_provider_without_its_key_leaves_the_desk_offline_and_says_so()
    {
        var options = Read(("LLM_PROVIDER", "openrouter"), ("DEFAULT_MODEL", "openai/gpt-4o"));
        Assert.False(options.HasModel);
        Assert.Contains("OPENROUTER_API_KEY is not set", options.Notice, StringComparison.Ordinal);
        Assert.False(Read(("LLM_PROVIDER", "none"), ("OPENAI_API_KEY", Key)).HasModel);
        Assert.Null(Read(("LLM_PROVIDER", "none")).Notice);
    }

    [Fact]
    public void A_step_takes_its_own_settings_before_the_general_ones()
    {
        var options = Read(("OPENROUTER_API_KEY", Key), ("TEMPERATURE", "0.4"), ("Agents:Extraction:Temperature", "0"), ("Agents:Extraction:MaxTokens", "900"), ("Agents:Extraction:TimeLimitSeconds", "7"), ("ENABLE_AI_EXTRACTION", "FALSE"), ("FALLBACK_MODEL", "none"));
        Assert.Equal((0.4f, 0f, 900, 7d, false), (options.Classification.Temperature, options.Extraction.Temperature, options.Extraction.MaxTokens!.Value, options.Extraction.TimeLimit.TotalSeconds, options.Extraction.IsEnabled));
        Assert.Null(options.Fallback);
        Assert.Null(options.FallbackModel);
    }

    [Theory]
    [InlineData("LLM_PROVIDER", "openruter", "one of none, openrouter")]
    [InlineData("MAX_TOKENS", "63", "from 64 to 32768")]
    [InlineData("TEMPERATURE", "2.1", "from 0 to 2")]
    [InlineData("AI_CONFIDENCE_THRESHOLD", "1.01", "from 0 to 1")]
    [InlineData("AI_CONFIDENCE_THRESHOLD", "high", "from 0 to 1")]
    [InlineData("WORKFLOW_TIMEOUT_SECONDS", "0", "from 1 to 600")]
    [InlineData("MAX_CONCURRENT_REQUESTS", "0", "from 1 to 1000")]
    [InlineData("MODEL_ATTEMPTS", "0", "from 1 to 10")]
    [InlineData("MODEL_RETRY_PAUSE_SECONDS", "11", "from 0.001 to 10")]
    [InlineData("MODEL_BREAKER_FAILURES", "0", "from 1 to 1000")]
    [InlineData("MAX_MODEL_COST", "-1", "from 0 to 1000000")]
    [InlineData("ENABLE_AI_CLASSIFICATION", "perhaps", "one of true, false")]
    [InlineData("Agents:Response:Temperature", "hot", "from 0 to 2")]
    [InlineData("Agents:Response:Model", "two words", "without spaces")]
    [InlineData("OPENROUTER_BASE_URL", "openrouter.ai", "http or https")]
    [InlineData("OPENROUTER_APP_NAME", "Désk", "printable ASCII")]
    public void A_wrong_value_is_named_with_its_range(string key, string value, string range)
    {
        var fault = Assert.Throws<StartFaultException>(() => Read(("OPENROUTER_API_KEY", Key), (key, value)));
        Assert.Contains($"{key} is \"{value}\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains(range, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Agents:Routing:Model", "Agents:Routing is not a setting", "Classification, Extraction, Response")]
    [InlineData("Agents:Response:Modell", "Agents:Response:Modell is not a setting", "Model, Temperature, MaxTokens, TimeLimitSeconds")]
    public void A_misspelled_key_of_a_step_is_refused_with_those_there_are(string key, string said, string known)
    {
        var fault = Fault(("OPENROUTER_API_KEY", Key), (key, "1"));
        Assert.Contains(said, fault, StringComparison.Ordinal);
        Assert.Contains(known, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_work_together_stops_the_start()
    {
        Assert.Contains("AZURE_OPENAI_ENDPOINT is not set", Fault(("AZURE_OPENAI_API_KEY", Key)), StringComparison.Ordinal);
        Assert.Contains("DEFAULT_MODEL is not set", Fault(("LLM_PROVIDER", "vllm")), StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY set", Fault(("ANTHROPIC_API_KEY", Key), ("FALLBACK_MODEL", "openai/gpt-4o")), StringComparison.Ordinal);
        Assert.Contains("my-model has none", Fault(("OPENAI_API_KEY", Key), ("DEFAULT_MODEL", "my-model"), ("MAX_MODEL_COST", "1")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OPENROUTER_API_KEY")]
    [InlineData("OPENAI_API_KEY")]
    [InlineData("ANTHROPIC_API_KEY")]
    [InlineData("GOOGLE_API_KEY")]
    [InlineData("GEMINI_API_KEY")]
    [InlineData("AZURE_OPENAI_API_KEY")]
    public void A_key_is_shown_by_no_error_and_no_text_form(string key)
    {
        var fault = Fault((key, Key + " with spaces"), ("AZURE_OPENAI_ENDPOINT", "https://desk.openai.azure.com"));
        Assert.Contains(key, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, Read((key, Key), ("AZURE_OPENAI_ENDPOINT", "https://desk.openai.azure.com")).ToString(), StringComparison.Ordinal);
    }

    private static string Fault(params (string, string?)[] pairs) => Assert.Throws<StartFaultException>(() => Read(pairs)).Message;

    private static DeskModelOptions Read(params (string Key, string? Value)[] pairs)
    {
        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))).Build());
        var options = DeskModelSettings.Read(settings);
        settings.ThrowIfFaulty();
        return options;
    }
}
