using TicketWorld.Support.Analysis;
using TicketWorld.Support.Rules;

namespace TicketWorld.Tests.Support.Analysis;

public sealed class PriorityKeywordsTests
{
    private static readonly PriorityKeywords Keywords = new(new RuleFiles());

    [Theory]
    [InlineData("This is URGENT, urgent, urgent!", "URGENT")]
    [InlineData("sooner or later you know the downtown importance", "")]
    [InlineData("Please answer as soon as possible.", "as soon as possible")]
    [InlineData("As soon as I know", "soon")]
    [InlineData("Bitte so schnell wie möglich, es ist dringend", "so schnell wie möglich|dringend")]
    [InlineData("É urgência mesmo", "urgência")]
    [InlineData("right. now", "now")]
    public void Whole_words_are_found_once_as_they_stand(string text, string found)
    {
        var keywords = Keywords.Find(text);

        Assert.Equal(found, string.Join('|', keywords.Select(keyword => keyword.Text)));
        Assert.All(keywords, keyword => Assert.Equal(keyword.Text, text.Substring(keyword.Start, keyword.Text.Length)));
    }
}
