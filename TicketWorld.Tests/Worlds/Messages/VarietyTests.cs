using System.Text.RegularExpressions;
using TicketWorld.Worlds.Messages;
using Xunit.Abstractions;

namespace TicketWorld.Tests.Worlds.Messages;

/// <summary>Messages of a batch differ from each other, and read like messages.</summary>
public sealed partial class VarietyTests(ITestOutputHelper output)
{
    private static readonly string[] InternalWords = ["scenario", "policy", "clause", "straightforward", "edge case", "wording", "pol-", "resolution", "restocking", "precedence", "technest"];

    [Fact]
    public void No_opening_line_is_common_and_hardly_a_body_occurs_twice()
    {
        var bodies = TechNest.Trial().Texts(10_000, seed: 21).Select(t => t.Body).ToArray();

        var openings = bodies.GroupBy(b => b.Split('\n')[0], StringComparer.Ordinal).OrderByDescending(g => g.Count()).ToArray();
        var repeated = bodies.Length - bodies.Distinct(StringComparer.Ordinal).Count();
        output.WriteLine($"most common opening line: '{openings[0].Key}' in {openings[0].Count() / 100.0:F2} %; {repeated} bodies repeated");
        Assert.InRange(openings[0].Count(), 1, 300);
        Assert.InRange(repeated, 0, 50);
    }

    [Fact]
    public void Lengths_run_from_a_few_words_to_many()
    {
        var lengths = TechNest.Trial().Texts(10_000, seed: 22).Select(t => Words().Count(t.Body)).Order().ToArray();

        output.WriteLine($"words: least {lengths[0]}, 5 % {lengths[500]}, median {lengths[5000]}, 95 % {lengths[9500]}, most {lengths[^1]}");
        Assert.InRange(lengths[0], 2, 12);
        Assert.InRange(lengths[5000], 40, 90);
        Assert.InRange(lengths[9900], 150, 300);
        Assert.InRange(lengths[^1], 200, 450);
    }

    [Fact]
    public void Spacing_and_sentences_are_clean()
    {
        foreach (var (_, subject, body) in TechNest.Trial().Texts(20_000, seed: 23).Where(t => !t.Spec.Thread))
        {
            Assert.False(Untidy().IsMatch(body), $"untidy: {body}");
            Assert.False(Untidy().IsMatch(subject), $"untidy: {subject}");
            Assert.DoesNotContain('\n', subject);
            Assert.InRange(subject.Length, 4, 160);
            Assert.Equal(body.Trim(), body);
        }
    }

    [Fact]
    public void Careful_writers_begin_sentences_with_a_capital()
    {
        foreach (var (spec, _, body) in TechNest.Trial().Texts(20_000, seed: 24).Where(t => !t.Spec.Thread))
        {
            if (!spec.Persona.LowerCase)
                Assert.False(SmallStart().IsMatch(body), $"small letter at a start: {body}");
        }
    }

    [Fact]
    public void No_text_uses_words_of_the_generator()
    {
        foreach (var (spec, subject, body) in TechNest.Trial().Texts(20_000, seed: 25))
        {
            var text = $"{subject}\n{body}".Replace(spec.Company, "", StringComparison.Ordinal).ToLowerInvariant();
            Assert.DoesNotContain(InternalWords, w => text.Contains(w, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_name_of_the_company_comes_from_the_specification_only()
    {
        foreach (var (spec, _, body) in TechNest.Trial().Texts(500, seed: 26))
        {
            var draws = new TicketWorld.Worlds.Randomness.Draws(new TicketWorld.Worlds.Randomness.SeedKey(1, 0), 2, 3);
            var buffer = new MessageBuffer();
            spec.Company = "Other Shop";
            TechNest.Pack.Grammar.WriteBody(spec, ref draws, buffer);
            Assert.DoesNotContain("TechNest", buffer.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.NotEmpty(body);
        }
    }

    [GeneratedRegex(@"\S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"  | \n|\n\n\n|\n |\.\.| [.,!?]|[{}<>]|,,|\?\.|!\.|,\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Untidy();

    [GeneratedRegex(@"(^|[.!?] |\n)[a-z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SmallStart();
}
