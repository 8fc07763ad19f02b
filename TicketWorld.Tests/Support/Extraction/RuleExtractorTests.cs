using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Tests.Support.Extraction;

public sealed class RuleExtractorTests
{
    [Fact]
    public void The_published_extraction_example_has_its_fields_values_and_confidences()
    {
        var found = ExtractionTexts.Extract(
            "My order #ORD-789012 was supposed to arrive on 2024-01-15. You can reach me at waiting.customer@email.com or 555-987-6543. The order was for $149.99.",
            "Order ORD-789012 never arrived", Category.Billing);

        Assert.Equal(["ORD-789012"], found.Values(FieldNames.OrderId));
        Assert.Equal(["waiting.customer@email.com"], found.Values(FieldNames.AccountEmail));
        Assert.Equal(["555-987-6543"], found.Values(FieldNames.PhoneNumber));
        Assert.Equal(["149.99"], found.Values(FieldNames.Amount));
        Assert.Equal(["2024-01-15"], found.Values(FieldNames.Date));
        Assert.Equal(1.0, Confidence(found, FieldNames.OrderId));
        Assert.Equal(1.0, Confidence(found, FieldNames.AccountEmail));
        Assert.Equal(0.95, Confidence(found, FieldNames.PhoneNumber));
        Assert.Equal("USD", found.Fields.Single(f => f.Name == FieldNames.Amount).Values[0].Currency);
        Assert.Empty(found.MissingRequired);
        Assert.Empty(found.ValidationErrors);
        Assert.Equal(new SourceSpan("subject", 6, "ORD-789012"), found.Fields[0].Values[0].Span);
    }

    [Fact]
    public void The_published_billing_example_has_two_orders_and_the_subscription()
    {
        var found = ExtractionTexts.Extract(
            "Hello, I was charged twice this month for my Pro subscription. The amounts are $29.99 on January 15th and again on January 20th. My order IDs are ORD-111 and ORD-112. Please refund the duplicate.",
            "Double charged for subscription", Category.Billing);

        Assert.Equal(["ORD-111", "ORD-112"], found.Values(FieldNames.OrderId));
        Assert.Equal(["Pro subscription"], found.Values(FieldNames.ProductName));
        Assert.Equal(0.9, Confidence(found, FieldNames.ProductName));
        Assert.Equal(["29.99"], found.Values(FieldNames.Amount));
    }

    [Fact]
    public void Every_fixture_has_exactly_its_labelled_fields()
    {
        Assert.True(ExtractionTexts.Fixtures.Count >= 26);
        foreach (var fixture in ExtractionTexts.Fixtures)
            Assert.Equal((fixture.Id, string.Join('|', fixture.Entities)), (fixture.Id, string.Join('|', ExtractionTexts.Extractor.Extract(fixture.Text, null).Spans())));
    }

    [Theory]
    [InlineData("ORD-111")]
    [InlineData("#ORD-789012")]
    [InlineData("ORD-123456")]
    [InlineData("#78901234")]
    [InlineData("ORD-20250609-1002")]
    [InlineData("ORD-2024-001")]
    public void Order_ids_stand_without_their_hash(string written)
    {
        var found = ExtractionTexts.Extract($"It is about {written}, please look.");
        Assert.Equal([written.TrimStart('#')], found.Values(FieldNames.OrderId));
        Assert.Empty(found.Values(FieldNames.ErrorCode));
    }

    [Theory]
    [InlineData("$149.99", "149.99", "USD")]
    [InlineData("$5000", "5000", "USD")]
    [InlineData("$10,000", "10000", "USD")]
    [InlineData("1.299,00 €", "1299.00", "EUR")]
    [InlineData("1 299,00 €", "1299.00", "EUR")]
    [InlineData("€1,299.00", "1299.00", "EUR")]
    [InlineData("R$ 1.299,00", "1299.00", "BRL")]
    [InlineData("GBP 288,410.16", "288410.16", "GBP")]
    [InlineData("ISK 58.900", "58900", "ISK")]
    [InlineData("CHF 1'250.50", "1250.50", "CHF")]
    [InlineData("12 quid", "12", "GBP")]
    [InlineData("$10k", "10000", "USD")]
    [InlineData("$1.5k", "1500", "USD")]
    [InlineData("9,5 €", "9.50", "EUR")]
    public void Amounts_have_a_point_before_their_decimals_and_an_iso_currency(string written, string value, string currency)
    {
        var found = ExtractionTexts.Extract($"You charged me {written} for it.").Fields.Single(f => f.Name == FieldNames.Amount).Values.Single();
        Assert.Equal((value, currency, written), (found.Value, found.Currency, found.Span.Text));
    }

    [Theory]
    [InlineData("The firmware is 2.8.0 now.", FieldNames.PhoneNumber)]
    [InlineData("It was due on 2024-01-15.", FieldNames.PhoneNumber)]
    [InlineData("It was paid on 2024-01-15.", FieldNames.Amount)]
    [InlineData("Order ORD-5003 failed with an error.", FieldNames.ErrorCode)]
    [InlineData("The error message says nothing more.", FieldNames.ErrorCode)]
    [InlineData("Your tracking number 00340434161094 does not move.", FieldNames.PhoneNumber)]
    [InlineData("Your tracking number 00340434161094 does not move.", FieldNames.OrderId)]
    [InlineData("Ticket 88120 and case no. 4471 are about my serial number SN-4412.", FieldNames.OrderId)]
    [InlineData("My IBAN is DE89 3704 0044 0532 0130 00.", FieldNames.AccountId)]
    [InlineData("My card 4111 1111 1111 1111 was used.", FieldNames.TransactionId)]
    [InlineData("My card 4111 1111 1111 1111 was used.", FieldNames.PhoneNumber)]
    [InlineData("The server 192.168.100.200 is down.", FieldNames.ProductVersion)]
    [InlineData("Chrome 120.0.1 on Windows 11 shows it.", FieldNames.ProductVersion)]
    [InlineData("Slack and Excel do not see my file.", FieldNames.ProductName)]
    public void A_number_or_name_that_is_something_else_is_not_of_the_field(string text, string field) =>
        Assert.Empty(ExtractionTexts.Extract(text).Values(field));

