using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>A decorator that sees whole answers: who asks for a stream gets the answer in one piece, so that no concern can be passed by.</summary>
internal abstract class WholeAnswerChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public abstract override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default);

    public sealed override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }
}
