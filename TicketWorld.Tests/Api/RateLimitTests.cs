using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TicketWorld.Api.RateLimits;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Tests.Api;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Calls_above_the_limit_are_refused_with_when_to_come_again_and_reads_and_writes_are_counted_apart()
    {
        await using var api = await ApiReplica.StartAsync(["RateLimit:WritesPerMinute=3", "RateLimit:ReadsPerMinute=5"]);
        for (var left = 2; left >= 0; left--)
        {
            using var write = await api.Client.PostAsync("/api/v1/batches/none/cancel", null);
            Assert.Equal(HttpStatusCode.NotFound, write.StatusCode);
            Assert.Equal("\"writes\";q=3;w=60", write.Headers.GetValues("RateLimit-Policy").Single());
            Assert.StartsWith($"\"writes\";r={left};t=", write.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
            Assert.False(write.Headers.Contains("Retry-After"));
        }

        using var refused = await api.Client.PostAsync("/api/v1/batches/none/cancel", null);
        RunningApi.AssertProblem(refused, await refused.Content.ReadFromJsonAsync<JsonElement>(), 429, "rate_limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 61);
        Assert.StartsWith("\"writes\";r=0;t=", refused.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        foreach (var free in new[] { "/health", "/alive", "/", "/docs/index.html", "/openapi.json" })
        {
            using var answer = await api.Client.GetAsync(free);
            Assert.Equal((free, HttpStatusCode.OK, false), (free, answer.StatusCode, answer.Headers.Contains("RateLimit")));
        }
    }

    [Fact]
    public async Task One_limit_for_all_calls_can_be_set_by_the_name_that_env_files_use()
    {
        await using var api = await ApiReplica.StartAsync(["RATE_LIMIT_PER_MINUTE=60"]);
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await api.Client.PostAsync("/api/v1/batches/none/cancel", null)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await api.Client.PostAsync("/api/v1/batches/none/cancel", null)).StatusCode);
    }

    [Fact]
    public async Task Zero_is_no_limit()
    {
        await using var api = await ApiReplica.StartAsync(["RateLimit:ReadsPerMinute=0"]);
        using var answer = await api.Client.GetAsync("/api/v1/batches");
        Assert.Equal((HttpStatusCode.OK, false), (answer.StatusCode, answer.Headers.Contains("RateLimit-Policy")));
    }

    [Theory]
    [InlineData("RateLimit:WritesPerMinute", "-1", "from 0 to 1000000")]
    [InlineData("RateLimit:ReadsPerMinute", "many", "from 0 to 1000000")]
    [InlineData("RATE_LIMIT_PER_MINUTE", "1000001", "from 0 to 1000000")]
    [InlineData("RateLimit:WritesPerMin", "1", "WritesPerMinute")]
    public void Wrong_settings_are_named(string key, string value, string says)
    {
        var fault = Assert.Throws<StartFaultException>(() => CallLimits.Read(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build()));
        Assert.StartsWith(key, fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::7", "2001:db8:1:2::/64")]
    [InlineData("::1", "::1")]
    public void Callers_are_told_apart_by_address(string address, string partition)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        Assert.Equal(partition, new AddressPartition().Of(context));
    }
}
