using TicketWorld.Support.Extraction;
using Xunit.Abstractions;

namespace TicketWorld.Tests.Support.Extraction;

public sealed class LabelledStringTests(ITestOutputHelper output)
{
    /// <summary>The fields that README 004 reports at 100 %.</summary>
    private static readonly string[] Whole = [FieldNames.ErrorCode, FieldNames.OrderId, FieldNames.AccountEmail, FieldNames.PhoneNumber];

    [Fact]
    public void There_are_at_least_200_labelled_strings_and_60_of_the_fields_that_must_be_whole()
    {
        Assert.True(ExtractionTexts.Strings.Count >= 200);
        Assert.True(ExtractionTexts.Strings.Count(s => s.Entities.Any(IsWhole)) >= 60);
        Assert.True(ExtractionTexts.Strings.Count(s => s.Part == "held") >= 60);
    }

    [Fact]
    public void Error_codes_order_ids_emails_and_phones_are_all_found_and_nothing_is_taken_for_one()
    {
        var wrong = ExtractionTexts.Strings
            .Select(s => (s.Id, Expected: string.Join('|', s.Entities.Where(IsWhole)), Found: string.Join('|', ExtractionTexts.Extractor.Extract(s.Text, null).Spans().Where(IsWhole))))
            .Where(s => s.Expected != s.Found);
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("develop", 0.98)]
    [InlineData("held", 0.95)]
    public void Micro_f1_over_all_fields_is_at_least(string part, double least)
    {
        var (right, wrong, missed) = (0, 0, 0);
        foreach (var text in ExtractionTexts.Strings.Where(s => s.Part == part))
        {
            var found = ExtractionTexts.Extractor.Extract(text.Text, null).Spans();
            right += found.Intersect(text.Entities).Count();
            wrong += found.Except(text.Entities).Count();
            missed += text.Entities.Except(found).Count();
        }

        var f1 = 2.0 * right / ((2 * right) + wrong + missed);
        output.WriteLine($"{part}: {right} right, {wrong} wrong, {missed} missed, F1 {f1:0.000}");
        Assert.True(f1 >= least, $"F1 is {f1:0.000}.");
    }

    private static bool IsWhole(string entity) => Array.Exists(Whole, field => entity.StartsWith(field + ":", StringComparison.Ordinal));
}
