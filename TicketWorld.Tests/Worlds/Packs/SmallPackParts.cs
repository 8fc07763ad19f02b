namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>Parts that tests add to the pack of the guide.</summary>
internal static class SmallPackParts
{
    public const string Policy = "policy.yaml";
    public const string Scenarios = "scenarios.yaml";
    public const string Vocabulary = "vocabulary.yaml";
    public const string Phrases = "phrases.yaml";

    public static void AddClause(this SmallPack pack, string text) => pack.Replace(Policy, "priorities:\n", text + "\npriorities:\n");

    public static void AddScenario(this SmallPack pack, string text) => pack.Replace(Scenarios, "  - id: return_late\n", text + "\n  - id: return_late\n");

    public static void AddFact(this SmallPack pack, string text) => pack.Replace(Policy, "  escalated: {", $"  {text}\n  escalated: {{");

    /// <summary>A request with an action, a clause, a cue and a story.</summary>
    /// <param name="value">Of the action.</param>
    /// <param name="stories">Alternatives.</param>
    public static void AddRequest(this SmallPack pack, string request, string claims, string value, string cues, string stories, string applies)
    {
        pack.Replace(Policy, "  not_arrived: {subject: order}", $"  {request}: {claims}\n  not_arrived: {{subject: order}}");
        pack.Replace(Policy, "  refuse_return:", "  settle: {kind: grant, description: settle it}\n  refuse_return:");
        pack.AddClause($$"""
              - id: LEAF-6
                title: Settling
                category: returns
                precedence: 3
                text: We settle it.
                applies: request = {{request}}{{applies}}
                rules:
                  - {when: always, decision: settling, permit: settle, value: {{value}}, reason: we settle it}

            """);
        pack.Replace(Vocabulary, "    not_arrived: [", $"    {request}: {cues}\n    not_arrived: [");
        pack.Replace(Phrases, "  subject.not_arrived:", $"  subject.{request}: [A request, A question]\n  subject.not_arrived:");
        pack.Replace(Phrases, "  story.not_arrived:", $"  story.{request}: {stories}\n  story.not_arrived:");
    }

    /// <summary>An exchange: the same again, or with <paramref name="other"/> a dearer product too.</summary>
    public static void AddExchange(this SmallPack pack, bool other)
    {
        var stories = "\n    - {if: target.same, say: I would like to exchange it for the same again.}\n    - {if: target.same, say: Will you swap it for another of the same kind?}"
            + (other ? "\n    - {if: target.other, say: \"I want to exchange it for the {target_product} please.\"}\n    - {if: target.other, say: \"Please swap it for the {target_product} when you can.\"}" : "");
        pack.AddFact("target_price: {type: money, source: database, description: price of the product wanted}");
        pack.AddRequest("exchange", "{subject: item}", "exchange_difference", "[like to exchange, want to exchange, please swap, you swap]", stories, " and delivered = true and item_settled = false");
        pack.AddScenario(Exchange("exchange_same", "straightforward", "same", "approve"));
        if (!other)
            return;
        pack.Replace(Vocabulary, "target_markers: []", "target_markers: [it for the]");
        pack.Replace(Scenarios, "  - id: return_opened\n", Exchange("exchange_dearer", "requires_lookup", "pricier", "approve_with_payment") + "\n  - id: return_opened\n");
    }

    private static string Exchange(string id, string complexity, string target, string outcome) => $$"""
          - id: {{id}}
            group: returns
            ticket_type: return_request
            complexity: {{complexity}}
            weight: 4
            request: exchange
            wording: exchange
            target: {{target}}
            order: {use: ordinary, season_outside: [1201, 1231], state: delivered, days_since_delivery: [3, 30]}
            expect: {outcome: {{outcome}}, actions: [settle]}

        """;
}
