using TicketWorld.Support.Models;

namespace TicketWorld.Tests.Support.Models;

public sealed class AnswerObjectsTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("no", 0)]
    [InlineData("{", 0)]
    [InlineData("}{", 0)]
    [InlineData("{\"a\": 1}", 1)]
    [InlineData("```json\n{\"a\": 1}\n```", 1)]
    [InlineData("{as asked} {\"a\": {\"b\": 2}} and {\"c\": 3}", 2)]
    [InlineData("{\"a\": \"}\\\"}\"}", 1)]
    [InlineData("{\"a\": 1, \"a\": 2}", 0)]
    [InlineData("{\"a\": 1,}", 0)]
    public void Objects_are_found_among_chatter(string answer, int objects) => Assert.Equal(objects, AnswerObjects.In(answer).Count);

    [Fact]
    public void What_an_answer_holds_costs_little_time_and_no_error()
    {
        string[] answers = [new('{', 100_000), string.Concat(Enumerable.Repeat("{\"", 60_000)), string.Concat(Enumerable.Repeat("{}", 60_000)), new string('{', 60_000) + new string('}', 60_000), "\ud800{\"a\":\"\udfff\"}"];
        Assert.All(answers, answer => Assert.InRange(AnswerObjects.In(answer).Count, 0, 8));
        Assert.Empty(AnswerObjects.In(new string(' ', AnswerObjects.LongestAnswer) + "{}"));
    }
}
