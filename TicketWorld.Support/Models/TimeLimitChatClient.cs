using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>Ends an attempt that takes too long.</summary>
internal sealed class TimeLimitChatClient(IChatClient inner, TimeSpan limit, TimeProvider time) : WholeAnswerChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var clock = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await InnerClient.GetResponseAsync(messages, options, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is (OperationCanceledException or ModelCallException { Fault: ModelFault.Unreachable or ModelFault.Malformed }))
        {
            throw new ModelCallException(ModelFault.TimedOut, FormattableString.Invariant($"The model did not answer within {limit.TotalSeconds} s."), inner: e);
        }
    }
}
