using System.Text.Json;

namespace TicketWorld.Support.Models;

/// <summary>What a model is to answer.</summary>
/// <param name="Schema">Its form.</param>
/// <param name="Read">Makes the result of an answer that has the form.</param>
/// <param name="Check">What is wrong with a result beyond its form, each as a sentence for the model; null for no such check.</param>
public sealed record AnswerForm<T>(AnswerSchema Schema, Func<JsonElement, T> Read, Func<T, IEnumerable<string>>? Check = null);

/// <summary>A model's answer, read.</summary>
/// <param name="Usage">What all rounds took together.</param>
public sealed record StructuredAnswer<T>(T Value, ModelCallUsage Usage);

/// <summary>What a model is asked.</summary>
/// <param name="Instructions">What it is to do.</param>
/// <param name="Data">What to do it with; customers' texts stand here alone, as <see cref="PromptData"/> writes them.</param>
/// <param name="Ticket">The ticket's id; null for a text that is no ticket.</param>
public sealed record StructuredQuestion(string Instructions, string Data, string? Ticket);
