using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace TicketWorld.Tests.Api;

/// <summary>Bodies that a fuzz run has broken the API with; see docs/quality.md.</summary>
public sealed class BadInputTests(RunningApi api) : IClassFixture<RunningApi>
{
    public static TheoryData<string> Endpoints => ["/api/v1/batches", "/api/v1/workflow/process", "/api/v1/workflow/classify", "/api/v1/workflow/extract"];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_body_that_is_not_UTF_8_is_refused(string path)
    {
        foreach (var wrong in (byte[][])[[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80]])
        {
            await AssertRefusedAsync(path, [.. "{\"subject\": \""u8, .. wrong, .. "\"}"u8]);
            await AssertRefusedAsync(path, [.. "{\""u8, .. wrong, .. "\": 1}"u8]);
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_name_with_half_of_a_character_is_refused(string path)
    {
        await AssertRefusedAsync(path, Encoding.ASCII.GetBytes("""{"\ud800": 1}"""));
        await AssertRefusedAsync(path, Encoding.ASCII.GetBytes("""{"subject": "s", "body": "b", "\udc00\ud800": 1}"""));
        await AssertRefusedAsync(path, Encoding.ASCII.GetBytes("""{"ticket": {"metadata": {"\udfff": 1}}}"""));
    }

    [Theory]
    [InlineData("POST", "/health")]
    [InlineData("DELETE", "/alive")]
    public async Task Health_is_only_read(string method, string path)
    {
        using var response = await api.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 405, "method_not_allowed", "method");
        using var head = await api.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_chunk_whose_size_no_number_holds_is_refused(string path)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(api.Client.BaseAddress!.Host, api.Client.BaseAddress.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {api.Client.BaseAddress.Authority}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{{}}"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Whoever_sends_most_of_a_body_and_keeps_the_rest_is_refused_in_time()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(api.Client.BaseAddress!.Host, api.Client.BaseAddress.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/workflow/classify HTTP/1.1\r\nHost: {api.Client.BaseAddress.Authority}\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{new string(' ', 49_000)}"));
        using var reader = new StreamReader(stream, Encoding.ASCII);

        // The server's mean speed would let it wait for more than three minutes.
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)));
    }

    private async Task AssertRefusedAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await api.Client.PostAsync(path, content);
        RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 400, "invalid_json");
    }
}
