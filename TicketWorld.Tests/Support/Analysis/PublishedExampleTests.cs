using System.Text.Json;
using TicketWorld.Support.Vocabulary;

namespace TicketWorld.Tests.Support.Analysis;

/// <summary>The examples that the workflow's README publishes, word for word.</summary>
public sealed class PublishedExampleTests
{
    [Fact]
    public void A_crash_is_technical_and_high_though_it_is_called_urgent()
    {
        var analysis = Analysers.Analyse(
            "Application crashes on startup",
            "Hi, I have been trying to launch the application but it keeps crashing. I get an error code ERR-5003 every time. This is urgent!");

        Assert.Equal((Category.Technical, Severity.High), (analysis.Category, analysis.Severity));
        Assert.Contains(Category.BugReport, analysis.SecondaryCategories);
        Assert.Contains("crashes", analysis.KeywordsMatched);
        Assert.Contains("error code", analysis.KeywordsMatched);
        Assert.Contains("ERR-5003", analysis.KeywordsMatched);
        Assert.Contains("urgent", analysis.UrgencyIndicators);
        Assert.True(analysis.Urgent);
    }

    [Fact]
    public void A_double_charge_is_billing_and_high_and_sure()
    {
        var analysis = Analysers.Analyse(
            "Double charged for subscription",
            "Hello, I was charged twice this month for my Pro subscription. The amounts are $29.99 on January 15th and again on January 20th. "
            + "My order IDs are ORD-111 and ORD-112. Please refund the duplicate.");

        Assert.Equal((Category.Billing, Severity.High), (analysis.Category, analysis.Severity));
        Assert.True(analysis.CategoryConfidence >= 0.9);
    }

    [Fact]
    public void A_stopped_production_is_critical_and_sure_with_all_that_presses()
    {
        var analysis = Analysers.Analyse(
            "URGENT: Production system down",
            "EMERGENCY!!! Our entire production system is down and we have detected data loss. This is affecting all 500+ users. Error: 0xDEADBEEF.");

        Assert.Equal((Category.Technical, Severity.Critical), (analysis.Category, analysis.Severity));
        Assert.True(analysis.SeverityConfidence >= 0.9);
        foreach (var indicator in (string[])["URGENT", "EMERGENCY", "production system down"])
            Assert.Contains(indicator, analysis.UrgencyIndicators, StringComparer.OrdinalIgnoreCase);
        Assert.Contains(Topic.DataLoss, analysis.Also);
    }

    [Fact]
    public void A_wish_for_a_dark_mode_is_a_feature_request_and_low()
    {
        var analysis = Analysers.Analyse(
            "Request for dark mode feature", "Hi there! I love using your application. Would it be possible to add a dark mode option?");

        Assert.Equal((Category.FeatureRequest, Severity.Low), (analysis.Category, analysis.Severity));
        Assert.Equal(Sentiment.Positive, analysis.Sentiment);
        Assert.True(analysis.CategoryConfidence >= 0.9);
    }

    [Fact]
    public void An_export_bug_that_freezes_is_a_bug_report_and_technical_beside()
    {
        var analysis = Analysers.Analyse(
            "Bug in export feature",
            "When I try to export my report to PDF, the application freezes. This happens every time without fail. Error message shows ERR-EXP-001.");

        Assert.Equal((Category.BugReport, Severity.High), (analysis.Category, analysis.Severity));
        Assert.Equal([Category.Technical], analysis.SecondaryCategories);
        foreach (var keyword in (string[])["bug", "export", "freezes", "error"])
            Assert.Contains(keyword, analysis.KeywordsMatched, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("every time without fail", analysis.UrgencyIndicators);
    }

    [Fact]
    public void A_question_mark_says_nothing()
    {
        var analysis = Analysers.Analyse("Help", "?");

        Assert.Equal((Category.General, Severity.Low), (analysis.Category, analysis.Severity));
        Assert.True(analysis.CategoryConfidence >= 0.9);
        Assert.Contains("minimal information", analysis.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rewritten_fixtures_are_right_in_category_and_severity()
    {
        var wrong = new List<string>();
        foreach (var fixture in Fixtures.All)
        {
            var analysis = Analysers.Analyse(fixture.Subject, fixture.Body);
            if (Analysers.CategoryOf(analysis) != fixture.Category || Analysers.SeverityOf(analysis) != fixture.Severity)
                wrong.Add($"{fixture.Id}: {Analysers.CategoryOf(analysis)}/{Analysers.SeverityOf(analysis)}");
        }

        Assert.Equal(26, Fixtures.All.Count);
        Assert.Empty(wrong);
    }
}

/// <summary>The lines of <c>fixtures.jsonl</c>.</summary>
internal static class Fixtures
{
    public static IReadOnlyList<Fixture> All { get; } =
    [
        .. File.ReadLines(Path.Combine(Repository.Folder, "TicketWorld.Benchmarks", "Understanding", "Labelled", "fixtures.jsonl"))
            .Where(line => line.Length > 0)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(line => new Fixture(Text(line, "id"), Text(line, "subject"), Text(line, "body"), Text(line, "category"), Text(line, "severity"))),
    ];

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    internal sealed record Fixture(string Id, string Subject, string Body, string Category, string Severity);
}
