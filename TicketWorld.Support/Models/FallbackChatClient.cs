using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>Asks a second model when the first, with all its attempts, gave no answer.</summary>
internal sealed class FallbackChatClient(IChatClient inner, string model, IChatClient fallback, string fallbackModel) : WholeAnswerChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        ModelCallException first;
        try
        {
            return await InnerClient.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelCallException e)
        {
            first = e;
        }

        try
        {
            var response = await fallback.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
            return ModelCallUsage.Of(response) is { } usage ? (usage with { FallbackModel = true }).NoteOn(response) : response;
        }
        catch (ModelCallException second)
        {
            throw new ModelCallException(second.Fault, $"{model} gave no answer ({first.Message.TrimEnd('.')}), and neither did {fallbackModel} ({second.Message.TrimEnd('.')}).", second.RetryAfter);
        }
    }
}
