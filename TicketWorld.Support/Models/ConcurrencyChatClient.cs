using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>Lets so many calls run at a time; the others wait.</summary>
/// <param name="free">The places; several clients may share them.</param>
/// <param name="ownsPlaces">Whether the places end with this client.</param>
internal sealed class ConcurrencyChatClient(IChatClient inner, SemaphoreSlim free, bool ownsPlaces) : WholeAnswerChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await InnerClient.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            free.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && ownsPlaces)
            free.Dispose();
        base.Dispose(disposing);
    }
}
