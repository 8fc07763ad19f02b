using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>Answers from the cache what was answered before; a prompt that is being asked is not asked a second time.</summary>
internal sealed class CachingChatClient(IChatClient inner, string model, AnswerCache cache, ModelLedger ledger) : WholeAnswerChatClient(inner)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _asking = new(StringComparer.Ordinal);

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        var key = AnswerCache.KeyOf(model, prompt, options);
        if (ModelCallScope.Of(options) is { } scope)
            key = scope.KeyOf(key);
        var turn = _asking.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await cache.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } known)
            {
                ledger.Change(u => u with { Cached = u.Cached + 1 });
                return Of(known);
            }

            var response = await InnerClient.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
            var answer = new CachedAnswer(key, response.ModelId ?? model, response.Text, response.FinishReason?.Value ?? "stop", response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount);
            await cache.KeepAsync(answer, cancellationToken).ConfigureAwait(false);
            return response;
        }
        finally
        {
            // Whoever waits holds the same semaphore; who comes later finds the answer in the cache.
            _asking.TryRemove(key, out _);
            turn.Release();
        }
    }

    private ChatResponse Of(CachedAnswer answer) =>
        new ModelCallUsage(answer.Model, 1, answer.InputTokens ?? 0, answer.OutputTokens ?? 0, 0, Cached: true, FallbackModel: answer.Model != model).NoteOn(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.Text))
        {
            ModelId = answer.Model,
            FinishReason = new ChatFinishReason(answer.Finish),
            Usage = new UsageDetails { InputTokenCount = answer.InputTokens, OutputTokenCount = answer.OutputTokens },
        });
}
