using System.Globalization;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Responding;

/// <summary>Writes replies from templates, guidance and what the message states; nothing of the customer's own words is in them but the name.</summary>
public sealed class TemplateReplyWriter
{
    private const string Folder = "replies/";
    private const string English = "en";
    private const int LongestName = 40;

    private readonly Dictionary<string, ReplyTexts> _languages;
    private readonly RuleGuidance _guidance;
    private readonly Dictionary<Topic, string[]> _asked;
    private readonly HashSet<string> _roles;

    /// <exception cref="PackException">The rules cannot be used; names file and line.</exception>
    public TemplateReplyWriter(RuleFiles files, RuleGuidance guidance)
    {
        _guidance = guidance;
        _languages = RuleFiles.Names.Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => ReplyTexts.Read(files.Read(name)))
            .ToDictionary(texts => texts.Language, StringComparer.Ordinal);
        _asked = ReadAsked(files.Read("asked_fields.yaml"));
        _roles = _languages.Values.SelectMany(texts => texts.RoleNames).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public ReplyDraft Write(ReplyRequest request)
    {
        var texts = _languages.GetValueOrDefault(request.Language) ?? _languages[English];
        var tone = texts.Tones[request.Tone];
        var name = NameOf(request.CustomerEmail);
        var greeting = name is null ? tone.Greeting : Filled(tone.GreetingNamed, "{name}", name);
        var acknowledgment = string.Join(' ', Acknowledgment(request, texts, tone));
        var article = request is { SaysNothing: false, DuplicateOf: null, Guidance: [var best, ..] } ? best.Article : null;
        string[] steps = article is null ? [] : [.. article.Steps.Where(step => !IsStated(step, request)).Select(step => step.Text)];
        string[] asks = [.. Asks(request, texts)];
        var timeline = texts.Timelines[request.Severity];
        string[] paragraphs =
        [
            greeting,
            acknowledgment,
            article?.Text ?? "",
            steps.Length > 0 ? tone.Steps + string.Concat(steps.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"\n  {i + 1}. {step}"))) : "",
            .. asks,
            timeline,
            tone.Closing,
        ];
        return new()
        {
            Content = string.Join("\n\n", paragraphs.Where(paragraph => paragraph.Length > 0)),
            Tone = request.Tone,
            SuggestedActions = steps,
            RequiresEscalation = request.Severity >= Severity.High,
            TemplateUsed = $"{RuleWords.Of(request.Category)}.{RuleWords.Of(request.Tone)}.{texts.Language}",
            Greeting = greeting,
            Acknowledgment = acknowledgment,
            Explanation = article?.Text ?? "",
            ActionItems = asks,
            Timeline = timeline,
            Closing = tone.Closing,
            Sources = article is null ? [] : [article.Id],
        };
    }

    /// <summary>When a customer hears more, as a sentence in a language that has texts, else in English.</summary>
    public string TimelineOf(string language, Severity severity) => (_languages.GetValueOrDefault(language) ?? _languages[English]).Timelines[severity];

    /// <summary>The part of an address before the @, where it can stand in a greeting: not of an address of a role, such as info@.</summary>
    public string? NameOf(string? email)
    {
        var at = email?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        if (at is <= 0 or > LongestName)
            return null;
        var name = email![..at];
        return name.Count(char.IsLetter) > 1 && !_roles.Contains(name) && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '\'') ? name : null;
    }

    /// <summary>Whether the step does nothing but ask for what the message states.</summary>
    private static bool IsStated(GuidanceStep step, ReplyRequest request) =>
        step.Unless.Count > 0 && step.Unless.All(name => request.Extraction.Fields.Any(field => field.Name == name) || (name == FieldNames.AccountEmail && request.CustomerEmail is not null));

    private IEnumerable<string> Acknowledgment(ReplyRequest request, ReplyTexts texts, ToneTexts tone)
    {
        var matters = _guidance.Matters.GetValueOrDefault(texts.Language) ?? _guidance.Matters[English];
        yield return Filled(tone.Acknowledgment, "{matter}", matters[request.Topic]);
        if (request.Severity >= Severity.High)
            yield return tone.Regret;
        if (request.DuplicateOf is { } earlier)
            yield return Filled(texts.Duplicate, "{ticket}", earlier);
        if (request.Disturbances is [var disturbance, ..])
        {
            yield return Filled(
                Filled(texts.Incident, "{service}", disturbance.NameIn(texts.Language)), "{since}",
                disturbance.Since.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        }

        if (request.Severity == Severity.Critical)
            yield return texts.Escalation;
    }

    private IEnumerable<string> Asks(ReplyRequest request, ReplyTexts texts)
    {
        if (request.SaysNothing || (request.Topic == Topic.Question && request.Severity == Severity.Medium))
            yield return texts.Details;
        var wanted = _asked.GetValueOrDefault(request.Topic) ?? [];
        string[] missing =
        [
            .. request.Extraction.MissingRequired
                .Where(field => wanted.Contains(field, StringComparer.Ordinal) && !(field == FieldNames.AccountEmail && request.CustomerEmail is not null))
                .Select(field => texts.FieldNames.GetValueOrDefault(field) ?? field),
        ];
        if (missing.Length > 0 && request.DuplicateOf is null)
            yield return Filled(texts.Fields, "{fields}", missing.Length == 1 ? missing[0] : $"{string.Join(", ", missing[..^1])} {texts.And} {missing[^1]}");
    }

    private static string Filled(string text, string place, string value) => text.Replace(place, value, StringComparison.Ordinal);

    private static Dictionary<Topic, string[]> ReadAsked(PackNode root)
    {
        root.Only([.. FieldNames.All]);
        return root.Entries.SelectMany(entry => entry.Value.Items.Select(topic => (Topic: RuleWords.Read<Topic>(topic), Field: entry.Key)))
            .GroupBy(asked => asked.Topic, asked => asked.Field).ToDictionary(group => group.Key, group => group.ToArray());
    }
}
