using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>
/// Spares callers the wait for a model that is down. Closed, calls pass. After so many failures in a row, each with all its attempts, it opens:
/// calls fail at once. After the pause one call is let through; its answer closes the circuit, its failure opens it for another pause.
/// </summary>
/// <param name="slow">A call that its caller gave up after so long counts as a failure too: a model that is merely slow must open the circuit as well.</param>
internal sealed class CircuitBreakerChatClient(IChatClient inner, string model, int failures, TimeSpan pause, TimeSpan slow, TimeProvider time) : WholeAnswerChatClient(inner)
{
    private readonly Lock _gate = new();
    private int _inRow;
    private long? _openedAt;
    private bool _trying;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var isTrial = Enter();
        var start = time.GetTimestamp();
        try
        {
            var response = await InnerClient.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            Close();
            return response;
        }
        catch (Exception e) when (e is ModelCallException { Fault: not ModelFault.BudgetSpent } || e is OperationCanceledException && time.GetElapsedTime(start) >= slow)
        {
            Count(isTrial);
            throw;
        }
        finally
        {
            if (isTrial)
                EndTrial();
        }
    }

    /// <returns>Whether the call is the one that finds out whether the model is back.</returns>
    private bool Enter()
    {
        lock (_gate)
        {
            if (_openedAt is not { } openedAt)
                return false;
            if (_trying || time.GetElapsedTime(openedAt) < pause)
                throw new ModelCallException(ModelFault.GaveUp, FormattableString.Invariant($"{failures} calls of {model} failed in a row, so it is not called for {pause.TotalSeconds} s."));
            return _trying = true;
        }
    }

    private void Close()
    {
        lock (_gate)
            (_inRow, _openedAt) = (0, null);
    }

    private void Count(bool isTrial)
    {
        lock (_gate)
        {
            if (++_inRow >= failures || isTrial)
                _openedAt = time.GetTimestamp();
        }
    }

    private void EndTrial()
    {
        lock (_gate)
            _trying = false;
    }
}
