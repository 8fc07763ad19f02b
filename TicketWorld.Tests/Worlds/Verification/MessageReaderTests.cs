using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Tests.Worlds.Verification;

public class MessageReaderTests
{
    private static readonly DateOnly Today = new(2026, 2, 10);

    private static Reading Read(string body, string subject = "Hello") => TestShop.Checker.Reader.Read(subject, body, Today);

    private static long? Stated(Reading reading, string fact) => reading.Value(TestShop.Policy.FactsByName[fact].Index);

    [Theory]
    [InlineData("I want to RETURN this.", "return")]
    [InlineData("Please swap it.", "exchange")]
    [InlineData("Returning is a word of its own here: cancel", "cancel")]
    [InlineData("It says\ndelivered, I think", null)]
    [InlineData("Nothing that means anything", null)]
    public void The_request_is_read_by_its_cue_at_word_boundaries_without_regard_to_case(string body, string? request) =>
        Assert.Equal(request, Read(body).Request is var index and >= 0 ? TestShop.Policy.Requests[index].Name : null);

    [Theory]
    [InlineData("I never opened it.", 0L)]
    [InlineData("I opened it.", 1L)]
    [InlineData("It is unopened", 0L)]
    [InlineData("I reopened itself", null)]
    public void The_longest_cue_wins_so_that_a_negation_is_not_read_as_its_opposite(string body, long? opened) =>
        Assert.Equal(opened, Stated(Read(body), "item_opened"));

    [Fact]
    public void Cues_in_subject_and_body_count_alike() =>
        Assert.Equal("warranty", TestShop.Policy.Requests[Read("It stopped working", "Warranty").Request].Name);

    [Theory]
    [InlineData("I want to return it or exchange it or cancel", "three things are asked for")]
    [InlineData("return: it stopped working after it got wet", "'defect'")]
    [InlineData("return ORD-20260105-1001 and ORD-20260105-1002", "two order numbers")]
    [InlineData("return the Aero Buds and the Lumen Lamp", "two products")]
    public void Statements_that_contradict_each_other_make_the_text_unusable_and_say_why(string body, string why) =>
        Assert.Contains(why, Read(body).Conflict, StringComparison.Ordinal);

    [Fact]
    public void The_same_statement_twice_is_no_contradiction() =>
        Assert.Null(Read("A refund, I mean a return of ORD-20260105-1001 (ord-20260105-1001): the aero buds. AERO BUDS!").Conflict);

    [Theory]
    [InlineData("about ORD-20260105-1001.", "ORD-20260105-1001")]
    [InlineData("about ord-20260105-1001-", "ord-20260105-1001")]
    [InlineData("(ORD-2O260105-101)", "ORD-2O260105-101")]
    [InlineData("ORD20260105-1001", "ORD20260105-1001")]
    [InlineData("my ordinary order", null)]
    [InlineData("ORD-er it", null)]
    [InlineData("FJORD-20260105-1001", null)]
    public void An_order_number_is_known_by_its_shape_and_kept_as_written(string body, string? number) =>
        Assert.Equal(number, Read(body).OrderNumber);

    [Theory]
    [InlineData("the Aero Buds", 1001)]
    [InlineData("the aero buds pro, please", 1002)]
    [InlineData("my Aero Budsy", null)]
    [InlineData("Orion Laptop 14", 1004)]
    [InlineData("Orion Laptop 145", null)]
    public void A_product_is_named_by_its_whole_name_and_the_longest_name_wins(string body, int? product) =>
        Assert.Equal(product, Read(body).Product?.Number);

    [Fact]
    public void The_product_right_behind_a_target_marker_is_the_one_wanted()
    {
        var reading = Read("Swap my Aero Buds: trade it for the  Aero Buds Pro.");

        Assert.Equal(new ProductId(1001), reading.Product);
        Assert.Equal(new ProductId(1002), reading.Target);
        Assert.Null(Read("it for the lovely Aero Buds").Target);
    }

    [Theory]
    [InlineData("They sell it for $1,299.00!", 129900L)]
    [InlineData("costs $1299", 129900L)]
    [InlineData("costs $12.5 there", 1250L)]
    [InlineData("$50, and more", 5000L)]
    [InlineData("$0.01", 1L)]
    [InlineData("$1,29", 100L)]
    [InlineData("$ 12", null)]
    [InlineData("12 dollars", null)]
    [InlineData("$79.99 and again $79.99", 7999L)]
    public void An_amount_is_read_in_its_usual_forms(string body, long? cents) =>
        Assert.Equal(cents, Read(body).Amount?.Cents);

