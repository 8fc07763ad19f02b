using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>
/// Adds up calls, tokens and cost, and makes no call that might cost more than is left. Before a call the most that it can cost is
/// set aside: a token for each two bytes of the prompt, which no tokenizer exceeds for text, and the most tokens an answer may have. Afterwards what was used
/// takes its place. An attempt that failed counts with its prompt, since the endpoint may charge it.
/// </summary>
/// <param name="spending">Shared by all clients that one budget holds for.</param>
internal sealed class BudgetChatClient(IChatClient inner, ModelPrice? price, SpendingLimit spending, int maxTokens, ModelLedger ledger) : WholeAnswerChatClient(inner)
{
    private const int TokensOfMessage = 8;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        var input = prompt.Sum(m => System.Text.Encoding.UTF8.GetByteCount(m.Text) / 2 + TokensOfMessage);
        var most = price?.Of(input, options?.MaxOutputTokens ?? maxTokens) ?? 0;
        spending.Reserve(most);
        var used = price?.Of(input, 0) ?? 0;
        try
        {
            ledger.Change(u => u with { Calls = u.Calls + 1 });
            var response = await InnerClient.GetResponseAsync(prompt, options, cancellationToken).ConfigureAwait(false);
            var tokensIn = response.Usage?.InputTokenCount ?? input;
            var tokensOut = response.Usage?.OutputTokenCount ?? System.Text.Encoding.UTF8.GetByteCount(response.Text) / 2;
            used = price?.Of(tokensIn, tokensOut) ?? 0;
            ledger.Change(u => u with { InputTokens = u.InputTokens + tokensIn, OutputTokens = u.OutputTokens + tokensOut });
            return new ModelCallUsage(response.ModelId ?? "", 1, tokensIn, tokensOut, price is null ? null : used, Cached: false, FallbackModel: false).NoteOn(response);
        }
        catch (ModelCallException e)
        {
            if (e.Fault is ModelFault.Refused or ModelFault.Overloaded)
                used = 0;
            ledger.Change(u => u with { Failures = u.Failures + 1 });
            throw;
        }
        finally
        {
            Settle(most, used);
        }
    }

    private void Settle(decimal reserved, decimal used)
    {
        spending.Settle(reserved, used);
        if (price is not null)
            ledger.Change(u => u with { Cost = (u.Cost ?? 0) + used });
    }
}
