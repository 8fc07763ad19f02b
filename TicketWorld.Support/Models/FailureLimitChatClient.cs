using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>Makes no more calls after so many in a row failed, each with all its attempts: an endpoint that is down must not hold up every ticket.</summary>
internal sealed class FailureLimitChatClient(IChatClient inner, int limit, ModelLedger ledger) : WholeAnswerChatClient(inner)
{
    private int _inRow;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _inRow) >= limit)
            throw new ModelCallException(ModelFault.GaveUp, $"{limit} calls of the model failed in a row, so no more are made.");
        try
        {
            var response = await InnerClient.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _inRow, 0);
            return response;
        }
        catch (ModelCallException e) when (e.IsPassing)
        {
            if (Interlocked.Increment(ref _inRow) == limit)
                ledger.Stop($"{limit} calls in a row failed, the last so: {e.Message}");
            throw;
        }
    }
}
