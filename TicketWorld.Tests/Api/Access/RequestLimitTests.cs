using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Requests;
using TicketWorld.ServiceDefaults.Limits;

namespace TicketWorld.Tests.Api.Access;

/// <summary>How much a caller may send, and how slowly.</summary>
public sealed class RequestLimitTests
{
    [Theory]
    [InlineData(64 * 1024, false)]
    [InlineData(64 * 1024 + 1, false)]
    [InlineData(64 * 1024 + 1, true)]
    [InlineData(10 * 1024 * 1024, false)]
    public async Task A_body_has_at_most_64_KiB(int bytes, bool chunked)
    {
        await using var api = await ApiReplica.StartAsync([]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/batches") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes("{\"pack\": \"" + new string('x', bytes - 12) + "\"}")) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = bytes > 1024 * 1024;
        using var answer = await api.Client.SendAsync(request);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        if (bytes > 64 * 1024)
            RunningApi.AssertProblem(answer, problem, 413, "body_too_large");
        else
            Assert.NotEqual(413, (int)answer.StatusCode);
    }

    [Fact]
    public async Task An_endpoint_may_state_a_larger_body()
    {
        var context = new DefaultHttpContext();
        Assert.Equal(64 * 1024, BodyLimit.Of(context));
        var limit = new BodyLimit(BodyLimit.LongText);
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(limit), "long"));
        Assert.Equal(512 * 1024, BodyLimit.Of(context));
        Assert.Equal((512 * 1024) + BodyLimit.Slack, ((IRequestSizeLimitMetadata)limit).MaxRequestBodySize);

        // 50,000 characters, each as an escape.
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.ASCII.GetBytes("{\"name\": \"" + string.Concat(Enumerable.Repeat("\\u00e9", 50_000)) + "\"}"));
        Assert.Equal(50_000, (await JsonBody.ReadAsync<TicketWorld.Api.Access.CreateKeyRequest>(context.Request)).Name!.Length);
        context.Request.Body = new MemoryStream(new byte[BodyLimit.LongText + 1]);
        var refusal = await Assert.ThrowsAsync<ProblemException>(() => JsonBody.ReadAsync<TicketWorld.Api.Access.CreateKeyRequest>(context.Request));
        Assert.Equal(413, refusal.Problem.Status);
    }

    [Fact]
    public async Task Headers_that_are_too_large_or_too_many_are_refused()
    {
        await using var api = await ApiReplica.StartAsync([]);
        Assert.StartsWith("HTTP/1.1 200", await RawAsync(api, $"GET /alive HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 15_000)}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await RawAsync(api, $"GET /alive HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 17_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await RawAsync(api, $"GET /alive HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 64).Select(n => $"X-{n}: 1\r\n"))}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414", await RawAsync(api, $"GET /{new string('x', 9_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_do_not_come_in_end_the_connection()
    {
        await using var api = await ApiReplica.StartAsync(["Limits:HeaderSeconds=1"]);
        var answer = await RawAsync(api, "GET /alive HTTP/1.1\r\nHost: localho");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_body_that_does_not_come_in_is_refused()
    {
        await using var api = await ApiReplica.StartAsync([]);
        var answer = await RawAsync(api, "POST /api/v1/batches HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"tick");
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("request_timeout", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed()
    {
        await using var api = await ApiReplica.StartAsync(["Limits:Connections=2"]);
        using var first = await ConnectAsync(api);
        using var second = await ConnectAsync(api);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(first), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(second), StringComparison.Ordinal);
        using var third = await ConnectAsync(api);
        Assert.Equal("", await AskAsync(third));
    }

    private static async Task<TcpClient> ConnectAsync(ApiReplica api)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, api.Client.BaseAddress!.Port);
        return client;
    }

    /// <summary>Asks on a connection that stays; gives the beginning of the answer, empty when the connection was closed.</summary>
    private static async Task<string> AskAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /alive HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            var buffer = new byte[64];
            return Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Sends bytes and reads to the end of the connection.</summary>
    private static async Task<string> RawAsync(ApiReplica api, string request)
    {
        using var client = await ConnectAsync(api);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        var answer = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(answer);
        }
        catch (IOException)
        {
            // Closed with bytes of the request unread.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
