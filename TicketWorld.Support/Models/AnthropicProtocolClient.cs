using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>Calls a model over the Anthropic messages protocol, whose version in this package has neither a temperature nor a JSON mode.</summary>
internal sealed class AnthropicProtocolClient : ProtocolClient
{
    /// <summary>Most tokens of an answer where the caller sets none; the protocol needs a number.</summary>
    private const int MostTokens = 4096;

    private readonly AnthropicClient _anthropic;
    private readonly IChatClient _client;
    private readonly HttpClient _http;
    private readonly string _model;

    public AnthropicProtocolClient(ModelTarget target, TimeProvider time)
        : base("Anthropic")
    {
        _model = target.Name;
        _http = EndpointHandler.ClientOf(target.Endpoint, time);

        // Each option is set, since the package reads what is not from the environment; its spans could hold contents.
        _anthropic = new AnthropicClient(new ClientOptions
        {
            HttpClient = _http,
            BaseUrl = target.Endpoint.BaseUrl.AbsoluteUri.TrimEnd('/'),
            MaxRetries = 0,
            Timeout = TimeSpan.FromDays(1),
            OpenTelemetry = false,
            ApiKey = target.Endpoint.Key?.Reveal() ?? "none",
        });
        _client = _anthropic.AsIChatClient(target.OwnName, MostTokens);
    }

    protected override async Task<ChatResponse> AskAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var response = await _client.GetResponseAsync(messages, new ChatOptions { MaxOutputTokens = options?.MaxOutputTokens }, cancellationToken).ConfigureAwait(false);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, response.Text))
        {
            ModelId = _model,
            FinishReason = response.FinishReason,
            Usage = response.Usage is { } usage ? Usage(usage.InputTokenCount, usage.OutputTokenCount) : null,
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _client.Dispose();
        _anthropic.Dispose();
        _http.Dispose();
    }
}
