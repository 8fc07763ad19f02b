using System.Globalization;
using System.Text;

namespace TicketWorld.Tests.Api.Contract;

/// <summary>The two files that <c>eng/api-test</c> writes.</summary>
internal static class ApiTestReport
{
    private static readonly (string Row, string Field)[] Fields =
        [("Error Codes", "error_code"), ("Order IDs", "order_id"), ("Email Addresses", "account_email"), ("Phone Numbers", "phone_number"), ("Priority Keywords", "priority_keywords")];

    private static readonly (string Row, Func<LabelledAnswer, bool> Of)[] Types =
    [
        ("Technical", answer => answer.Category == "technical"),
        ("Billing", answer => answer.Category == "billing"),
        ("Account", answer => answer.Category == "account"),
        ("Feature Request", answer => answer.Category == "feature_request"),
        ("Bug Report", answer => answer.Category == "bug_report"),
        ("General", answer => answer.Category == "general"),
    ];

    /// <summary>Each request with what was checked.</summary>
    public static string Full(IReadOnlyList<PostmanResult> results, string url, DateTimeOffset at)
    {
        var text = new StringBuilder().Append("# API test report\n\n")
            .Append(CultureInfo.InvariantCulture, $"{url}, {at:yyyy-MM-dd HH:mm} UTC. The requests are those of {PostmanCollection.FilePath}.\n\n")
            .Append("| Test | Result | Status | Time |\n|---|---|---|---|\n");
        foreach (var result in results)
            text.Append(CultureInfo.InvariantCulture, $"| {result.Item.Name} | {(result.Passed ? "passed" : "FAILED")} | {result.Status} | {result.Time.TotalMilliseconds:0} ms |\n");
        foreach (var result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {result.Item.Name}\n\n`{result.Item.Method} {result.Item.Path}`\n\n");
            foreach (var check in result.Item.Checks)
                text.Append(CultureInfo.InvariantCulture, $"- {(result.Failed.Contains(check) ? "FAILED" : "passed")}: `{check.Name}`\n");
        }

        return text.ToString();
    }

    /// <summary>Totals, and how right the API is on the labelled tickets.</summary>
    public static string Summary(IReadOnlyList<PostmanResult> results, IReadOnlyList<LabelledAnswer> answers, DateTimeOffset at)
    {
        var passed = results.Count(result => result.Passed);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"# Test summary ({at:yyyy-MM-dd})\n\n| Metric | Value |\n|---|---|\n")
            .Append(CultureInfo.InvariantCulture, $"| Total Tests | {results.Count} |\n| Passed | {passed} |\n| Failed | {results.Count - passed} |\n| Pass Rate | {Share(passed, results.Count)} |\n")
            .Append(CultureInfo.InvariantCulture, $"| Avg Response Time | {results.Average(result => result.Time.TotalSeconds):0.000} s |\n")
            .Append(CultureInfo.InvariantCulture, $"\nThe tables below are measured on the {answers.Count} labelled tickets of {LabelledRun.FilePath}; confidence is the mean of what the API says.\n")
            .Append("\n## Classification Accuracy\n\n| Ticket Type | Tickets | Accuracy | Confidence |\n|---|---|---|---|\n");
        foreach (var (row, of) in Types)
            Row(text, row, [.. answers.Where(of).Select(answer => (answer.FoundCategory == answer.Category, answer.CategoryConfidence))]);
        Row(text, "Critical Issues", [.. answers.Where(answer => answer.Severity == "critical").Select(answer => (answer.FoundSeverity == "critical", answer.SeverityConfidence))]);
        text.Append("\n## Field Extraction\n\n| Field Type | Values | Accuracy | Confidence |\n|---|---|---|---|\n");
        foreach (var (row, field) in Fields)
            Row(text, row, [.. answers.SelectMany(answer => answer.Fields).Where(value => value.Field == field).Select(value => (value.Found, value.Confidence))]);
        text.Append("\n## Routing Accuracy\n\n| Category | Severity | Correct Team | Tickets | Accuracy |\n|---|---|---|---|---|\n");
        foreach (var group in answers.GroupBy(answer => (answer.Category, answer.Severity, answer.Team)).OrderBy(group => group.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key.Category} | {group.Key.Severity} | {group.Key.Team} | {group.Count()} | ")
                .Append(CultureInfo.InvariantCulture, $"{Share(group.Count(answer => answer.FoundTeam == answer.Team), group.Count())} |\n");
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string row, IReadOnlyList<(bool Right, double Confidence)> found)
    {
        if (found.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"| {row} | {found.Count} | {Share(found.Count(one => one.Right), found.Count)} | {found.Average(one => one.Confidence) * 100:0} % |\n");
    }

    private static string Share(int part, int all) => all == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / all:0.#} %");
}
