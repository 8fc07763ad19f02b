using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace TicketWorld.Tests.ServiceDefaults;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_reach_the_collector_that_the_environment_names()
    {
        await using var collector = new Collector();
        await collector.StartAsync();
        using var folder = new TemporaryFolder();
        await using var silo = HostProcess.Start(
            "TicketWorld.Silo", folder.Path, ["--port", "0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"],
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("LOG_FORMAT", "json"));
        var listening = await silo.LineAsync(line => line.Contains("Now listening on", StringComparison.Ordinal));
        var address = System.Text.Json.JsonDocument.Parse(listening).RootElement.GetProperty("values").GetProperty("address").GetString()!;
        using var client = new HttpClient();
        Assert.Contains("healthy", await client.GetStringAsync(new Uri(address + "/health")), StringComparison.Ordinal);

        silo.Terminate();
        Assert.Equal(0, await silo.ExitAsync());
        Assert.Contains("GET /health", collector.Received("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", collector.Received("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("Now listening on", collector.Received("/v1/logs"), StringComparison.Ordinal);
        Assert.Contains("silo", collector.Received("/v1/traces"), StringComparison.Ordinal);
    }

    /// <summary>Takes OTLP over HTTP and keeps the bodies; the names in them are plain text within the protobuf.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _bodies = new();
        private readonly WebApplication _app;

        public Collector()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.Map("/{**path}", async context =>
            {
                using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
                _bodies.Enqueue((context.Request.Path, await reader.ReadToEndAsync()));
            });
        }

        public string Address => _app.Urls.Single();

        public Task StartAsync() => _app.StartAsync();

        public string Received(string path) => string.Concat(_bodies.Where(body => body.Path == path).Select(body => body.Body));

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