    [Theory]
    [InlineData("order 20250611", FieldNames.OrderId)]
    [InlineData("invoice 20250611", FieldNames.TransactionId)]
    [InlineData("customer 20250611", FieldNames.AccountId)]
    [InlineData("error 4412", FieldNames.ErrorCode)]
    [InlineData("build 20418", FieldNames.ProductVersion)]
    public void The_word_beside_a_number_decides(string text, string field) =>
        Assert.Equal([text.Split(' ')[1]], ExtractionTexts.Extract($"It is about {text}.").Values(field));

    [Fact]
    public void Error_codes_are_whole_and_in_capitals()
    {
        var found = ExtractionTexts.Extract("It stops with err-5003, then error ERR-EXP-001, 0xDEADBEEF and E401.");
        Assert.Equal(["ERR-5003", "ERR-EXP-001", "0xDEADBEEF", "E401"], found.Values(FieldNames.ErrorCode));
    }

    [Fact]
    public void Reference_ids_are_transaction_ids()
    {
        var found = ExtractionTexts.Extract("I was charged under TXN-2025-1234 after cancelling with CXL-2024-9876.");
        Assert.Equal(["TXN-2025-1234", "CXL-2024-9876"], found.Values(FieldNames.TransactionId));
    }

    [Theory]
    [InlineData(Category.Billing, "I was charged $20.", null, "order_id")]
    [InlineData(Category.Billing, "Order ORD-111 is wrong.", null, "amount")]
    [InlineData(Category.Billing, "Order ORD-111 cost $20.", null, "")]
    [InlineData(Category.Technical, "It crashes.", null, "error_code")]
    [InlineData(Category.BugReport, "It crashes with ERR-5003.", null, "")]
    [InlineData(Category.Account, "I cannot log in.", null, "account_email")]
    [InlineData(Category.Account, "I cannot log in.", "dana@mail.example", "")]
    [InlineData(Category.Account, "I cannot log in.", "Dana", "account_email")]
    [InlineData(Category.General, "When are you open?", null, "")]
    [InlineData(null, "I was charged.", null, "")]
    public void Missing_fields_are_those_the_category_needs(Category? category, string body, string? sender, string missing) =>
        Assert.Equal(missing, string.Join(',', ExtractionTexts.Extract(body, category: category, sender: sender).MissingRequired));

    [Fact]
    public void Earlier_mail_is_left_out()
    {
        var found = ExtractionTexts.Extract("My order is ORD-111.\n\nOn Tue, 3 June 2025, help@shop.example wrote:\n> Your order ORD-999 for $5.00 has left.\n> Call 555-987-6543.\n");
        Assert.Equal(["order_id:ORD-111"], found.Spans());
    }

    [Fact]
    public void Earlier_mail_is_the_message_where_the_writer_adds_only_a_pointer()
    {
        var found = ExtractionTexts.Extract("See below.\n\n-----Original Message-----\nFrom: Ilse <ilse@archive.example>\nSent: 19 May 2025 17:41\n\nOrder ORD-999 is late.");
        Assert.Equal(["ORD-999"], found.Values(FieldNames.OrderId));
        Assert.Equal(["ilse@archive.example"], found.Values(FieldNames.AccountEmail));
    }

    [Fact]
    public void A_known_product_is_found_where_nothing_else_shows_that_it_is_one()
    {
        const string Text = "Honestly sketchpond is otherwise the best thing.";
        Assert.Empty(ExtractionTexts.Extract(Text).Values(FieldNames.ProductName));
        var knowing = new RuleExtractor(new RuleFiles(), ["Sketchpond", "Sketchpond Pro Max"]);
        var value = knowing.Extract(new TicketText("", Text), null).Fields.Single().Values.Single();
        Assert.Equal(("sketchpond", 0.95), (value.Value, value.Confidence));
    }

    [Fact]
    public void Priority_keywords_come_from_their_own_finder_each_once()
    {
        var extractor = new RuleExtractor(new RuleFiles(), priorityKeywords: text => [new("body", 0, "URGENT"), new("body", 8, "urgent"), new("body", 16, "asap")]);
        var field = extractor.Extract(new TicketText("", "URGENT, urgent, asap"), null).Fields.Single();
        Assert.Equal((FieldNames.PriorityKeywords, 0.9), (field.Name, field.Confidence));
        Assert.Equal(["urgent", "asap"], field.Values.Select(v => v.Value));
    }

    [Fact]
    public void Validation_errors_name_the_value_at_fault()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using (var own = new StreamReader(RuleFiles.OpenOwn("extraction.yaml")))
                File.WriteAllText(Path.Combine(folder.FullName, "extraction.yaml"), own.ReadToEnd().Replace("'[A-Za-z0-9\\-_.:\\/]{1,64}'", "'ERR-[0-9]{4}'", StringComparison.Ordinal));
            var found = new RuleExtractor(new RuleFiles(folder.FullName)).Extract(new TicketText("", "It shows ERR-5003, then ERR-X."), null);
            var error = Assert.Single(found.ValidationErrors);
            Assert.Contains("ERR-X", error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Confidence(TicketExtraction extraction, string field) => extraction.Fields.Single(f => f.Name == field).Confidence;
}
