using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = OpenAI.Chat.ChatResponseFormat;

namespace TicketWorld.Support.Models;

/// <summary>Calls a model over the OpenAI chat completions protocol.</summary>
internal sealed class OpenAIProtocolClient : ProtocolClient
{
    private readonly ChatClient _client;
    private readonly HttpClient _http;
    private readonly string _model;

    public OpenAIProtocolClient(ModelTarget target, TimeProvider time)
        : base("OpenAI")
    {
        _model = target.Name;
        _http = EndpointHandler.ClientOf(target.Endpoint, time);
        var client = new OpenAIClientOptions
        {
            Endpoint = target.Endpoint.BaseUrl,
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(_http),
        };
        client.ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false };
        _client = new ChatClient(target.OwnName, new ApiKeyCredential(target.Endpoint.Key?.Reveal() ?? "none"), client);
    }

    protected override async Task<ChatResponse> AskAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var completion = (await _client.CompleteChatAsync(messages.Select(Of), Of(options), cancellationToken).ConfigureAwait(false)).Value;
        var isRefusal = completion.Refusal is { Length: > 0 };
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, isRefusal ? completion.Refusal : string.Concat(completion.Content.Select(part => part.Text))))
        {
            ModelId = _model,
            FinishReason = isRefusal || completion.FinishReason == OpenAI.Chat.ChatFinishReason.ContentFilter ? ChatFinishReason.ContentFilter
                : completion.FinishReason == OpenAI.Chat.ChatFinishReason.Length ? ChatFinishReason.Length
                : ChatFinishReason.Stop,
            Usage = completion.Usage is { } usage ? Usage(usage.InputTokenCount, usage.OutputTokenCount) : null,
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _http.Dispose();
    }

    private static OpenAI.Chat.ChatMessage Of(ChatMessage message) =>
        message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
        : message.Role == ChatRole.Assistant ? new AssistantChatMessage(message.Text)
        : new UserChatMessage(message.Text);

    private static ChatCompletionOptions Of(ChatOptions? options) => new()
    {
        Temperature = options?.Temperature,
        MaxOutputTokenCount = options?.MaxOutputTokens,
        ResponseFormat = options?.ResponseFormat is ChatResponseFormatJson ? ChatResponseFormat.CreateJsonObjectFormat() : null,
    };
}
