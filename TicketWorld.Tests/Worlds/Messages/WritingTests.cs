using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Tests.Worlds.Messages;

/// <summary>How rules become text.</summary>
public sealed class WritingTests
{
    private static readonly int Opened = SmallGrammar.Policy.FactsByName["opened"].Index;
    private static readonly int Offer = SmallGrammar.Policy.FactsByName["offer"].Index;

    [Theory]
    [InlineData("- \"<story.*> <empty> now\"", "Send it back. Now")]
    [InlineData("- \"well, <empty> <story.*>\"", "Well, Send it back.")]
    [InlineData("- \"<story.*> <empty>\\n\\n<empty>\\n\\nbye\"", "Send it back.\n\nBye")]
    [InlineData("- \"<empty>\\n\\n<story.*>\"", "Send it back.")]
    [InlineData("- \"<story.*> so <empty>, thanks\"", "Send it back. So, thanks")]
    [InlineData("- \"<story.*>\\n<empty>\\n<empty>\\n<empty>bye\"", "Send it back.\nBye")]
    public void Pieces_that_say_nothing_leave_no_gap(string body, string text) =>
        Assert.Equal(text, SmallGrammar.Body(SmallGrammar.Read(SmallGrammar.Rules(body, more: "empty: [\"\"]"))));

    [Fact]
    public void A_text_with_a_cue_is_chosen_only_where_its_value_is_disclosed()
    {
        var grammar = SmallGrammar.Read(SmallGrammar.Rules("- <story.*> <claim>", more: "claim: [I opened it., I never opened it., {if: \"!says.opened\", say: \"\"}]"));

        for (ulong index = 0; index < 50; index++)
        {
            Assert.Equal("Send it back.", SmallGrammar.Body(grammar, index: index));
            Assert.Equal("Send it back. I opened it.", SmallGrammar.Body(grammar, s => s.Disclose(Opened, 1), index));
            Assert.Equal("Send it back. I never opened it.", SmallGrammar.Body(grammar, s => s.Disclose(Opened, 0), index));
        }
    }

    [Fact]
    public void A_time_is_chosen_only_where_it_is_true()
    {
        var grammar = SmallGrammar.Read(SmallGrammar.Rules("- <story.*> I bought it <when>.", more: "when: [yesterday, last week, \"on {day} {month} {year}\", {if: \"!timed\", say: here}]"));
        var written = new HashSet<string>(StringComparer.Ordinal);
        for (ulong index = 0; index < 300; index++)
        {
            foreach (var (days, allowed) in new[] { (1, "yesterday"), (7, "last week"), (30, "on 2 January 2026") })
            {
                var body = SmallGrammar.Body(grammar, s => (s.OrderDate, s.MessageDate) = (new DateOnly(2026, 2, 1).AddDays(-days), new DateOnly(2026, 2, 1)), index);
                Assert.True(body == $"Send it back. I bought it {allowed}." || body.Contains("2026.", StringComparison.Ordinal), body);
                written.Add(body);
            }
        }

        Assert.Contains("Send it back. I bought it yesterday.", written);
        Assert.Contains("Send it back. I bought it last week.", written);
        Assert.Contains("Send it back. I bought it on 2 January 2026.", written);
        Assert.Equal("Send it back. I bought it here.", SmallGrammar.Body(grammar));
    }

