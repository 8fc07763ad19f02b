using System.Text;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Tests.Worlds.Verification.Datasets;

public class JsonElementScannerTests
{
    [Theory]
    [InlineData("[]", "")]
    [InlineData(" [ 1 , \"a,]\" ,{\"b\":[1,{}]} , [2] ] \n", "1|\"a,]\"|{\"b\":[1,{}]}|[2]")]
    [InlineData("[\"\\\"\", \"\\\\\", null]", "\"\\\"\"|\"\\\\\"|null")]
    public void An_array_is_cut_into_its_elements(string json, string elements)
    {
        var (found, problem) = Scan(json, hasSections: false);

        Assert.Null(problem);
        Assert.Equal(elements, string.Join('|', found));
    }

    [Fact]
    public void Members_of_an_object_are_sections()
    {
        var (found, problem) = Scan("{ \"a\" : [1, 2], \"b\":[], \"c\":[{}]}", hasSections: true);

        Assert.Null(problem);
        Assert.Equal(["a 1", "a 2", "c {}"], found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1")]
    [InlineData("[1,")]
    [InlineData("[1 2]")]
    [InlineData("[1,,2]")]
    [InlineData("[1,]")]
    [InlineData("[\"a]")]
    [InlineData("[{\"a\":1]")]
    [InlineData("[1]]")]
    [InlineData("[1] x")]
    public void What_is_no_array_ends_with_a_problem_or_an_element_that_is_no_json(string json)
    {
        var (found, problem) = Scan(json, hasSections: false);

        Assert.True(problem is not null || found.Any(f => f.Length == 0 || f.StartsWith('{')), string.Join('|', found));
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":[1],}")]
    [InlineData("{a:[1]}")]
    [InlineData("{\"a\":[1]")]
    public void What_is_no_object_of_arrays_ends_with_a_problem(string json) =>
        Assert.NotNull(Scan(json, hasSections: true).Problem);

    [Fact]
    public void Elements_longer_than_a_buffer_are_whole_and_endless_ones_are_damage()
    {
        var large = new string('x', 3 << 20);
        Assert.Equal(large.Length + 2, Assert.Single(Scan($"[\"{large}\"]", hasSections: false).Found).Length);
        Assert.NotNull(Scan($"[\"{new string('x', JsonElementScanner.LongestElement + 1)}", hasSections: false).Problem);
    }

    [Theory]
    [InlineData("[{\"a\":1},2]", "{\"a\":1}")]
    [InlineData("[{\"a\":1} ]", "{\"a\":1}")]
    [InlineData("[{\"a\":\"}x\"}]", "{\"a\":\"}")]
    [InlineData("[{\"a\":2}]", "{\"a\":1}")]
    [InlineData("[{\"a\":1,\"b\":2}]", "{\"a\":1")]
    [InlineData("[{\"a\":1}", "{\"a\":1}")]
    [InlineData("[12]", "1")]
    [InlineData("[]", "{}")]
    public void A_likely_element_changes_nothing_of_what_is_found(string json, string likely)
    {
        var without = new JsonElementScanner(new MemoryStream(Encoding.UTF8.GetBytes(json)), hasSections: false);
        var with = new JsonElementScanner(new MemoryStream(Encoding.UTF8.GetBytes(json)), hasSections: false);
        bool found;
        do
        {
            found = without.Next();
            Assert.Equal(found, with.Next(Encoding.UTF8.GetBytes(likely)));
            if (found)
                Assert.Equal(Encoding.UTF8.GetString(without.Element.Span), Encoding.UTF8.GetString(with.Element.Span));
        }
        while (found);
        Assert.Equal(without.Problem is null, with.Problem is null);
    }

    private static (List<string> Found, string? Problem) Scan(string json, bool hasSections)
    {
        var found = new List<string>();
        using var scanner = new JsonElementScanner(new MemoryStream(Encoding.UTF8.GetBytes(json)), hasSections);
        while (scanner.Next())
            found.Add(hasSections ? $"{scanner.Section} {Encoding.UTF8.GetString(scanner.Element.Span)}" : Encoding.UTF8.GetString(scanner.Element.Span));
        return (found, scanner.Problem);
    }
}
