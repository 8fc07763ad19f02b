using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace TicketWorld.Support.Models;

/// <summary>A span, two metrics and a log line for each attempt. What was asked and answered stands in the log at Trace and nowhere else.</summary>
internal sealed class TelemetryChatClient(IChatClient inner, ModelTarget target, TimeProvider time, ILogger log) : WholeAnswerChatClient(inner)
{
    private static readonly Action<ILogger, string, double, long, long, Exception?> Answered = LoggerMessage.Define<string, double, long, long>(
        LogLevel.Debug, new EventId(1, "ModelAnswered"), "{Model} answered in {Seconds} s: {InputTokens} tokens in, {OutputTokens} out");

    private static readonly Action<ILogger, string, double, ModelFault, string, Exception?> Failed = LoggerMessage.Define<string, double, ModelFault, string>(
        LogLevel.Warning, new EventId(2, "ModelFailed"), "{Model} gave no answer after {Seconds} s ({Fault}): {Problem}");

    private static readonly Action<ILogger, string, string, string, Exception?> Contents = LoggerMessage.Define<string, string, string>(
        LogLevel.Trace, new EventId(3, "ModelContents"), "{Model} was asked {Question} and answered {Answer}");

    private readonly string _provider = ProviderTraits.Of(target.Endpoint.Provider).TelemetryName;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        using var activity = ModelTelemetry.Activities.StartActivity($"chat {target.OwnName}", ActivityKind.Client);
        activity?.SetTag("gen_ai.request.temperature", options?.Temperature).SetTag("gen_ai.request.max_tokens", options?.MaxOutputTokens);
        var tags = Tags();
        foreach (var (name, value) in tags)
            activity?.SetTag(name, value);
        var start = time.GetTimestamp();
        try
        {
            var response = await InnerClient.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
            Note(response, activity, tags, time.GetElapsedTime(start).TotalSeconds);
            if (log.IsEnabled(LogLevel.Trace))
                Contents(log, target.Name, string.Join('\n', prompt.Select(m => m.Text)), response.Text, null);
            return response;
        }
        catch (Exception e) when (e is ModelCallException or OperationCanceledException)
        {
            var kind = (e as ModelCallException)?.Fault.ToString() ?? "Cancelled";
            var seconds = time.GetElapsedTime(start).TotalSeconds;
            tags.Add("error.type", kind);
            activity?.SetTag("error.type", kind).SetStatus(ActivityStatusCode.Error);
            ModelTelemetry.Duration.Record(seconds, tags);
            if (e is ModelCallException fault)
                Failed(log, target.Name, seconds, fault.Fault, fault.Message, null);
            throw;
        }
    }

    private TagList Tags() => new()
    {
        { "gen_ai.operation.name", "chat" },
        { "gen_ai.provider.name", _provider },
        { "gen_ai.request.model", target.OwnName },
        { "server.address", target.Endpoint.BaseUrl.Host },
        { "server.port", target.Endpoint.BaseUrl.Port },
    };

    private void Note(ChatResponse response, Activity? activity, TagList tags, double seconds)
    {
        var input = response.Usage?.InputTokenCount;
        var output = response.Usage?.OutputTokenCount;
        activity?.SetTag("gen_ai.response.finish_reasons", new[] { response.FinishReason?.Value ?? "stop" })
            .SetTag("gen_ai.usage.input_tokens", input)
            .SetTag("gen_ai.usage.output_tokens", output);
        ModelTelemetry.Duration.Record(seconds, tags);
        Record("input", input, tags);
        Record("output", output, tags);
        Answered(log, target.Name, seconds, input ?? 0, output ?? 0, null);
    }

    private static void Record(string kind, long? tokens, TagList tags)
    {
        if (tokens is not { } count)
            return;
        tags.Add("gen_ai.token.type", kind);
        ModelTelemetry.Tokens.Record(count, tags);
    }
}