    [Fact]
    public void What_was_written_is_known_to_the_rules_that_follow()
    {
        var grammar = SmallGrammar.Read(SmallGrammar.Rules(
            "- {if: order.given, say: \"<story.*> <first> <rest>\"}\n- {if: \"!order.given\", say: \"<story.*>\"}",
            more: "first: [\"Order {order}.\", Hi.]\nrest: [{if: written.order, say: Done.}, {if: \"!written.order\", say: \"It is {order}.\"}]"));

        var bodies = Enumerable.Range(0, 50).Select(i => SmallGrammar.Body(grammar, s => (s.OrderMention, s.Order) = (OrderMention.Exact, "ORD-20260101-1001"), (ulong)i)).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(["Send it back. Hi. It is ORD-20260101-1001.", "Send it back. Order ORD-20260101-1001. Done."], bodies.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Amounts_stand_as_the_specification_writes_them()
    {
        var grammar = SmallGrammar.Read(SmallGrammar.Rules("- {if: says.offer, say: \"<story.*> It is {offer}.\"}\n- {if: \"!says.offer\", say: \"<story.*>\"}"));

        var body = SmallGrammar.Body(grammar, s =>
        {
            s.Wording = grammar.Wording("match", "match");
            s.DiscloseAmount(Offer, "$1,299.00");
        });

        Assert.Equal("Please match it. It is $1,299.00.", body);
    }

    [Fact]
    public void Small_letters_spare_what_must_stay_readable()
    {
        var grammar = SmallGrammar.Read(
            SmallGrammar.Rules("- {if: product.named, say: \"Hello, <story.*> It Is the {product}, From {company}.\\n\\nBye.\"}\n- {if: \"!product.named\", say: \"<story.*>\"}"),
            "personas: [{name: small, share: 1, tags: [small], lower_case: true, sparse_punctuation: true, asides: [0, 0]}]\n");

        var body = SmallGrammar.Body(grammar, s => (s.ProductMention, s.Product, s.Company) = (ProductMention.Named, "Velora X, 2", "TechNest"));

        Assert.Equal("hello send it back. it is the Velora X, 2 from TechNest\n\nbye", body);
    }

    [Fact]
    public void Typing_errors_come_at_their_rate_and_spare_cues_and_slots()
    {
        const int Words = 40;
        var filler = string.Join(' ', Enumerable.Repeat("something", Words));
        var grammar = SmallGrammar.Read(
            SmallGrammar.Rules($"- {{if: order.given, say: \"<story.*> {filler} {{order}}.\"}}\n- {{if: \"!order.given\", say: \"<story.*>\"}}"),
            "personas: [{name: hasty, share: 1, tags: [hasty], typing_errors: 50, asides: [0, 0]}]\n");

        var errors = 0;
        const int Messages = 2000;
        for (ulong index = 0; index < Messages; index++)
        {
            var body = SmallGrammar.Body(grammar, s => (s.OrderMention, s.Order) = (OrderMention.Exact, "ORD-20260101-1001"), index);
            Assert.StartsWith("Send it back. ", body, StringComparison.Ordinal);
            Assert.EndsWith(" ORD-20260101-1001.", body, StringComparison.Ordinal);
            errors += body.Split(' ')[3..^1].Count(w => w is not ("something" or "Something"));
        }

        // 50 in 1000 words, so 4,000 in 80,000.
        Assert.InRange(errors, 3700, 4300);
    }

    [Fact]
    public void No_sentence_beside_the_point_is_said_twice()
    {
        var grammar = SmallGrammar.Read(
            SmallGrammar.Rules("- <story.*> <aside*>", more: "aside: [One., Two., Three.]"),
            "personas: [{name: chatty, share: 1, tags: [chatty], asides: [3, 8]}]\n");

        for (ulong index = 0; index < 200; index++)
        {
            var sentences = SmallGrammar.Body(grammar, index: index).Split(". ").Select(s => s.TrimEnd('.')).ToArray();
            Assert.Equal(sentences.Length, sentences.Distinct(StringComparer.Ordinal).Count());
            Assert.InRange(sentences.Length, 2, 4);
        }
    }

    [Fact]
    public void The_same_specification_and_draws_give_the_same_text()
    {
        var first = TechNest.Trial().Texts(2000, seed: 9).Select(t => t.Subject + "\n" + t.Body).ToArray();
        var second = TechNest.Trial().Texts(2000, seed: 9).Select(t => t.Subject + "\n" + t.Body).ToArray();
        var other = TechNest.Trial().Texts(2000, seed: 10).Select(t => t.Subject + "\n" + t.Body).ToArray();

        Assert.Equal(first, second);
        Assert.True(first.Intersect(other, StringComparer.Ordinal).Count() < 20);
    }

    /// <summary>Fixed once and for all machines: a change here changes every world.</summary>
    [Fact]
    public void Choices_are_the_same_on_every_machine()
    {
        var grammar = SmallGrammar.Read(
            SmallGrammar.Rules("- <story.*> <a> <b> <a> <b>", more: "a: [certainly, sometimes, {say: altogether, weight: 3}]\nb: [red, green, blue, yellow]"),
            "personas: [{name: hasty, share: 1, tags: [hasty], typing_errors: 200, asides: [0, 0]}]\n");

        Assert.Equal(Golden, Enumerable.Range(0, 4).Select(i => SmallGrammar.Body(grammar, index: (ulong)i)));
    }

    private static readonly string[] Golden =
    [
        "Send it back. Altogether green sometimes gren",
        "Send it back. Certainly yellow altogether geeen",
        "Send it back. Altogether green certainly geren",
        "Send it back. Altogether red sometimes blue",
    ];

    [Fact]
    public void A_specification_that_the_wording_cannot_say_is_named()
    {
        var grammar = SmallGrammar.Read(SmallGrammar.Rules("- <story.*>", story: "- Send it back, I never opened it."));

        var complaint = Assert.Throws<InvalidOperationException>(() => SmallGrammar.Body(grammar, s => s.Disclose(Opened, 1)));

        Assert.Contains("'story.return'", complaint.Message, StringComparison.Ordinal);
        Assert.Contains("opened=true", complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var grammar = TechNest.Pack.Grammar;
        var spec = grammar.NewSpec();
        (spec.CustomerName, spec.FirstName, spec.Company, spec.Minimal) = ("Ana Ruiz", "Ana", "Shop", false);
        var buffer = new MessageBuffer();
        void Write(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var draws = new Draws(new SeedKey(1, 0), 2, (ulong)i);
                spec.Persona = grammar.Personas[i % grammar.Personas.Count];
                buffer.Clear();
                grammar.WriteSubject(spec, ref draws, buffer);
                grammar.WriteBody(spec, ref draws, buffer);
            }
        }

        Write(2000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(1000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }
}
