using System.Text.Json;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

public class PlainJsonTests
{
    [Theory]
    [InlineData("12.50", 1250L)]
    [InlineData("-0.05", -5L)]
    [InlineData("999999999.99", 99999999999L)]
    [InlineData("12.5", null)]
    [InlineData("12", null)]
    [InlineData("1250e-2", null)]
    [InlineData("9999999999.99", null)]
    [InlineData("\"12.50\"", null)]
    public void Only_amounts_with_two_decimals_are_read(string json, long? cents) =>
        Assert.Equal(cents, PlainJson.TryMoney(Element(json), out var money) ? money.Cents : null);

    [Theory]
    [InlineData("2026-01-14T09:12:44Z", true)]
    [InlineData("2024-02-29T23:59:59Z", true)]
    [InlineData("2025-02-29T00:00:00Z", false)]
    [InlineData("2026-01-14T24:00:00Z", false)]
    [InlineData("2026-01-14T09:12:60Z", false)]
    [InlineData("2026-01-14T09:12:44+", false)]
    [InlineData("2026-1-14T09:12:44Z", false)]
    [InlineData("0000-01-14T09:12:44Z", false)]
    public void Only_times_of_the_calendar_in_their_form_are_read(string text, bool isTime)
    {
        Assert.Equal(isTime, PlainJson.TryTime(text, out var time));
        if (isTime)
            Assert.Equal(text, $"{time:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }

    [Theory]
    [InlineData("\"abc\"", "abc", true)]
    [InlineData("\"\\u0061bc\"", "abc", true)]
    [InlineData("\"caf\\u00e9\"", "café", true)]
    [InlineData("\"café\"", "café", true)]
    [InlineData("\"a\\\\nb\"", "a\\nb", true)]
    [InlineData("\"a\\nb\"", "a\\nb", false)]
    [InlineData("\"abc\"", "ab", false)]
    [InlineData("null", "null", false)]
    public void A_text_is_the_same_however_it_is_written(string json, string text, bool same) => Assert.Equal(same, PlainJson.Is(Element(json), text));

    [Theory]
    [InlineData("\"ORD-1\"", "ORD-1")]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\nb\"", null)]
    [InlineData("\"é\"", null)]
    [InlineData("7", null)]
    public void Only_short_plain_texts_are_read(string json, string? text)
    {
        Assert.Equal(text is not null, PlainJson.TryText(Element(json), stackalloc char[PlainJson.Room], out var found));
        Assert.Equal(text ?? "", found.ToString());
        Assert.False(PlainJson.TryText(Element($"\"{new string('x', PlainJson.Room + 1)}\""), stackalloc char[PlainJson.Room], out _));
    }

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement.Clone();
}
