using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace TicketWorld.Support.Models;

/// <summary>
/// For whom a call is made. Answers are kept apart by it: the same question about the same ticket, as after a crash, finds the answer
/// that was paid for, and no other ticket ever does.
/// </summary>
/// <param name="Ticket">The ticket's id; null for a text that is no ticket, whose answer any caller with the same text shares.</param>
/// <param name="Step">The step that asks.</param>
public sealed record ModelCallScope(string? Ticket, ModelStep Step)
{
    private const string Property = "ticketworld.scope";

    internal static ModelCallScope? Of(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(Property) as ModelCallScope;

    internal void NoteOn(ChatOptions options) => (options.AdditionalProperties ??= [])[Property] = this;

    /// <summary>SHA-256 of the scope and the digest of what is asked, in lower-case hexadecimal.</summary>
    internal string KeyOf(string question) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Step}\0{question}\0{Ticket}")));
}
