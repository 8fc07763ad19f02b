using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Tests.Worlds.Messages;

/// <summary>Compiles phrases written in a test against a policy with three requests.</summary>
internal static class SmallGrammar
{
    public const string PolicyText = """
        facts:
          request: {type: symbol, source: customer, description: what is asked for}
          opened: {type: boolean, source: customer, description: the package was opened}
          offer: {type: money, source: customer, description: a price}
        requests:
          return: {subject: item, claims: {opened: ask}}
          match: {subject: item, claims: {offer: ask}}
        actions:
          ask: {kind: clarify, description: ask}
        clarification: {clause: C-1, action: ask}
        clauses:
          - id: C-1
            title: Ask
            category: all
            precedence: 1
            text: We ask.
            applies: never
        priorities:
          - {priority: low, when: always}
        """;

    public const string VocabularyText = """
        cues:
          request:
            return: [send it back]
            match: [match it]
          opened:
            "true": [opened it]
            "false": [never opened it]
        timing:
          - {text: yesterday, from: 1, to: 1}
          - {text: last week, from: 5, to: 11}
        target_markers: [it for the]
        """;

    private const string Head = """
        months: [January, February, March, April, May, June, July, August, September, October, November, December]
        keyboard: [qwertyuiop, asdfghjkl, zxcvbnm]

        """;

    public const string PlainPersona = "personas: [{name: plain, share: 1, tags: [plain], asides: [0, 0]}]\n";

    public static PolicyDocument Policy { get; } = PolicyReader.Read(PackNode.Parse("policy.yaml", new StringReader(PolicyText)));

    /// <param name="rules">Lines under <c>rules:</c>, without indentation.</param>
    public static Grammar Read(string rules, string personas = PlainPersona) =>
        Grammar.Read(PackNode.Parse("phrases.yaml", new StringReader(Head + personas + "rules:\n" + string.Join('\n', rules.Split('\n').Select(l => "  " + l)))), Policy, Vocabulary.Read(PackNode.Parse("vocabulary.yaml", new StringReader(VocabularyText)), Policy, PackNode.Parse("pack.yaml", new StringReader("{code: USD, symbol: $}"))), []);

    /// <summary>The rules that every grammar here needs, with a body and a story of one's own.</summary>
    public static string Rules(string body, string story = "- Send it back.", string more = "") => $"""
        subject: [Hello]
        body:
        {Indent(body)}
        story.return:
        {Indent(story)}
        story.match: [Please match it.]
        {more}
        """;

    public static string Body(Grammar grammar, Action<MessageSpec>? fill = null, ulong index = 0)
    {
        var spec = grammar.NewSpec();
        spec.Wording = grammar.Wording("return", "return");
        fill?.Invoke(spec);
        var draws = new Draws(new SeedKey(1, 0), 2, index);
        var buffer = new MessageBuffer();
        grammar.WriteBody(spec, ref draws, buffer);
        return buffer.ToString();
    }

    private static string Indent(string lines) => string.Join('\n', lines.Split('\n').Select(l => "  " + l));
}
