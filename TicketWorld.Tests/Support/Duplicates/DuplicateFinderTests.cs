using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TicketWorld.Grains;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Duplicates;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Rules;

namespace TicketWorld.Tests.Support.Duplicates;

public sealed class DuplicateFinderTests
{
    private readonly DuplicateFinder _finder = new(new RuleFiles());

    [Fact]
    public void The_same_text_is_a_duplicate_with_similarity_one()
    {
        var match = _finder.Find(Print("new", "Cannot log in", "The page says no."), [Print("other", "Where is my parcel", "x"), Print("old", "Cannot log in", "The page says no.")]);
        Assert.Equal(new("old", 1), match);
    }

    [Theory]
    [InlineData("cannot log in today", "page says no", "cannot log in today", "page says yes", 0.85)]
    [InlineData("cannot log in", "a b c d", "cannot log in", "e f g h", 0.7)]
    [InlineData("one two three four", "same words here", "one two three five", "same words here", 0.72)]
    [InlineData("", "", "", "", 1)]
    [InlineData("Don't PANIC", "É", "dont panic", "é", 1)]
    public void Similarity_is_the_weighted_share_of_common_words(string subject, string body, string otherSubject, string otherBody, double similarity) =>
        Assert.Equal(similarity, Print("a", subject, body).SimilarityTo(Print("b", otherSubject, otherBody), 0.7, 0.3), 6);

    [Fact]
    public void Tickets_below_the_threshold_are_no_duplicates()
    {
        Assert.Null(_finder.Find(Print("new", "one two three four", "same words here"), [Print("old", "one two three five", "same words here")]));
        Assert.NotNull(_finder.Find(Print("new", "cannot log in today", "page says no"), [Print("old", "cannot log in today", "page says yes")]));
    }

    [Fact]
    public void Tickets_that_name_different_orders_are_no_duplicates()
    {
        var (subject, body) = ("Where is my order", "It has not come yet.");
        Assert.Null(_finder.Find(Print("new", subject, body, "ORD-1"), [Print("old", subject, body, "ORD-2")]));
        Assert.Null(_finder.Find(Print("new", subject, body, "ORD-1", "ORD-2"), [Print("old", subject, body, "ORD-2")]));
        Assert.NotNull(_finder.Find(Print("new", subject, body, "ORD-2", "ORD-1"), [Print("old", subject, body, "ORD-1", "ORD-2")]));
        Assert.NotNull(_finder.Find(Print("new", subject, body, "ORD-1"), [Print("old", subject, body)]));
    }

    [Theory]
    [InlineData(FieldNames.TransactionId)]
    [InlineData(FieldNames.AccountId)]
    [InlineData(FieldNames.ErrorCode)]
    public void So_are_those_that_name_different_payments_accounts_or_error_codes(string field)
    {
        TicketFingerprint Named(string id, params string[] values) => TicketFingerprint.Of(id, new("Please resend the invoice", "I need it as PDF."), values.Length == 0 ? [] : [Field(field, values)]);
        Assert.Null(_finder.Find(Named("new", "X-2"), [Named("old", "X-1")]));
        Assert.NotNull(_finder.Find(Named("new", "X-1"), [Named("old", "X-1")]));
        Assert.NotNull(_finder.Find(Named("new", "X-1"), [Named("old")]));
    }

    [Fact]
    public void Orders_of_a_ticket_that_was_kept_before_fields_had_names_still_tell_it_apart()
    {
        var now = Print("old", "Where is my order", "It has not come yet.");
        var kept = JsonSerializer.Deserialize<TicketFingerprint>(
            JsonSerializer.Serialize(new { ticket_id = "old", subject = now.Subject, body = now.Body, orders = (string[])["ORD-1"] }), GrainJson.Options)!;
        Assert.Null(_finder.Find(Print("new", "Where is my order", "It has not come yet.", "ORD-2"), [kept]));
        Assert.NotNull(_finder.Find(Print("new", "Where is my order", "It has not come yet."), [kept]));
    }

    [Fact]
    public void The_most_similar_wins_and_of_equals_the_earliest()
    {
        var best = _finder.Find(Print("new", "a b c d e", "x y"), [Print("near", "a b c d e", "x z"), Print("first", "a b c d e", "x y"), Print("second", "a b c d e", "x y")]);
        Assert.Equal("first", best!.TicketId);
    }

    [Fact]
    public void Similarity_is_symmetric_bounded_and_one_for_the_same_text() => Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(), ArbMap.Default.ArbFor<string[]>(), (one, other) =>
        {
            var a = Print("a", "s", string.Join(' ', one ?? []));
            var b = Print("b", "s", string.Join(' ', other ?? []));
            var there = a.SimilarityTo(b, 0.7, 0.3);
            return there == b.SimilarityTo(a, 0.7, 0.3) && there is >= 0 and <= 1 + 1e-9 && Math.Abs(a.SimilarityTo(a, 0.7, 0.3) - 1) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sketch_of_long_texts_is_small_and_near_the_exact_share()
    {
        string[] words = [.. Enumerable.Range(0, 6000).Select(i => $"word{i * 7919 % 100_003}")];
        var whole = Print("a", "s", string.Join(' ', words[..5000]));
        var moved = Print("b", "s", string.Join(' ', words[1000..]));
        Assert.InRange(whole.Body.Length, 1, 700);
        Assert.InRange(whole.SimilarityTo(moved, 0, 1), 4000.0 / 6000 - 0.15, 4000.0 / 6000 + 0.15);
    }

    [Fact]
    public void Texts_with_the_same_subject_words_share_their_bucket()
    {
        Assert.Equal(TicketFingerprint.BucketOf(new("Where is it?", "a")), TicketFingerprint.BucketOf(new("IT is, where", "b")));
        Assert.NotEqual(TicketFingerprint.BucketOf(new("Where is it?", "a")), TicketFingerprint.BucketOf(new("Quite another matter", "a")));
    }

    private static TicketFingerprint Print(string id, string subject, string body, params string[] orders) =>
        TicketFingerprint.Of(id, new TicketText(subject, body), orders.Length == 0 ? [] : [Field(FieldNames.OrderId, orders)]);

    private static ExtractedField Field(string name, string[] values) => new(name, [.. values.Select(value => new FieldValue(value, 1, new("body", 0, value)))]);
}
