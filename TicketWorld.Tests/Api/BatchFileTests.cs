using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace TicketWorld.Tests.Api;

public sealed class BatchFileTests(RunningApi api) : IClassFixture<RunningApi>
{
    private string Files => $"/api/v1/batches/{api.Batch}/files";

    [Fact]
    public async Task Every_file_has_the_size_and_hash_that_the_list_states()
    {
        var items = (await api.GetAsync(Files)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["company_policy.txt", "customer_database.json", "manifest.json", "policy_graph.json", "support_tickets.json", "support_tickets.jsonl"],
            items.Select(file => file.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        foreach (var file in items)
        {
            using var response = await api.Client.GetAsync(file.GetProperty("link").GetString());
            var bytes = await response.Content.ReadAsByteArrayAsync();
            Assert.Equal(file.GetProperty("size").GetInt64(), bytes.Length);
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Assert.Equal($"\"{file.GetProperty("sha256").GetString()}\"", response.Headers.ETag!.Tag);
            Assert.Equal(file.GetProperty("content_type").GetString(), response.Content.Headers.ContentType!.ToString());
        }
    }

    [Fact]
    public async Task Ranges_are_answered_from_the_start_the_middle_and_the_end()
    {
        var whole = await api.Client.GetByteArrayAsync($"{Files}/support_tickets.jsonl");
        foreach (var (from, to) in new (long?, long?)[] { (0, 9), (1000, 70_000), (whole.Length - 5, null), (null, 12) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Files}/support_tickets.jsonl") { Headers = { Range = new RangeHeaderValue(from, to) } };
            using var response = await api.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
            var first = (int)(from ?? whole.Length - to!.Value);
            var last = (int)(from is null ? whole.Length - 1 : Math.Min(to ?? whole.Length - 1, whole.Length - 1));
            Assert.Equal(whole[first..(last + 1)], await response.Content.ReadAsByteArrayAsync());
        }
        using var beyond = new HttpRequestMessage(HttpMethod.Get, $"{Files}/support_tickets.jsonl") { Headers = { Range = new RangeHeaderValue(whole.Length, null) } };
        using var refused = await api.Client.SendAsync(beyond);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, refused.StatusCode);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    public async Task A_file_is_compressed_when_it_is_asked_for(string accepted, bool compressed)
    {
        var whole = await api.Client.GetByteArrayAsync($"{Files}/support_tickets.json");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Files}/support_tickets.json");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await api.Client.SendAsync(request);
        Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
        Assert.Equal(compressed, response.Content.Headers.ContentEncoding.Contains("gzip"));
        var stream = await response.Content.ReadAsStreamAsync();
        using var plain = new MemoryStream();
        await (compressed ? new GZipStream(stream, CompressionMode.Decompress) : stream).CopyToAsync(plain);
        Assert.Equal(whole, plain.ToArray());
    }

    [Fact]
    public async Task A_range_of_a_file_is_never_compressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Files}/support_tickets.json") { Headers = { Range = new RangeHeaderValue(0, 9) } };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var response = await api.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(10, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task A_file_that_the_caller_has_already_is_not_sent_again(string? encoding)
    {
        EntityTagHeaderValue? tag = null;
        foreach (var status in new[] { HttpStatusCode.OK, HttpStatusCode.NotModified })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Files}/manifest.json");
            if (encoding is not null)
                request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
            if (tag is not null)
                request.Headers.IfNoneMatch.Add(tag);
            using var response = await api.Client.SendAsync(request);
            Assert.Equal(status, response.StatusCode);
            tag = response.Headers.ETag;
        }
    }

    [Fact]
    public async Task Head_tells_the_size_without_the_bytes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{Files}/support_tickets.json");
        using var response = await api.Client.SendAsync(request);
        Assert.Equal((await api.Client.GetByteArrayAsync($"{Files}/support_tickets.json")).Length, response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("..%2F..%2Fgrains.db", 400, "invalid_file_name")]
    [InlineData("..%5Cgrains.db", 400, "invalid_file_name")]
    [InlineData("%2Fetc%2Fpasswd", 400, "invalid_file_name")]
    [InlineData("a..b", 400, "invalid_file_name")]
    [InlineData(".env", 400, "invalid_file_name")]
    [InlineData("with%20space", 400, "invalid_file_name")]
    [InlineData("nonesuch.json", 404, "file_not_found")]
    [InlineData("Manifest.json", 404, "file_not_found")]
    public async Task A_name_that_is_no_file_of_the_batch_is_refused(string name, int status, string code)
    {
        using var response = await api.Client.GetAsync($"{Files}/{name}");
        RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), status, code, "name");
    }

    [Fact]
    public async Task Equal_options_give_equal_files()
    {
        var again = await api.CompleteAsync(new { tickets = RunningApi.Tickets, orders = 80, customers = 20, seed = 5 });
        Assert.NotEqual(api.Batch, again);
        Assert.Equal(Hashes(await api.GetAsync(Files)), Hashes(await api.GetAsync($"/api/v1/batches/{again}/files")));

        static IEnumerable<string?> Hashes(JsonElement files) =>
            files.GetProperty("items").EnumerateArray().Select(file => file.GetProperty("sha256").GetString());
    }
}
