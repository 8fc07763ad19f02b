using System.Text.Json;
using TicketWorld.Api;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Logging;

namespace TicketWorld.Tests.ServiceDefaults;

public sealed class LogFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_full_becomes_an_older_one_and_the_oldest_goes()
    {
        using (var file = new LogFile(_folder.File("logs/app.log"), largest: 10, older: 2))
        {
            foreach (var line in new[] { "one---\n", "two---\n", "three-\n", "four--\n", "a line that alone is longer than the file\n", "x\n" })
                file.Write(line);
        }
        Assert.Equal(["app.log", "app.log.1", "app.log.2"], Directory.GetFiles(_folder.File("logs")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("x\n", File.ReadAllText(_folder.File("logs/app.log")));
        Assert.StartsWith("a line", File.ReadAllText(_folder.File("logs/app.log.1")), StringComparison.Ordinal);
        Assert.Equal("four--\n", File.ReadAllText(_folder.File("logs/app.log.2")));
    }

    [Fact]
    public void A_file_that_is_there_is_continued()
    {
        for (var i = 0; i < 2; i++)
        {
            using var file = new LogFile(_folder.File("app.log"), largest: 1000, older: 0);
            file.Write($"{i}\n");
        }
        Assert.Equal("0\n1\n", File.ReadAllText(_folder.File("app.log")));
    }

    [Fact]
    public void A_file_that_cannot_be_written_stops_the_start() =>
        Assert.Contains("LOG_FILE", Assert.Throws<StartFaultException>(() => new LogFile(_folder.Path, 10, 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Each_request_leaves_a_line_with_its_correlation_id(string format)
    {
        var path = _folder.File("logs/app.log");
        await using (var host = ApiHost.Build(["--urls=http://127.0.0.1:0", $"--DATA_FOLDER={_folder.File("data")}", $"--LOG_FILE={path}", $"--LOG_FORMAT={format}"]))
        {
            await host.StartAsync();
            using var client = new HttpClient { BaseAddress = new(host.Urls.Single()) };
            foreach (var id in new[] { "first-request", "second-request" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/batches") { Headers = { { "X-Correlation-Id", id } } };
                (await client.SendAsync(request)).EnsureSuccessStatusCode();
            }
            await host.StopAsync();
        }
        var lines = await File.ReadAllLinesAsync(path);
        foreach (var id in new[] { "first-request", "second-request" })
        {
            var line = Assert.Single(lines, line => line.Contains(id, StringComparison.Ordinal));
            Assert.Contains("GET /api/v1/batches 200", line, StringComparison.Ordinal);
            if (format == "json")
                Assert.Equal(id, JsonDocument.Parse(line).RootElement.GetProperty("correlation_id").GetString());
            else
                Assert.EndsWith($"[{id}]", line, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("debug", true)]
    [InlineData("info", false)]
    public async Task The_level_decides_what_is_in_it(string level, bool told)
    {
        var path = _folder.File("level.log");
        await using (var host = ApiHost.Build(["--urls=http://127.0.0.1:0", $"--DATA_FOLDER={_folder.File("data")}", $"--LOG_FILE={path}", $"--LOG_LEVEL={level}"]))
        {
            await host.StartAsync();
            using var client = new HttpClient { BaseAddress = new(host.Urls.Single()) };
            (await client.GetAsync("/alive")).EnsureSuccessStatusCode();
            await host.StopAsync();
        }
        Assert.Equal(told, (await File.ReadAllTextAsync(path)).Contains("GET /alive 200", StringComparison.Ordinal));
    }
}
