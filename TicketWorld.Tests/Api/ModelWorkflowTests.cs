using System.Text.Json;
using TicketWorld.Tests.Support.FakeModels;

namespace TicketWorld.Tests.Api;

/// <summary>The workflow over HTTP with a model at a server of the test's own.</summary>
public sealed class ModelWorkflowTests : IAsyncLifetime
{
    private const string Key = "sk-workflow-0123456789";
    private static readonly object Ticket = new { ticket = new { subject = "Where is my parcel", body = "Order ORD-77001 should have come on Friday. Jo Lindberg", customer_email = "jo@example.com" } };
    private FakeModelServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeModelServer.StartAsync();
        _server.Say(seen => Answer(seen, 0.9));
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_model_takes_the_three_steps_and_the_answer_says_what_it_took(string provider)
    {
        await using var api = await StartAsync(provider);
        Assert.True((await api.GetAsync("/health")).GetProperty("ai_enabled").GetBoolean());
        var result = await ProcessAsync(api);
        Assert.Equal("delivery", result.GetProperty("classification").GetProperty("topic").GetString());
        Assert.Equal("high", result.GetProperty("classification").GetProperty("severity").GetString());
        Assert.Contains("We look into it.", result.GetProperty("response_draft").GetProperty("content").GetString(), StringComparison.Ordinal);
        foreach (var name in (string[])["classification", "extraction", "response_generation"])
        {
            var step = Step(result, name);
            Assert.Equal(("model", false), (step.GetProperty("form").GetString(), step.GetProperty("fallback_used").GetBoolean()));
            Assert.Equal(FakeAnswers.InputTokens + FakeAnswers.OutputTokens, step.GetProperty("tokens_used").GetInt32());
        }

        Assert.Equal(3, _server.Answered.Count);
        Assert.DoesNotContain(Key, result.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ENABLE_AI_CLASSIFICATION", "classification")]
    [InlineData("ENABLE_AI_EXTRACTION", "extraction")]
    [InlineData("ENABLE_RESPONSE_GENERATION", "response_generation")]
    public async Task A_step_that_is_switched_off_is_done_by_rules_and_no_model_is_asked(string flag, string name)
    {
        await using var api = await StartAsync("openai", $"{flag}=false");
        var result = await ProcessAsync(api);
        var step = Step(result, name);
        Assert.Equal(("rules", true), (step.GetProperty("form").GetString(), step.GetProperty("fallback_used").GetBoolean()));
        Assert.Equal(2, _server.Answered.Count);
    }

    [Theory]
    [InlineData(0.59, "rules")]
    [InlineData(0.6, "model")]
    public async Task Below_the_threshold_rules_have_the_word(double confidence, string form)
    {
        _server.Say(seen => Answer(seen, confidence));
        await using var api = await StartAsync("openai");
        Assert.Equal(form, Step(await ProcessAsync(api), "classification").GetProperty("form").GetString());
    }

    [Fact]
    public async Task A_model_that_does_not_answer_in_time_leaves_the_ticket_to_the_rules()
    {
        _server.Misbehaviour = async (context, _) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // The caller went away, as it should.
            }

            return true;
        };
        await using var api = await StartAsync("openai", "WORKFLOW_TIMEOUT_SECONDS=1");
        var result = await ProcessAsync(api);
        Assert.InRange(result.GetProperty("total_duration_ms").GetInt32(), 900, 15_000);
        Assert.Equal("rules", Step(result, "classification").GetProperty("form").GetString());
        Assert.Contains("time limit", Step(result, "classification").GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, result.GetProperty("response_draft").ValueKind);
    }

    [Fact]
    public async Task A_model_that_refuses_the_key_leaves_the_ticket_to_the_rules_and_says_so_without_the_key()
    {
        _server.Misbehaviour = async (context, seen) =>
        {
            context.Response.StatusCode = 401;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, JsonSerializer.Serialize(new { error = new { message = $"wrong key {seen.Authorization}" } }));
            return true;
        };
        await using var api = await StartAsync("openai");
        var result = await ProcessAsync(api);
        Assert.Contains("401", Step(result, "classification").GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, result.GetRawText(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, result.GetProperty("routing").ValueKind);
    }

    [Fact]
    public async Task Steps_alone_ask_the_model_too()
    {
        await using var api = await StartAsync("openai");
        var (_, classification) = await api.PostAsync("/api/v1/workflow/classify", new { subject = "Where is my parcel", body = "It should have come on Friday." });
        Assert.Equal("delivery", classification.GetProperty("topic").GetString());
        var (_, draft) = await api.PostAsync("/api/v1/workflow/respond", new { subject = "Where is my parcel", body = "It should have come.", category = "general", severity = "high" });
        Assert.Contains("We look into it.", draft.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, _server.Answered.Count);
    }

    private static string Answer(SeenRequest seen, double confidence)
    {
        var prompt = seen.Messages[0];
        if (prompt.Contains("severity_confidence", StringComparison.Ordinal))
        {
            return JsonSerializer.Serialize(new
            {
                topic = "delivery",
                topic_confidence = confidence,
                also = Array.Empty<string>(),
                severity = "high",
                severity_confidence = confidence,
                sentiment = "neutral",
                sentiment_confidence = confidence,
                urgent = false,
                language = "en",
                keywords = new[] { "parcel" },
                urgency_indicators = Array.Empty<string>(),
                reasoning = "The parcel is due and not there.",
            });
        }

        return prompt.Contains("acknowledgment", StringComparison.Ordinal)
            ? JsonSerializer.Serialize(new
            {
                greeting = "Hello jo,",
                acknowledgment = "Thank you for writing.",
                explanation = "We look into it.",
                action_items = Array.Empty<string>(),
                timeline = "You hear from us soon.",
                closing = "Best regards",
                citations = Array.Empty<string>(),
            })
            : JsonSerializer.Serialize(new { items = new[] { new { field = "order_id", text = "ORD-77001", value = "ORD-77001", currency = (string?)null, confidence = 0.9 } } });
    }

    private static JsonElement Step(JsonElement result, string name) =>
        result.GetProperty("workflow_steps").EnumerateArray().Single(step => step.GetProperty("step_name").GetString() == name);

    private static async Task<JsonElement> ProcessAsync(ApiReplica api)
    {
        var (response, result) = await api.PostAsync("/api/v1/workflow/process", Ticket);
        Assert.True(response.IsSuccessStatusCode, result.GetRawText());
        return result;
    }

    private Task<ApiReplica> StartAsync(string provider, params string[] settings) => ApiReplica.StartAsync(
    [
        $"LLM_PROVIDER={provider}", $"{(provider == "anthropic" ? "ANTHROPIC" : "OPENAI")}_API_KEY={Key}",
        provider == "anthropic" ? $"ANTHROPIC_BASE_URL={_server.Root}" : $"OPENAI_BASE_URL={_server.BaseUrl}",
        "DEFAULT_MODEL=fake-model", "FALLBACK_MODEL=", "MODEL_ATTEMPTS=1", .. settings,
    ]);
}
