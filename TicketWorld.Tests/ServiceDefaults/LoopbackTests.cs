using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using TicketWorld.ServiceDefaults;
using TicketWorld.Silo;

namespace TicketWorld.Tests.ServiceDefaults;

public sealed class LoopbackTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _host = null!;
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        _host = SiloHost.Build(["--urls=http://127.0.0.1:0", $"--DATA_FOLDER={_folder.Path}", "--LOG_LEVEL=none"]);
        await _host.StartAsync();
        _address = new(_host.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0")]
    [InlineData("--urls=http://[::]:0")]
    [InlineData("--urls=http://*:38123")]
    [InlineData("--urls=http://192.0.2.1:38123")]
    [InlineData("--urls=http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("--Kestrel:Endpoints:Open:Url=http://0.0.0.0:0")]
    public async Task A_host_refuses_to_start_on_an_address_that_others_can_reach(string option)
    {
        using var folder = new TemporaryFolder();
        await using var host = SiloHost.Build([option, $"--DATA_FOLDER={folder.Path}", "--LOG_LEVEL=none"]);
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        var fault = StartFaultException.Find(exception, SiloHost.Description);
        Assert.NotNull(fault);
        Assert.Contains("reachable from other machines", fault.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", fault.Message, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.1:80")]
    [InlineData("[::1]:8000")]
    public async Task A_host_header_of_this_machine_passes(string host) => Assert.Equal(200, (await AskAsync($"Host: {host}")).Status);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8000")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task A_foreign_host_header_is_misdirected(string host)
    {
        var (status, problem) = await AskAsync($"Host: {host}");
        Assert.Equal(421, status);
        Assert.Equal("foreign_host", problem.GetProperty("code").GetString());
        Assert.Equal("Host", problem.GetProperty("field").GetString());
        Assert.Equal(host, problem.GetProperty("value").GetString());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("remedy").GetString()));
    }

    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("https://[::1]")]
    public async Task An_origin_of_this_machine_passes_and_gets_no_wildcard(string origin) =>
        Assert.Equal(200, (await AskAsync($"Host: localhost\r\nOrigin: {origin}")).Status);

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("https://localhost.evil.example")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("http://localhost:1, http://evil.example")]
    [InlineData("garbage")]
    public async Task A_foreign_origin_is_forbidden(string origin)
    {
        var (status, problem) = await AskAsync($"Host: localhost\r\nOrigin: {origin}");
        Assert.Equal(403, status);
        Assert.Equal("foreign_origin", problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("my-id.1_2", true)]
    [InlineData("with space", false)]
    [InlineData("quote\"", false)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789", false)]
    public async Task A_correlation_id_comes_back_if_it_can_stand_in_a_log(string id, bool kept)
    {
        using var client = new HttpClient { BaseAddress = _address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/alive");
        request.Headers.TryAddWithoutValidation("X-Correlation-Id", id);
        using var response = await client.SendAsync(request);
        var answered = response.Headers.GetValues("X-Correlation-Id").Single();
        Assert.Equal(kept, answered == id);
        Assert.Matches("^[A-Za-z0-9._-]{1,64}$", answered);
    }

    /// <summary>Sends a raw request: HTTP clients correct the headers that are to be tested.</summary>
    private async Task<(int Status, JsonElement Body)> AskAsync(string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /alive HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer, StringComparison.OrdinalIgnoreCase);
        var body = answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)];
        return (int.Parse(answer.Split(' ')[1]), JsonDocument.Parse(body).RootElement);
    }
}
