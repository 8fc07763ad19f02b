using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Messages;

/// <summary>What habits of writing do to phrases, and what they leave alone.</summary>
public sealed class HabitTests
{
    [Theory]
    [InlineData("run_on: true, lower_case: true", "It is, so I think: the {product}, not the box.\\n\\nThanks!", "send it back it is so i think the Velora X, 2 not the box thanks")]
    [InlineData("dropped_articles: 100", "I put the box on a table. The {product} is an old one.", "Send it back. I put box on table. The Velora X, 2 is old one.")]
    [InlineData("exclaimed: 100, shouted: 100", "<more> It is the {product}.", "Send it back. NOBODY TOLD ME ABOUT THAT! It is the Velora X, 2.")]
    [InlineData("fillers: [\"Well,\"], filler_percent: 100", "<more> It is the {product}.", "Send it back. Well, nobody told me about that. It is the Velora X, 2.")]
    public void A_habit_changes_phrases_and_leaves_particulars(string habits, string text, string pattern)
    {
        var body = Body(habits, text);

        // Exclamation marks are one to three.
        while (body.Contains("!!", StringComparison.Ordinal))
            body = body.Replace("!!", "!", StringComparison.Ordinal);
        Assert.Equal(pattern, body);
    }

    [Fact]
    public void A_word_is_mixed_up_as_the_table_says_and_never_in_a_cue()
    {
        var body = Body("slips: 100", "I opened it, and your friend's friend knows it.", disclose: true, slips: "slips: {opened: open, it: that, your: you're, friend: fiend}");

        Assert.Equal("Send it back. I opened it, and you're friend's fiend knows that.", body);
    }

    [Theory]
    [InlineData("<story.*>\\n- <none>\\n- I know.\\n- <none>\\n\\nBye", "Send it back.\n- I know.\n\nBye")]
    [InlineData("<story.*>\\n* <none>\\n* <none>", "Send it back.")]
    [InlineData("<story.*> Hi, <more>", "Send it back. Hi, nobody told me about that.")]
    public void What_says_nothing_leaves_no_sign_of_a_list_and_no_capital_after_a_comma(string body, string text) =>
        Assert.Equal(text, SmallGrammar.Body(SmallGrammar.Read(SmallGrammar.Rules($"- \"{body}\"", more: "none: [\"\"]\nmore: [Nobody told me about that.]"))));

    [Fact]
    public void Quoted_text_may_hold_any_cue_and_begins_on_a_line_of_its_own()
    {
        var grammar = SmallGrammar.Read(
            SmallGrammar.Rules("- {if: thread, say: \"<story.*> <quoted.mail>\"}\n- {if: \"!thread\", say: \"<story.*>\"}", more: "quoted.mail: [\"The Shop wrote:\\n> Match It. Never opened it.\"]"),
            "personas: [{name: voice, share: 1, tags: [voice], asides: [0, 0], run_on: true, lower_case: true}]\n");

        Assert.Equal("send it back\n\nThe Shop wrote:\n> Match It. Never opened it.", SmallGrammar.Body(grammar, s => s.Thread = true));
        Assert.Equal("send it back", SmallGrammar.Body(grammar));
    }

    [Fact]
    public void A_quoted_text_does_not_say_when_the_order_was()
    {
        var complaint = Assert.Throws<PackException>(() => SmallGrammar.Read(SmallGrammar.Rules("- <story.*>", more: "quoted.mail: [\"{day} {month}\"]")));

        Assert.Contains("A quoted text says when the order was", complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_request_is_worded_by_its_own_rule_and_checked_beside_the_first()
    {
        var grammar = SmallGrammar.Read(SmallGrammar.Rules("- {if: second, say: \"<story.*> <second.*>\"}\n- {if: \"!second\", say: \"<story.*>\"}", more: "second.match: [Also match it <how.*>]\nhow.return: [soon.]\nhow.match: [please.]"));
        var first = grammar.Wording("return", "return");

        Assert.Equal("Send it back. Also match it please.", SmallGrammar.Body(grammar, s => s.Second = grammar.Second(first, "match", "match")));
        Assert.Contains("There is no wording 'return'", Assert.Throws<PackException>(() => grammar.Second(first, "return", "return")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_required_date_is_said_and_a_pretended_one_instead_of_the_true_one()
    {
        var grammar = SmallGrammar.Read(SmallGrammar.Rules("- \"<story.*> <rest>\"", more: "rest: [{if: date.required, say: \"I ordered it <when>.\"}, {if: \"!date.required\", say: \"\"}]\nwhen: [yesterday, last week, \"on {day} {month}\", \"in {month} {year}\"]"));
        for (ulong index = 0; index < 100; index++)
        {
            var spec = default(MessageSpec)!;
            var body = SmallGrammar.Body(
                grammar,
                s =>
                {
                    (spec, s.OrderDate, s.MessageDate) = (s, new DateOnly(2025, 11, 20), new DateOnly(2026, 2, 10));
                    (s.DateMention, s.PretendedDaysSinceOrder) = (DateMention.Required, 7);
                },
                index);
            var (from, to) = body switch
            {
                "Send it back. I ordered it last week." => (5, 11),
                "Send it back. I ordered it on 3 February." => (7, 7),
                _ => (0, 9),
            };
            Assert.Equal((from, to), ((int)spec.SaidDays!.Value.From, (int)spec.SaidDays.Value.To));
            Assert.True(from > 0 || body == "Send it back. I ordered it in February 2026.", body);
        }

        Assert.Equal("Send it back.", SmallGrammar.Body(grammar, s => (s.OrderDate, s.MessageDate, s.DateMention) = (new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 10), DateMention.Forbidden)));
    }

    [Theory]
    [InlineData("fillers: [well]", "fillers without filler_percent")]
    [InlineData("fillers: [I opened it], filler_percent: 5", "holds a cue")]
    [InlineData("moods: [happy]", "is no mood")]
    [InlineData("moods: [neutral]", "No persona has the mood 'frustrated'")]
    public void Habits_that_make_no_sense_are_refused(string habits, string problem)
    {
        var complaint = Assert.Throws<PackException>(() => SmallGrammar.Read(SmallGrammar.Rules("- <story.*>"), Persona(habits)));

        Assert.Contains(problem, complaint.Message, StringComparison.Ordinal);
    }

    private static string Persona(string habits) => $"personas: [{{name: someone, share: 1, tags: [someone], asides: [0, 0], {habits}}}]\n";

    private static string Body(string habits, string text, bool disclose = false, string slips = "") => SmallGrammar.Body(
        SmallGrammar.Read(
            SmallGrammar.Rules($"- \"<story.*> {text}\"\n- {{if: \"{(disclose ? "!opened=true" : "!product.named")}\", say: \"<story.*>\"}}", more: "more: [Nobody told me about that.]"),
            $"articles: [the, a, an]\n{(slips.Length == 0 ? "" : slips + "\n")}{Persona(habits)}"),
        spec =>
        {
            (spec.ProductMention, spec.Product) = (ProductMention.Named, "Velora X, 2");
            if (disclose)
                spec.Disclose(SmallGrammar.Policy.FactsByName["opened"].Index, 1);
        });
}