    [Theory]
    [InlineData("it was £1,299.00 there", 129900L)]
    [InlineData("it was $12.50 there", null)]
    public void An_amount_has_the_sign_of_the_company_s_currency(string body, long? cents)
    {
        var reader = new MessageReader(TestShop.Policy, TestShop.Vocabulary with { CurrencySymbol = "£" }, new RecordBook([], TestShop.Products, []));

        Assert.Equal(cents, reader.Read("", body, Today).Amount?.Cents);
    }

    [Fact]
    public void Two_amounts_leave_none()
    {
        var reading = Read("It was $79.99, there it is $60");

        Assert.True(reading.AmountsDiffer);
        Assert.Null(reading.Amount);
        Assert.True(Read("$1 $2 $1").AmountsDiffer);
    }

    [Theory]
    [InlineData("Any news of my parcel?", "order_status")]
    [InlineData("my parcel arrived broken", "damaged")]
    [InlineData("a new one, and where is it, my parcel", "order_status")]
    [InlineData("I don't want to exchange it", null)]
    [InlineData("I dont want to exchange it", null)]
    [InlineData("I don't want to, but exchange it", "exchange")]
    public void A_weak_wording_counts_where_no_request_is_stated_and_a_negated_one_never(string body, string? request) =>
        Assert.Equal(request, Read(body).Request is var index and >= 0 ? TestShop.Policy.Requests[index].Name : null);

    [Theory]
    [InlineData("It arrived broken, send a new one", "replacement")]
    [InlineData("exchange it for a new one", null)]
    [InlineData("cancel it, I have a new one", null)]
    public void A_weak_wording_states_its_claim_where_something_else_is_asked_for_that_takes_it(string body, string? wanted)
    {
        var fact = TestShop.Policy.FactsByName["wanted"];

        Assert.Equal(wanted, Stated(Read(body), "wanted") is { } value ? Values.Format(value, fact.Type, TestShop.Policy.Symbols) : null);
    }

    [Fact]
    public void A_second_product_is_the_one_wanted_or_left_aside_as_the_words_before_it_say()
    {
        var swap = Read("exchange the Aero Buds for the Lumen Lamp");
        var choice = Read("Which is better, the Aero Buds or the Lumen Lamp?");

        Assert.Equal((new ProductId(1001), new ProductId(1003)), (swap.Product!.Value, swap.Target!.Value));
        Assert.Equal(new ProductId(1001), choice.Product);
        Assert.Null(choice.Target);
        Assert.Null(swap.Conflict ?? choice.Conflict);
        Assert.Equal(new ProductId(1003), Read("something for the Lumen Lamp").Product);
    }

    [Fact]
    public void A_time_behind_a_negation_is_not_that_of_the_order()
    {
        Assert.Null(Read("broken since yesterday").StatedDays);
        Assert.Null(Read("broken since 14 January").StatedDays);
        Assert.Equal(new DayBand(27, 27), Read("since I have it, since it came, ordered on 14 January").StatedDays);
    }

    [Theory]
    [InlineData("there it is 61.90", 6190L)]
    [InlineData("61.90 there, $5 here", 500L)]
    [InlineData("61.90 there, 70.00 here", null)]
    [InlineData("on 13.04.2025", null)]
    [InlineData("version 2.1 or 61.905", null)]
    public void An_amount_without_a_sign_counts_where_none_has_one(string body, long? cents) => Assert.Equal(cents, Read(body).Amount?.Cents);

    [Theory]
    [InlineData("about ord 20260105 1001", "ord 20260105 1001")]
    [InlineData("about ord 20260105-1001.", "ord 20260105-1001")]
    [InlineData("about ord 2026 1001", null)]
    [InlineData("about ord 20260105 10012", null)]
    public void An_order_number_may_have_spaces_for_its_dashes(string body, string? number) => Assert.Equal(number, Read(body).OrderNumber);

    [Fact]
    public void Timing_phrases_are_listed_with_their_bounds()
    {
        Assert.Equal(new DayBand(5, 11), Assert.Single(Read("I bought it last week").StatedBands));
        Assert.Empty(Read("the yesterdays of my life").StatedBands);
        Assert.Null(Read("the yesterdays of my life").StatedDays);
    }

