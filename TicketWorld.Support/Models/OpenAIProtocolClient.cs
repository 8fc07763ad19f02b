using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = OpenAI.Chat.ChatResponseFormat;

namespace TicketWorld.Support.Models;

/// <summary>
/// Calls a model over the OpenAI chat completions protocol, once: no retries of its own. Every fault becomes a
/// <see cref="ModelCallException"/>, whose message never repeats what the endpoint said, since that may hold the key or the prompt.
/// </summary>
internal sealed class OpenAIProtocolClient : IChatClient
{
    /// <summary>Longest answer that is read; what is asked for is a few kilobytes.</summary>
    private const long MostBytes = 4 << 20;

    private readonly ChatClient _client;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly string _model;

    public OpenAIProtocolClient(ModelOptions options, TimeProvider time)
    {
        _time = time;
        _model = options.Model;

        // A redirect would take the prompt, and maybe the key, to another host.
        _http = new HttpClient(new BoundedAnswerHandler(new SocketsHttpHandler { AllowAutoRedirect = false }, MostBytes)) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new OpenAIClientOptions
        {
            Endpoint = options.BaseUrl,
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(_http),
        };
        client.ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false };
        _client = new ChatClient(options.Model, new ApiKeyCredential(options.Key?.Reveal() ?? "none"), client);
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var result = await _client.CompleteChatAsync(messages.Select(Of), Of(options), cancellationToken).ConfigureAwait(false);
            return Of(result.Value);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ModelCallException)
        {
            throw;
        }
        catch (Exception e)
        {
            throw Fault(e);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => _http.Dispose();

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

    private ChatResponse Of(ChatCompletion completion)
    {
        var text = completion.Refusal is { Length: > 0 } refusal ? refusal : string.Concat(completion.Content.Select(part => part.Text));
        if (text.Length == 0)
            throw new ModelCallException(ModelFault.Malformed, "The model's answer is empty.");
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = _model,
            FinishReason = completion.FinishReason == OpenAI.Chat.ChatFinishReason.Length ? Microsoft.Extensions.AI.ChatFinishReason.Length : Microsoft.Extensions.AI.ChatFinishReason.Stop,
            Usage = completion.Usage is { } usage ? new UsageDetails { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount, TotalTokenCount = usage.TotalTokenCount } : null,
        };
    }

    private ModelCallException Fault(Exception e) => e switch
    {
        ClientResultException { Status: 408 or 409 or 429 or >= 500 } refused => new ModelCallException(ModelFault.Overloaded, $"The model's endpoint answered {refused.Status}.", RetryAfter(refused)),
        ClientResultException { Status: >= 300 } refused => new ModelCallException(ModelFault.Refused, $"The model's endpoint answered {refused.Status}{Meaning(refused.Status)}."),
        _ when Cause<ModelCallException>(e) is { } bounded => bounded,
        _ when Cause<HttpRequestException>(e) is not null || Cause<IOException>(e) is not null || e is ClientResultException { Status: 0 } =>
            new ModelCallException(ModelFault.Unreachable, "The connection to the model's endpoint failed or was cut."),
        _ => new ModelCallException(ModelFault.Malformed, $"The model's answer is not of the OpenAI protocol ({e.GetType().Name})."),
    };

    private static T? Cause<T>(Exception? e)
        where T : Exception => e is null or T ? e as T : e is AggregateException many ? many.InnerExceptions.Select(Cause<T>).FirstOrDefault(c => c is not null) : Cause<T>(e.InnerException);

    private static string Meaning(int status) => status switch
    {
        401 or 403 => " (the key is missing, wrong or may not use the model)",
        404 => " (no such model or address)",
        _ => "",
    };

    private TimeSpan? RetryAfter(ClientResultException refused)
    {
        if (refused.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) is not true || text is null)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 86_400)
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at > _time.GetUtcNow() ? at - _time.GetUtcNow() : null;
    }
}
