using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>What an answer took.</summary>
/// <param name="Model">The model that answered, as settings name it.</param>
/// <param name="Rounds">Questions that were put: 2 when an answer had to be repaired.</param>
/// <param name="InputTokens">Of the answer that was used. An attempt that failed counts in the client's <see cref="ModelUsage"/> only.</param>
/// <param name="OutputTokens">Likewise.</param>
/// <param name="Cost">US dollars paid for it now: 0 for an answer from the cache; null when the model has no price.</param>
/// <param name="Cached">Whether every answer came from the cache.</param>
/// <param name="FallbackModel">Whether the fallback model gave the last answer.</param>
public sealed record ModelCallUsage(string Model, int Rounds, long InputTokens, long OutputTokens, decimal? Cost, bool Cached, bool FallbackModel)
{
    private const string Property = "ticketworld.usage";

    /// <summary>What a response took; null for a response of a client that does not say.</summary>
    public static ModelCallUsage? Of(ChatResponse response) => response.AdditionalProperties?.GetValueOrDefault(Property) as ModelCallUsage;

    /// <summary>Both rounds together; the model is that of the second.</summary>
    public ModelCallUsage Then(ModelCallUsage second) => new(
        second.Model,
        Rounds + second.Rounds,
        InputTokens + second.InputTokens,
        OutputTokens + second.OutputTokens,
        Cost is { } first && second.Cost is { } next ? first + next : null,
        Cached && second.Cached,
        second.FallbackModel);

    internal ChatResponse NoteOn(ChatResponse response)
    {
        (response.AdditionalProperties ??= [])[Property] = this;
        return response;
    }
}
