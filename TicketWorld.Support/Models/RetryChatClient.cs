using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>
/// Calls again after faults that pass. Pauses double, with up to a quarter taken off by chance of the draw given, so that callers do not return
/// in step; a longer <c>Retry-After</c> is obeyed up to the longest pause.
/// </summary>
/// <param name="draw">A number from 0 to 1 that spreads the pauses.</param>
/// <param name="shortest">No pause is shorter.</param>
/// <param name="waitsLonger">Whether to call again after the longest pause where a longer one is asked for; otherwise that is the last attempt.</param>
internal sealed class RetryChatClient(IChatClient inner, int retries, TimeSpan pause, TimeSpan longest, TimeProvider time, Func<double> draw, TimeSpan shortest = default, bool waitsLonger = true) : WholeAnswerChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await InnerClient.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            }
            catch (ModelCallException e) when (e.IsPassing && attempt < retries && (waitsLonger || !(e.RetryAfter > longest)))
            {
                await Task.Delay(Pause(attempt, e.RetryAfter), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private TimeSpan Pause(int attempt, TimeSpan? asked)
    {
        var own = pause * Math.Pow(2, Math.Min(attempt, 20)) * (1 - draw() / 4);
        if (own < shortest)
            own = shortest;
        var wanted = asked > own ? asked.Value : own;
        return wanted < longest ? wanted : longest;
    }
}