    [Theory]
    [InlineData("ordered on 14 January", 27, 27)]
    [InlineData("ordered on the 14th of January 2026", 27, 27)]
    [InlineData("January 14, 2026 was the day", 27, 27)]
    [InlineData("on Jan 14th.", 27, 27)]
    [InlineData("placed 2026-01-14, paid", 27, 27)]
    [InlineData("on 11 February", 364, 364)]
    [InlineData("on 10 February", 0, 0)]
    [InlineData("back in January", 10, 40)]
    [InlineData("in December 2025", 41, 71)]
    [InlineData("on January 14 may I say", 27, 27)]
    [InlineData("in February", 0, 9)]
    [InlineData("in March", 316, 346)]
    public void A_date_written_out_is_a_band_of_days(string body, int from, int to)
    {
        var band = Assert.Single(Read(body).StatedBands);

        Assert.Equal(new DayBand(from, to), band);
        Assert.Equal(band, Read(body).StatedDays);
    }

    [Theory]
    [InlineData("I need it by 14 March 2026")]
    [InlineData("on 30 February")]
    [InlineData("may I ask")]
    [InlineData("we march on")]
    [InlineData("2026-13-01 or 2026-1-14 or 12026-01-14x")]
    [InlineData("model 114 January")]
    public void What_is_no_day_up_to_today_states_none(string body) => Assert.Empty(Read(body).StatedBands);

    [Fact]
    public void Several_statements_of_time_hold_together_or_leave_nothing()
    {
        Assert.Equal(new DayBand(29, 29), Read("a few weeks ago, on 12 January").StatedDays);
        Assert.True(Read("yesterday, or was it last week").StatedDays!.Value.IsEmpty);
    }

    [Fact]
    public void Two_requests_are_read_in_the_order_of_the_policy()
    {
        var reading = Read("Please cancel it. And can I return the other?");

        Assert.Equal(["return", "cancel"], new[] { reading.Request, reading.SecondRequest }.Select(r => TestShop.Policy.Requests[r].Name));
        Assert.Equal(2, reading.RequestCount);
        Assert.Equal(1, Read("return, I say: return").RequestCount);
        Assert.Equal(0, Read("hello").RequestCount);
    }

    [Theory]
    [InlineData("Please cancel it.\n\nOn 3 January 2026, the shop wrote:\n> send it back, last week, $5.00, Aero Buds\n> ORD-20260105-1001\nThanks")]
    [InlineData("> return?\n>\n> ORD-20260105-1001\nPlease cancel it.")]
    [InlineData("Please cancel it.\n-----Original Message-----\nYesterday: return ORD-20260105-1001, it stopped working, $7\n> ORD-1-1")]
    public void What_is_quoted_says_nothing_but_the_order_number(string body)
    {
        var reading = Read(body);

        Assert.True(reading.HasThread);
        Assert.Equal("cancel", TestShop.Policy.Requests[reading.Request].Name);
        Assert.Equal(1, reading.RequestCount);
        Assert.Empty(reading.StatedBands);
        Assert.Null(reading.Amount);
        Assert.Null(reading.Product);
        Assert.Null(Stated(reading, "defect"));
        Assert.Equal("ORD-20260105-1001", reading.OrderNumber);
    }

    [Fact]
    public void The_number_in_the_new_text_counts_before_a_quoted_one()
    {
        Assert.Equal("ORD-20260105-1002", Read("cancel ORD-20260105-1002\n> ORD-20260105-1001").OrderNumber);
        Assert.Null(Read("cancel ORD-20260105-1002\n> ORD-20260105-1001").Conflict);
        Assert.False(Read("cancel, I said > return\na - b -----Original Message----- c").HasThread);
    }

    [Theory]
    [InlineData("Regards, ada bauer", true)]
    [InlineData("Regards, Ada Bauerle", false)]
    [InlineData("Madada Bauer, Ada Bauer", true)]
    [InlineData("", false)]
    public void A_name_is_mentioned_when_it_stands_whole(string text, bool mentioned) =>
        Assert.Equal(mentioned, MessageReader.Mentions(text, "Ada Bauer"));

    [Fact]
    public void A_name_that_two_products_share_names_neither()
    {
        var twin = TestShop.Products[0];
        var book = new RecordBook([], [twin, TestShop.Products[1], new Product
        {
            Id = new ProductId(1009), Name = "AERO BUDS", Category = twin.Category, Brand = twin.Brand, BasePrice = Money.Zero,
            WarrantyDays = 1, WeightGrams = 1, RequiresSignature = false, InStock = true, Description = "",
        }], []);

        Assert.NotNull(new MessageReader(TestShop.Policy, TestShop.Vocabulary, book).Read("", "the Aero Buds", Today).Conflict);
    }

    [Fact]
    public void A_long_message_is_read_to_its_end() =>
        Assert.Equal(new ProductId(1003), Read(new string('x', 60_000) + " Lumen Lamp").Product);
}
