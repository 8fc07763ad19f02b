using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>Lets so many calls run at a time; the others wait.</summary>
internal sealed class ConcurrencyChatClient(IChatClient inner, int limit) : WholeAnswerChatClient(inner)
{
    private readonly SemaphoreSlim _free = new(limit);

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await InnerClient.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _free.Dispose();
        base.Dispose(disposing);
    }
}
