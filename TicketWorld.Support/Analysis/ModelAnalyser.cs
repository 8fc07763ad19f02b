using System.Text.Json;
using TicketWorld.Support.Models;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Support.Writing;

namespace TicketWorld.Support.Analysis;

/// <summary>
/// Has a model understand a message. Labels are of the enumerations or the answer is refused; evidence that does not stand in the message is dropped.
/// </summary>
/// <param name="categoryOf">The category of a topic.</param>
/// <param name="definitions">What each topic means, for the prompt; null for the words alone.</param>
public sealed class ModelAnalyser(StructuredChat chat, Func<Topic, Category> categoryOf, IReadOnlyDictionary<Topic, string>? definitions = null)
{
    private const int MostQuotes = 8;
    private const int LongestQuote = 80;
    private const int LongestReasoning = 400;
    private static readonly string[] Languages = ["en", "pt", "es", "de", "fr"];
    private static readonly NumberSchema Probability = new(0, 1);

    private static readonly ObjectSchema Schema = new(
        ("topic", new ChoiceSchema([.. RuleWords.All<Topic>()])),
        ("topic_confidence", Probability),
        ("also", new ListSchema(new ChoiceSchema([.. RuleWords.All<Topic>()]), 3)),
        ("severity", new ChoiceSchema([.. RuleWords.All<Severity>()])),
        ("severity_confidence", Probability),
        ("sentiment", new ChoiceSchema([.. RuleWords.All<Sentiment>()])),
        ("sentiment_confidence", Probability),
        ("urgent", new YesNoSchema()),
        ("language", new ChoiceSchema(Languages)),
        ("keywords", new ListSchema(new TextSchema(LongestQuote), MostQuotes)),
        ("urgency_indicators", new ListSchema(new TextSchema(LongestQuote), MostQuotes)),
        ("reasoning", new TextSchema(LongestReasoning, 1)));

    private readonly string _instructions = Prompts.Analysis.Replace(
        "{topics}",
        string.Join('\n', Enum.GetValues<Topic>().Select(t => definitions?.GetValueOrDefault(t) is { } meaning ? $"- {RuleWords.Of(t)}: {meaning}" : $"- {RuleWords.Of(t)}")),
        StringComparison.Ordinal);

    /// <exception cref="ModelCallException">No model gave a usable answer.</exception>
    public Task<StructuredAnswer<TicketAnalysis>> AnalyseAsync(TicketText text, string? ticket = null, CancellationToken cancellationToken = default) =>
        chat.AskAsync(
            new StructuredQuestion(_instructions, PromptTicket.Of(text, chat.MaxTicketTokens), ticket),
            new AnswerForm<TicketAnalysis>(Schema, answer => Read(answer, text)),
            cancellationToken);

    private TicketAnalysis Read(JsonElement answer, TicketText text)
    {
        var topic = Value<Topic>(answer.GetProperty("topic"));
        Topic[] also = [.. answer.GetProperty("also").EnumerateArray().Select(Value<Topic>).Where(t => t != topic).Distinct()];
        var category = categoryOf(topic);
        var confidence = Confidence(answer, "topic_confidence");
        return new TicketAnalysis
        {
            Topic = topic,
            TopicConfidence = confidence,
            Also = also,
            Category = category,
            CategoryConfidence = confidence,
            SecondaryCategories = [.. also.Select(categoryOf).Where(c => c != category).Distinct().Take(2)],
            Severity = Value<Severity>(answer.GetProperty("severity")),
            SeverityConfidence = Confidence(answer, "severity_confidence"),
            Sentiment = Value<Sentiment>(answer.GetProperty("sentiment")),
            SentimentConfidence = Confidence(answer, "sentiment_confidence"),
            Urgent = answer.GetProperty("urgent").GetBoolean(),
            Language = answer.GetProperty("language").GetString()!,
            LanguageConfidence = confidence,
            Reasoning = Plain(answer.GetProperty("reasoning").GetString()!),
            KeywordsMatched = Quotes(answer, "keywords", text),
            UrgencyIndicators = Quotes(answer, "urgency_indicators", text),
        };
    }

    private static double Confidence(JsonElement answer, string name) => Math.Clamp(answer.GetProperty(name).GetDouble(), 0, 1);

    /// <summary>The quotes that stand in the message, spelled as they do there, in the order of appearance.</summary>
    private static string[] Quotes(JsonElement answer, string name, TicketText text)
    {
        var whole = text.Subject + "\n" + text.Body;
        return
        [
            .. answer.GetProperty(name).EnumerateArray()
                .Select(quote => quote.GetString()!.Trim())
                .Where(quote => quote.Length > 0)
                .Select(quote => (At: whole.IndexOf(quote, StringComparison.OrdinalIgnoreCase), quote.Length))
                .Where(found => found.At >= 0)
                .Order()
                .Select(found => whole.Substring(found.At, found.Length))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    /// <summary>The value of a word that the schema let through.</summary>
    private static T Value<T>(JsonElement word)
        where T : struct, Enum => RuleWords.Find<T>(word.GetString()!)!.Value;
}
