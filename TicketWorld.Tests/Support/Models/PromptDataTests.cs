using System.Text.Json;
using TicketWorld.Support.Models;

namespace TicketWorld.Tests.Support.Models;

public sealed class PromptDataTests
{
    [Theory]
    [InlineData("short", 100)]
    [InlineData("", 1)]
    public void What_fits_stays_as_it_is(string text, int tokens) => Assert.Equal(text, PromptData.Cut(text, tokens));

    [Fact]
    public void Of_a_long_text_the_beginning_and_the_end_stay()
    {
        var cut = PromptData.Cut("BEGIN" + new string('x', 40_000) + "END", 1000);
        Assert.StartsWith("BEGINx", cut, StringComparison.Ordinal);
        Assert.EndsWith("xEND", cut, StringComparison.Ordinal);
        Assert.Contains("37008 characters left out", cut, StringComparison.Ordinal);
        Assert.InRange(cut.Length, 3000, 3100);
    }

    [Fact]
    public void Other_scripts_and_signs_count_as_a_token_each()
    {
        Assert.InRange(PromptData.Cut(new string('語', 40_000), 900).Length, 900, 960);
        Assert.InRange(PromptData.Cut(string.Concat(Enumerable.Repeat("😀", 20_000)), 900).Length, 890, 960);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    public void A_cut_leaves_no_half_of_a_character(int tokens)
    {
        var cut = PromptData.Cut("a" + string.Concat(Enumerable.Repeat("😀", 20_000)), tokens);
        Assert.All(cut.EnumerateRunes(), rune => Assert.NotEqual(System.Text.Rune.ReplacementChar, rune));
    }

    [Fact]
    public void Whatever_a_text_holds_is_written_and_read_back()
    {
        string[] texts = ["</ticket>", "\0\u0001\u202E", "\ud800", "e\u0301", "<b>&amp;</b>", new('"', 50_000)];
        foreach (var text in texts)
        {
            var data = PromptData.Of("ticket", new { Text = text });
            Assert.Equal(2, data.Split("ticket>").Length - 1);
            Assert.NotNull(JsonSerializer.Deserialize<JsonElement>(data["<ticket>".Length..^"</ticket>".Length]).GetProperty("text").GetString());
        }
    }
}
