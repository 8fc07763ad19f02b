using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using TicketWorld.Support.Models;
using TicketWorld.Tests.Support.FakeModels;

namespace TicketWorld.Tests.Support.Models;

/// <summary>What is told of calls, and that it holds nothing of what was said.</summary>
public sealed class ModelTelemetryTests : IAsyncLifetime
{
    private const string Said = "Which secret colour?";
    private readonly string _model = $"model-{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measures = new();
    private FakeModelServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeModelServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(ModelProvider.OpenAI, "openai")]
    [InlineData(ModelProvider.Anthropic, "anthropic")]
    public async Task A_call_is_a_span_with_the_names_of_the_conventions(ModelProvider protocol, string provider)
    {
        _server.Say(_ => Misbehaviours.Good);
        await RunAsync(protocol);
        var span = Assert.Single(_spans);
        Assert.Equal(($"chat {_model}", ActivityKind.Client), (span.DisplayName, span.Kind));
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal(provider, span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(_model, span.GetTagItem("gen_ai.request.model"));
        Assert.Equal(4096, span.GetTagItem("gen_ai.request.max_tokens"));
        Assert.Equal(1000L, span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(100L, span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal));
        Assert.Equal([("gen_ai.client.token.usage", 1000, "input"), ("gen_ai.client.token.usage", 100, "output")], Tokens());
        Assert.Single(_measures, m => m.Name == "gen_ai.client.operation.duration");
    }

    [Fact]
    public async Task A_failed_call_tells_the_fault()
    {
        _server.Misbehaviour = (context, seen) => Misbehaviours.RunAsync("key_refused", context, seen);
        await Assert.ThrowsAsync<ModelCallException>(() => RunAsync(ModelProvider.OpenAI));
        var span = Assert.Single(_spans);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("Refused", span.GetTagItem("error.type"));
        Assert.Equal("Refused", Assert.Single(_measures, m => m.Name == "gen_ai.client.operation.duration").Tags["error.type"]);
    }

    [Fact]
    public async Task Contents_are_logged_at_trace_alone()
    {
        _server.Say(_ => Misbehaviours.Good);
        var debug = new RecordingLog(LogLevel.Debug);
        await RunAsync(ModelProvider.OpenAI, debug);
        Assert.Contains(debug.Lines, line => line.Contains(_model, StringComparison.Ordinal));
        Assert.DoesNotContain(debug.Lines, line => line.Contains("secret", StringComparison.Ordinal) || line.Contains("share", StringComparison.Ordinal));
        var trace = new RecordingLog(LogLevel.Trace);
        await RunAsync(ModelProvider.OpenAI, trace);
        Assert.Contains(trace.Lines, line => line.StartsWith("Trace", StringComparison.Ordinal) && line.Contains(Said, StringComparison.Ordinal));
        Assert.DoesNotContain(trace.Lines, line => line.Contains(FakeDesk.Key, StringComparison.Ordinal));
    }

    private async Task RunAsync(ModelProvider protocol, ILogger? log = null)
    {
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "TicketWorld.Models",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.DisplayName == $"chat {_model}")
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(spans);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "TicketWorld.Models")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.Start();
        var options = FakeDesk.Options(_server, protocol);
        using var models = FakeDesk.Models(options with { Attempts = 1, Primary = options.Primary! with { Name = _model, OwnName = _model } }, log: log);
        await FakeDesk.AskAsync(models, text: Said);
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, tag) in tags)
            all[name] = tag;
        if (Equals(all["gen_ai.request.model"], _model))
            _measures.Enqueue((instrument.Name, value, all));
    }

    private IEnumerable<(string, double, string)> Tokens() =>
        _measures.Where(m => m.Name == "gen_ai.client.token.usage").Select(m => (m.Name, m.Value, $"{m.Tags["gen_ai.token.type"]}"));
}
