using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TicketWorld.Api.RateLimits;
using TicketWorld.ServiceDefaults;
using TicketWorld.Tests.Api.Access;
using TicketWorld.Tests.Grains.Runtime;

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
    public async Task Without_keys_and_settings_there_is_no_limit_and_with_keys_each_has_sixty_calls_or_its_own()
    {
        await using var api = await ApiReplica.StartAsync([]);
        using (var open = await api.Client.GetAsync("/api/v1/tickets"))
            Assert.Equal((HttpStatusCode.OK, false), (open.StatusCode, open.Headers.Contains("RateLimit-Policy")));

        await Keys.MakeAdminAsync(api.Folder);
        var (first, second, own, free) = (await MakeAsync(null), await MakeAsync(null), await MakeAsync(2), await MakeAsync(0));
        await Poll.UntilAsync(async () => (await api.Client.GetAsync("/api/v1/tickets")).StatusCode == HttpStatusCode.Unauthorized);
        for (var i = 0; i < 60; i++)
            Assert.Equal("\"calls\";q=60;w=60", await PolicyAsync(first, 200));
        Assert.Equal("\"calls\";q=60;w=60", await PolicyAsync(first, 429));
        Assert.Equal("\"calls\";q=60;w=60", await PolicyAsync(second, 200));
        Assert.Equal("\"calls\";q=2;w=60", await PolicyAsync(own, 200));
        await PolicyAsync(own, 200);
        await PolicyAsync(own, 429);
        Assert.Null(await PolicyAsync(free, 200));

        Task<string> MakeAsync(int? rate) => Keys.MakeAsync(api.Folder, new() { Name = "a", Role = "agent", Rate = rate });

        async Task<string?> PolicyAsync(string key, int status)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tickets") { Headers = { { "X-API-Key", key } } };
            using var answer = await api.Client.SendAsync(request);
            Assert.Equal(status, (int)answer.StatusCode);
            return answer.Headers.TryGetValues("RateLimit-Policy", out var policy) ? policy.Single() : null;
        }
    }

    [Fact]
    public async Task Keys_that_open_nothing_are_limited_for_their_address_and_good_ones_are_not()
    {
        var key = "";
        await using var api = await ApiReplica.StartAsync(["RateLimit:FailuresPerMinute=3"], prepare: async folder => key = await Keys.MakeAdminAsync(folder));
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync($"tw_guess{i}_secret")).StatusCode);
        using var refused = await SendAsync("tw_guess_secret");
        RunningApi.AssertProblem(refused, await refused.Content.ReadFromJsonAsync<JsonElement>(), 429, "rate_limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 61);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Client.GetAsync("/api/v1/tickets")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(key)).StatusCode);

        async Task<HttpResponseMessage> SendAsync(string text)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tickets") { Headers = { { "X-API-Key", text } } };
            return await api.Client.SendAsync(request);
        }
    }

    [Theory]
    [InlineData("", "60 60", "- -")]
    [InlineData("RATE_LIMIT_PER_MINUTE=5", "5 5", "5 5")]
    [InlineData("RATE_LIMIT_PER_MINUTE=0", "- -", "- -")]
    [InlineData("RateLimit:ReadsPerMinute=9", "9 -", "9 -")]
    [InlineData("RateLimit:ReadsPerMinute=9 RateLimit:WritesPerMinute=8", "9 8", "9 8")]
    [InlineData("RateLimit:ReadsPerMinute=9 RATE_LIMIT_PER_MINUTE=5", "5 5", "5 5")]
    public void The_settings_give_reads_and_writes_for_keys_and_for_callers_without(string settings, string keyed, string open)
    {
        var limits = CallLimits.Read(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=')).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build());
        Assert.Equal((keyed, open), (Text(limits.Keyed), Text(limits.Open)));

        static string Text(CallLimit limit) => $"{limit.Reads?.Calls.ToString() ?? "-"} {limit.Writes?.Calls.ToString() ?? "-"}";
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
