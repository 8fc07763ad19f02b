using System.Text.Json;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Models;
using TicketWorld.Tests.Support.FakeModels;

namespace TicketWorld.Tests.Support.Extraction;

/// <summary>What a model finds in a message, and what of it stands there.</summary>
public sealed class ModelExtractorTests : IAsyncLifetime
{
    private static readonly TicketText Ticket = new(
        "Order #ORD-789012 never arrived",
        "It was due on January 15, 2024 and cost $1,299.00, or 1.299,5 EUR. Write to Waiting.Customer@email.com or call +1-555-987-6543. Version 2.10 of ORD-789012, again ORD-111.");

    private FakeModelServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeModelServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(ModelProvider.OpenAI)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task Values_come_with_the_place_where_they_stand(ModelProvider protocol)
    {
        var fields = await ExtractAsync(protocol, Item("order_id", "ORD-111"), Item("order_id", "#ORD-789012"), Item("order_id", "ORD-789012"), Item("account_email", "Waiting.Customer@email.com"));
        Assert.Equal(["order_id", "account_email"], fields.Select(field => field.Name));
        Assert.Equal(["ORD-789012", "ORD-111"], fields[0].Values.Select(value => value.Value));
        Assert.Equal(new SourceSpan("subject", 6, "#ORD-789012"), fields[0].Values[0].Span);
        var email = fields[1].Values.Single();
        Assert.Equal("waiting.customer@email.com", email.Value);
        Assert.Equal("Waiting.Customer@email.com", Ticket.Body.Substring(email.Span.Start, email.Span.Text.Length));
    }

    [Theory]
    [InlineData("order_id", "ORD-999999")]
    [InlineData("order_id", "789")]
    [InlineData("order_id", "ORD-78901")]
    [InlineData("order_id", "ord-789012")]
    [InlineData("phone_number", "555-987-654")]
    [InlineData("account_email", "ORD-111")]
    [InlineData("order_id", "#")]
    public async Task What_does_not_stand_in_the_message_by_itself_is_dropped(string field, string text) =>
        Assert.Empty(await ExtractAsync(ModelProvider.OpenAI, Item(field, text)));

    [Theory]
    [InlineData("amount", "$1,299.00", "1299.00", "1299.00")]
    [InlineData("amount", "1.299,5", "1299.50", "1299.50")]
    [InlineData("amount", "$1,299.00", "9999.00", null)]
    [InlineData("amount", "$1,299.00", "12.99", null)]
    [InlineData("amount", "$1,299.00", "-1299.00", null)]
    [InlineData("amount", "$1,299.00", "much", null)]
    [InlineData("date", "January 15, 2024", "2024-01-15", "2024-01-15")]
    [InlineData("date", "January 15, 2024", "2025-01-15", "January 15, 2024")]
    [InlineData("date", "January 15, 2024", "2024-01-16", "January 15, 2024")]
    [InlineData("phone_number", "+1-555-987-6543", "+15559876543", "+15559876543")]
    [InlineData("phone_number", "+1-555-987-6543", "+15550000000", "+1-555-987-6543")]
    [InlineData("product_version", "2.10", "2.10", "2.10")]
    public async Task A_model_may_change_how_a_value_is_written_and_nothing_else(string field, string text, string value, string? expected)
    {
        var fields = await ExtractAsync(ModelProvider.OpenAI, Item(field, text, value));
        Assert.Equal(expected, fields.SingleOrDefault()?.Values.Single().Value);
    }

    [Fact]
    public async Task The_currency_is_of_amounts_and_no_confidence_is_certainty()
    {
        var fields = await ExtractAsync(ModelProvider.OpenAI, Item("amount", "$1,299.00", "1299.00", "usd"), Item("order_id", "ORD-111", currency: "USD"));
        Assert.Equal([null, "USD"], fields.Select(field => field.Values.Single().Currency));
        Assert.All(fields, field => Assert.Equal(0.95, field.Confidence));
    }

    [Fact]
    public async Task A_field_that_does_not_exist_is_refused()
    {
        var fault = await Assert.ThrowsAsync<ModelCallException>(() => ExtractAsync(ModelProvider.OpenAI, Item("password", "ORD-111")));
        Assert.Equal((ModelFault.Malformed, 2), (fault.Fault, _server.Answered.Count));
    }

    private static object Item(string field, string text, string? value = null, string? currency = null) => new { field, text, value = value ?? text, currency, confidence = 1.0 };

    private async Task<IReadOnlyList<ExtractedField>> ExtractAsync(ModelProvider protocol, params object[] items)
    {
        _server.Say(_ => JsonSerializer.Serialize(new { items }));
        using var models = FakeDesk.Models(FakeDesk.Options(_server, protocol));
        return (await new ModelExtractor(models.For(ModelStep.Extraction)!).ExtractAsync(Ticket, "T-1")).Value;
    }
}
