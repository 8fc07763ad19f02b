using TicketWorld.Support.Models;
using TicketWorld.Tests.Support.FakeModels;

namespace TicketWorld.Tests.Support.Models;

/// <summary>How each provider is called on the wire.</summary>
public sealed class ProviderCallTests : IAsyncLifetime
{
    private FakeModelServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeModelServer.StartAsync();
        _server.Say(_ => Misbehaviours.Good);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task OpenRouter_is_told_who_calls()
    {
        var headers = await CallAsync(ModelProvider.OpenRouter, new Dictionary<string, string> { ["HTTP-Referer"] = "http://localhost:8000", ["X-Title"] = "Support Ticket AI Workflow" });
        Assert.Equal("http://localhost:8000", headers["HTTP-Referer"]);
        Assert.Equal("Support Ticket AI Workflow", headers["X-Title"]);
        Assert.Equal($"Bearer {FakeDesk.Key}", headers["Authorization"]);
    }

    [Fact]
    public async Task Azure_gets_the_key_in_its_own_header()
    {
        var headers = await CallAsync(ModelProvider.Azure);
        Assert.Equal(FakeDesk.Key, headers["api-key"]);
        Assert.False(headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData(ModelProvider.OpenAI)]
    [InlineData(ModelProvider.Gemini)]
    [InlineData(ModelProvider.Ollama)]
    [InlineData(ModelProvider.Vllm)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task The_others_get_it_as_a_bearer(ModelProvider provider)
    {
        var headers = await CallAsync(provider);
        Assert.Equal($"Bearer {FakeDesk.Key}", headers["Authorization"]);
        Assert.False(headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task Anthropic_takes_nothing_from_the_environment()
    {
        const string variable = "ANTHROPIC_AUTH_TOKEN";
        var before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, "another-token");
            Assert.Equal($"Bearer {FakeDesk.Key}", (await CallAsync(ModelProvider.Anthropic))["Authorization"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> CallAsync(ModelProvider provider, Dictionary<string, string>? headers = null)
    {
        var options = FakeDesk.Options(_server, provider);
        using var models = FakeDesk.Models(options with { Primary = options.Primary! with { Endpoint = options.Primary.Endpoint with { Headers = headers ?? [] } } });
        await FakeDesk.AskAsync(models);
        return _server.Answered.Single().Headers;
    }
}
