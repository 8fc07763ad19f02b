using System.Text.Json;
using TicketWorld.Support.Models;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Writing;

namespace TicketWorld.Support.Responding;

/// <summary>
/// Has a model draft a reply. A draft that cites what it was not given, names an address or number that no passage has, or holds traces of the
/// prompt is refused.
/// </summary>
public sealed class ModelReplyWriter(StructuredChat chat) : IReplyWriter
{
    private const int LongestPart = 3000;
    private const int LongestLine = 500;
    private const int MostActions = 8;
    private const int MostCitations = 12;

    /// <summary>How much of one passage the prompt holds, in tokens.</summary>
    private const int MostPassageTokens = 800;

    private static readonly ObjectSchema Schema = new(
        ("greeting", new TextSchema(LongestLine, 1)),
        ("acknowledgment", new TextSchema(LongestPart, 1)),
        ("explanation", new TextSchema(LongestPart, 1)),
        ("action_items", new ListSchema(new TextSchema(LongestLine, 1), MostActions)),
        ("timeline", new TextSchema(LongestLine, 1)),
        ("closing", new TextSchema(LongestLine, 1)),
        ("citations", new ListSchema(new TextSchema(200, 1), MostCitations)));

    public Task<StructuredAnswer<ModelReply>> WriteAsync(ModelReplyRequest request, string? ticket = null, CancellationToken cancellationToken = default) =>
        chat.AskAsync(
            new StructuredQuestion(Prompts.CustomerReply, PromptData.Of("case", Case(request)), ticket),
            new AnswerForm<ModelReply>(Schema, Read, draft => ReplyCheck.ProblemsOf(draft, request)),
            cancellationToken);

    private object Case(ModelReplyRequest request) => new
    {
        ticket = PromptTicket.Shown(request.Text, chat.MaxTicketTokens),
        request.CustomerName,
        category = RuleWords.Of(request.Category),
        severity = RuleWords.Of(request.Severity),
        tone = RuleWords.Of(request.Tone),
        request.Language,
        request.ResponseTime,
        fields = request.Fields.ToDictionary(field => field.Name, field => field.Values.Select(value => value.Value)),
        guidance = request.Guidance.Select(passage => new { passage.Id, passage.Title, text = PromptData.Cut(passage.Text, MostPassageTokens) }),
    };

    private static ModelReply Read(JsonElement answer) => new(
        Text(answer, "greeting"),
        Text(answer, "acknowledgment"),
        Text(answer, "explanation"),
        Texts(answer, "action_items"),
        Text(answer, "timeline"),
        Text(answer, "closing"),
        [.. Texts(answer, "citations").Distinct(StringComparer.Ordinal)]);

    private static string Text(JsonElement answer, string name) => Clean(answer.GetProperty(name).GetString()!);

    private static string[] Texts(JsonElement answer, string name) => [.. answer.GetProperty(name).EnumerateArray().Select(item => Clean(item.GetString()!))];

    private static string Clean(string text) => string.Concat(text.ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))).Trim();
}
