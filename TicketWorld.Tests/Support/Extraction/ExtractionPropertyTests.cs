using System.Diagnostics;
using System.Text;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;

namespace TicketWorld.Tests.Support.Extraction;

public sealed class ExtractionPropertyTests
{
    private const int Seed = 20250611;

    private static readonly string[] Pieces =
    [
        "order ", "ORD-111", "#", "@", "://", "www.", "a@b.example", "https://x.example/", "0x", "ERR-", "$", "€", "1.299,00", "1 299", "+44 20 7946 0318", "(", ")", "\"", "<div>", "</", "&nbsp;", "&#",
        "15.01.2024", "3 de mayo", "v5.9", " ", "\n", "\r\n", "\0", "\u0007", "\u202e", "e\u0301", "مرحبا", "שלום", "\ud83d", "\ude00", "😀", ".", ",", "-", "/", "'", "’", "Quillbooks 11.2", "my Pro subscription", "On 3 June x wrote:\n", "> ", "tel ", "ref. ",
    ];

    [Fact]
    public void Spans_are_exact_parts_of_the_text_values_of_a_field_do_not_overlap_and_nothing_throws()
    {
        var random = new Random(Seed);
        for (var run = 0; run < 3_000; run++)
        {
            var text = new TicketText(Piece(random, 6), Piece(random, 60));
            var found = ExtractionTexts.Extractor.Extract(text, null);
            foreach (var field in found.Fields)
            {
                foreach (var value in field.Values)
                {
                    var part = value.Span.Part == "subject" ? text.Subject : text.Body;
                    Assert.Equal(value.Span.Text, part.Substring(value.Span.Start, value.Span.Text.Length));
                    Assert.InRange(value.Confidence, 0.0, 1.0);
                }

                var spans = field.Values.Where(v => v.Span.Part == "body").OrderBy(v => v.Span.Start).ToList();
                for (var i = 1; i < spans.Count; i++)
                    Assert.True(spans[i - 1].Span.Start + spans[i - 1].Span.Text.Length <= spans[i].Span.Start);
                Assert.Equal(field.Values.Count, field.Values.Select(v => (v.Value, v.Currency)).Distinct().Count());
            }
        }
    }

    [Fact]
    public void Two_messages_in_one_have_the_ids_and_addresses_of_both()
    {
        string[] fields = [FieldNames.OrderId, FieldNames.AccountEmail, FieldNames.Url, FieldNames.AccountId, FieldNames.TransactionId];
        var texts = ExtractionTexts.Strings.Select(s => s.Text.Body).ToArray();
        var random = new Random(Seed);
        for (var run = 0; run < 500; run++)
        {
            var first = texts[random.Next(texts.Length)];
            var second = texts[random.Next(texts.Length)];
            var both = ExtractionTexts.Extract($"{first}\n\n{second}").Spans().Where(Wanted).ToHashSet(StringComparer.Ordinal);
            var apart = ExtractionTexts.Extract(first).Spans().Concat(ExtractionTexts.Extract(second).Spans()).Where(Wanted).ToHashSet(StringComparer.Ordinal);
            Assert.True(both.SetEquals(apart), $"{first} + {second}: {string.Join(", ", both)} instead of {string.Join(", ", apart)}");
        }

        bool Wanted(string entity) => Array.Exists(fields, field => entity.StartsWith(field + ":", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("&a")]
    [InlineData("://")]
    [InlineData("(1")]
    [InlineData("+1 ")]
    [InlineData("$1 ")]
    [InlineData("On 1\n")]
    [InlineData("From: x\n")]
    [InlineData("> x\n")]
    [InlineData("x-")]
    [InlineData("ORD-111 and ")]
    [InlineData("My Foo ")]
    [InlineData("order no. ")]
    [InlineData("e\u0301")]
    [InlineData("www.a.example/((")]
    public void Fifty_thousand_characters_of_one_piece_do_not_take_time_by_their_square(string piece)
    {
        var time = Time(piece, 50_000);
        Assert.True(time < TimeSpan.FromSeconds(2), $"{time.TotalMilliseconds:0} ms");
    }

    [Fact]
    public void Fifty_thousand_characters_of_ordinary_mail_take_a_fraction_of_a_second()
    {
        var mail = string.Join("\n\n", ExtractionTexts.Fixtures.Select(f => f.Text.Body));
        var time = Time(mail + "\n\n", 50_000);
        Assert.True(time < TimeSpan.FromMilliseconds(500), $"{time.TotalMilliseconds:0} ms");
    }

    /// <summary>The least of several times, so that other work on the machine does not count.</summary>
    private static TimeSpan Time(string piece, int length)
    {
        var text = new TicketText("", string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length]);
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < 12; i++)
        {
            var start = Stopwatch.GetTimestamp();
            ExtractionTexts.Extractor.Extract(text, null);
            var time = Stopwatch.GetElapsedTime(start);
            least = time < least ? time : least;
        }

        return least;
    }

    private static string Piece(Random random, int most)
    {
        var text = new StringBuilder();
        var count = random.Next(most);
        for (var i = 0; i < count; i++)
            text.Append(random.Next(4) == 0 ? ((char)random.Next(0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }
}
