using TicketWorld.Support.Analysis;

namespace TicketWorld.Support.Models;

/// <summary>A message as prompts hold it.</summary>
internal static class PromptTicket
{
    public static string Of(TicketText text, int maxTokens) => PromptData.Of("ticket", Shown(text, maxTokens));

    /// <summary>Subject and body, of which the body has what the subject leaves; who sent it is no part.</summary>
    public static object Shown(TicketText text, int maxTokens) => new
    {
        subject = PromptData.Cut(text.Subject, maxTokens / 4),
        body = PromptData.Cut(text.Body, maxTokens - maxTokens / 4),
    };
}
