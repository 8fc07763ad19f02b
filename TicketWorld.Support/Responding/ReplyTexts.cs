using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Responding;

/// <summary>The texts of one tone.</summary>
internal sealed record ToneTexts(string Greeting, string GreetingNamed, string Acknowledgment, string Regret, string Steps, string Closing);

/// <summary>The texts of replies in one language: <c>replies/LANGUAGE.yaml</c>.</summary>
internal sealed record ReplyTexts(
    string Language, IReadOnlyDictionary<ReplyTone, ToneTexts> Tones, IReadOnlyDictionary<Severity, string> Timelines, string Details, string Fields, string And,
    IReadOnlyDictionary<string, string> FieldNames, string Duplicate, string Incident, string Escalation, IReadOnlyList<string> RoleNames)
{
    /// <exception cref="PackException">The file cannot be used; names file and line.</exception>
    public static ReplyTexts Read(PackNode root)
    {
        root.Only("language", "tones", "timelines", "details", "fields", "and", "field_names", "duplicate", "incident", "escalation", "role_names");
        var tones = root["tones"];
        tones.Only([.. RuleWords.All<ReplyTone>()]);
        var timelines = root["timelines"];
        timelines.Only([.. RuleWords.All<Severity>()]);
        return new(
            root["language"].Text,
            Enum.GetValues<ReplyTone>().ToDictionary(tone => tone, tone => ReadTone(tones[RuleWords.Of(tone)])),
            Enum.GetValues<Severity>().ToDictionary(severity => severity, severity => timelines[RuleWords.Of(severity)].Text),
            root["details"].Text,
            With(root["fields"], "{fields}"),
            root["and"].Text,
            root["field_names"].Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Text, StringComparer.Ordinal),
            With(root["duplicate"], "{ticket}"),
            With(root["incident"], "{service}", "{since}"),
            root["escalation"].Text,
            root.Find("role_names")?.Texts() ?? []);
    }

    private static ToneTexts ReadTone(PackNode node)
    {
        node.Only("greeting", "greeting_named", "acknowledgment", "regret", "steps", "closing");
        return new(
            node["greeting"].Text, With(node["greeting_named"], "{name}"), With(node["acknowledgment"], "{matter}"), node["regret"].Text, node["steps"].Text, node["closing"].Text);
    }

    private static string With(PackNode node, params ReadOnlySpan<string> places)
    {
        foreach (var place in places)
        {
            if (!node.Text.Contains(place, StringComparison.Ordinal))
                throw node.Error($"The text lacks {place}.", $"Write {place} where the value shall stand.");
        }

        return node.Text;
    }
}
