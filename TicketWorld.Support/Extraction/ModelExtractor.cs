using System.Text.Json;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Models;
using TicketWorld.Support.Writing;

namespace TicketWorld.Support.Extraction;

/// <summary>Has a model find what a message states. What does not stand in the message, as a word or number of its own, is dropped.</summary>
public sealed class ModelExtractor(StructuredChat chat)
{
    private const int MostItems = 60;
    private const int LongestText = 300;

    /// <summary>What evidence there is that a model's value is right is its span; none is surer than what a pattern checks.</summary>
    private const double HighestConfidence = 0.95;

    /// <summary>Priority words are the analysis's business.</summary>
    private static readonly string[] Fields = [.. FieldNames.All.Where(name => name != FieldNames.PriorityKeywords)];

    private static readonly ObjectSchema Schema = new(
        ("items", new ListSchema(
            new ObjectSchema(
                ("field", new ChoiceSchema(Fields)),
                ("text", new TextSchema(LongestText, 1)),
                ("value", new TextSchema(LongestText, 1)),
                ("currency", new TextSchema(3, 3) { OrNull = true }),
                ("confidence", new NumberSchema(0, 1))),
            MostItems)));

    private static readonly string Instructions = Prompts.Extraction.Replace("{fields}", string.Join('\n', Fields.Select(f => $"- {f}")), StringComparison.Ordinal);

    /// <summary>The fields in the order of <see cref="FieldNames.All"/>.</summary>
    /// <exception cref="ModelCallException">No model gave a usable answer.</exception>
    public Task<StructuredAnswer<IReadOnlyList<ExtractedField>>> ExtractAsync(TicketText text, string? ticket = null, CancellationToken cancellationToken = default) =>
        chat.AskAsync(
            new StructuredQuestion(Instructions, PromptTicket.Of(text, chat.MaxTicketTokens), ticket),
            new AnswerForm<IReadOnlyList<ExtractedField>>(Schema, answer => Read(answer, text)),
            cancellationToken);

    private static IReadOnlyList<ExtractedField> Read(JsonElement answer, TicketText text)
    {
        var found = answer.GetProperty("items").EnumerateArray()
            .Select(item => (Field: item.GetProperty("field").GetString()!, Value: ValueOf(item, text)))
            .Where(item => item.Value is not null)
            .ToLookup(item => item.Field, item => item.Value!);
        return
        [
            .. FieldNames.All.Where(found.Contains).Select(name => new ExtractedField(name,
            [
                .. found[name]
                    .OrderBy(value => value.Span.Part == "subject" ? 0 : 1).ThenBy(value => value.Span.Start)
                    .DistinctBy(value => value.Value, StringComparer.OrdinalIgnoreCase),
            ])),
        ];
    }

    private static FieldValue? ValueOf(JsonElement item, TicketText text)
    {
        var quote = item.GetProperty("text").GetString()!.Trim();
        if (SpanOf(quote, "subject", text.Subject) is not { } span)
        {
            if (SpanOf(quote, "body", text.Body) is not { } inBody)
                return null;
            span = inBody;
        }

        var field = item.GetProperty("field").GetString()!;
        return StatedForm.Of(field, quote, item.GetProperty("value").GetString()!.Trim()) is { } value
            ? new FieldValue(value, Math.Clamp(item.GetProperty("confidence").GetDouble(), 0, HighestConfidence), span, field == FieldNames.Amount ? Currency(item) : null)
            : null;
    }

    /// <summary>Where the quote stands without touching a further letter or digit; null for nowhere.</summary>
    private static SourceSpan? SpanOf(string quote, string part, string text)
    {
        if (quote.Length == 0)
            return null;
        for (var at = text.IndexOf(quote, StringComparison.Ordinal); at >= 0; at = at + 1 < text.Length ? text.IndexOf(quote, at + 1, StringComparison.Ordinal) : -1)
        {
            var end = at + quote.Length;
            var startsInside = at > 0 && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(quote[0]);
            var endsInside = end < text.Length && char.IsLetterOrDigit(text[end]) && char.IsLetterOrDigit(quote[^1]);
            if (!startsInside && !endsInside)
                return new SourceSpan(part, at, quote);
        }

        return null;
    }

    private static string? Currency(JsonElement item) =>
        item.GetProperty("currency") is { ValueKind: JsonValueKind.String } currency && currency.GetString()!.All(char.IsAsciiLetter) ? currency.GetString()!.ToUpperInvariant() : null;
}
