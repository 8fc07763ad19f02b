using System.Globalization;
using TicketWorld.Api;

namespace TicketWorld.Tests.Api.Contract;

/// <summary>The command of <c>eng/api-test</c>.</summary>
internal static class ApiTestProgram
{
    public const string Command = "api-test";
    private const string DefaultUrl = "http://127.0.0.1:8000";
    private const string Usage = "eng/api-test [--url URL] [--api-key KEY] [--output FOLDER]";

    /// <returns>0 when all requests were answered as expected; 1 when one was not; 2 for a wrong command line.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var (url, key, output) = ((string?)null, Environment.GetEnvironmentVariable("TICKETWORLD_API_KEY"), "test_results");
        for (var i = 0; i < args.Length; i += 2)
        {
            switch (i + 1 < args.Length ? args[i] : "")
            {
                case "--url" when Uri.TryCreate(args[i + 1], UriKind.Absolute, out _):
                    url = args[i + 1];
                    break;
                case "--api-key":
                    key = args[i + 1];
                    break;
                case "--output":
                    output = args[i + 1];
                    break;
                default:
                    await Console.Error.WriteLineAsync(Usage);
                    return 2;
            }
        }

        if (url is not null || await AnswersAsync(DefaultUrl))
            return await RunAsync(url ?? DefaultUrl, key, output);
        var folder = Directory.CreateTempSubdirectory("ticketworld-api-test-").FullName;
        try
        {
            await using var host = ApiHost.Build(["--urls=http://127.0.0.1:0", $"--DATA_FOLDER={folder}", "--LOG_LEVEL=warning"]);
            await host.StartAsync();
            var exit = await RunAsync(host.Urls.Single(), key, output);
            await host.StopAsync();
            return exit;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(string url, string? key, string output)
    {
        using var client = new HttpClient { BaseAddress = new(url), Timeout = TimeSpan.FromMinutes(1) };
        if (!string.IsNullOrEmpty(key))
            client.DefaultRequestHeaders.Add("X-API-Key", key);
        var results = await PostmanRun.RunAsync(PostmanCollection.Read(PostmanCollection.FilePath), client);
        var answers = await LabelledRun.RunAsync(LabelledRun.FilePath, client);
        Directory.CreateDirectory(output);
        var now = TimeProvider.System.GetUtcNow();
        await File.WriteAllTextAsync(Path.Combine(output, "api_test_report.md"), ApiTestReport.Full(results, url, now));
        await File.WriteAllTextAsync(Path.Combine(output, "test_summary.md"), ApiTestReport.Summary(results, answers, now));
        foreach (var result in results)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(result.Passed ? "passed" : "FAILED")}  {result.Time.TotalMilliseconds,6:0} ms  {result.Item.Name}"));
            foreach (var check in result.Failed)
                await Console.Out.WriteLineAsync($"        {check.Name} does not hold");
        }

        var failed = results.Count(result => !result.Passed);
        await Console.Out.WriteLineAsync($"{results.Count} tests, {results.Count - failed} passed, {failed} failed; reports in {output}/");
        return failed == 0 ? 0 : 1;
    }

    private static async Task<bool> AnswersAsync(string url)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync($"{url}/alive");
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
