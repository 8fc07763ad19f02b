using System.Net;
using TicketWorld.Api;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Tests.Api.Access;

/// <summary>Where the API may listen, and under which names.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("urls=http://0.0.0.0:0")]
    [InlineData("Kestrel:Endpoints:Open:Url=http://0.0.0.0:0")]
    public async Task Without_a_key_it_starts_on_no_address_that_others_can_reach_and_says_how_to_make_one(string option)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => ApiReplica.StartAsync([option]));
        var fault = StartFaultException.Find(exception, ApiHost.Description);
        Assert.NotNull(fault);
        Assert.Contains("reachable from other machines", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ticketworld keys create", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_setting_HOST_is_held_to_the_same()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => ApiReplica.StartAsync(["urls=", "HOST=0.0.0.0", "APP_PORT=0"]));
        Assert.Contains("0.0.0.0", StartFaultException.Find(exception, ApiHost.Description)!.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAnyAsync<Exception>(() => ApiReplica.StartAsync(["HOST=everywhere"]));
        Assert.StartsWith("HOST is \"everywhere\"", StartFaultException.Find(exception, ApiHost.Description)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_it_starts_there_and_answers_under_the_names_it_is_told()
    {
        var key = "";
        await using var api = await ApiReplica.StartAsync(["urls=http://0.0.0.0:0", "ALLOWED_HOSTS=desk.example.com, 192.0.2.7"], prepare: async folder => key = await Keys.MakeAdminAsync(folder));
        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        foreach (var (host, status) in new[] { ("desk.example.com", 200), ("DESK.example.com:8000", 200), ("192.0.2.7", 200), ("evil.example", 421), ("x.desk.example.com", 421), ("0.0.0.0", 421) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/batches") { Headers = { Host = host } };
            Assert.Equal((host, status), (host, (int)(await api.Client.SendAsync(request)).StatusCode));
        }
    }

    [Theory]
    [InlineData("ALLOWED_HOSTS", "http://desk.example.com")]
    [InlineData("CORS_ORIGINS", "*")]
    [InlineData("CORS_ORIGINS", "desk.example.com")]
    [InlineData("CORS_ORIGINS", "https://desk.example.com/")]
    [InlineData("CORS_ORIGINS", "https://ok.example.com,https://desk.example.com/path")]
    public async Task What_is_no_name_and_no_origin_stops_the_start(string key, string value)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => ApiReplica.StartAsync([$"{key}={value}"]));
        Assert.StartsWith(key, StartFaultException.Find(exception, ApiHost.Description)!.Message, StringComparison.Ordinal);
    }
}
