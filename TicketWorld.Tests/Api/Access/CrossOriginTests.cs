namespace TicketWorld.Tests.Api.Access;

/// <summary>What a browser is told of pages of other origins.</summary>
public sealed class CrossOriginTests
{
    private const string Desk = "https://desk.example.com";

    [Fact]
    public async Task Without_keys_pages_of_this_machine_may_call()
    {
        await using var api = await ApiReplica.StartAsync([$"CORS_ORIGINS={Desk}"]);
        foreach (var origin in new[] { "http://localhost:3000", "http://127.0.0.1:5173", Desk })
        {
            using var answer = await GetAsync(api, origin);
            Assert.Equal((origin, 200, origin, false), (origin, (int)answer.StatusCode, Header(answer, "Access-Control-Allow-Origin"), answer.Headers.Contains("Access-Control-Allow-Credentials")));
            Assert.Contains("X-Correlation-Id", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
            Assert.Contains("RateLimit", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
            Assert.Contains("Location", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
            Assert.Contains("Origin", answer.Headers.Vary);
        }
        using var foreign = await GetAsync(api, "https://evil.example");
        Assert.Equal((403, ""), ((int)foreign.StatusCode, Header(foreign, "Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task With_keys_only_the_origins_that_are_named_may()
    {
        await using var api = await ApiReplica.StartAsync([$"CORS_ORIGINS={Desk},http://localhost:3000"], prepare: Keys.MakeAdminAsync);
        foreach (var (origin, told) in new[] { (Desk, Desk), ("http://localhost:3000", "http://localhost:3000"), ("http://localhost:3001", ""), ("https://evil.example", ""), ("null", ""), ("https://desk.example.com.evil.example", "") })
        {
            // The page that may call is told the reason of the refusal, too.
            using var answer = await GetAsync(api, origin);
            Assert.Equal((origin, 401, told), (origin, (int)answer.StatusCode, Header(answer, "Access-Control-Allow-Origin")));
        }
    }

    [Fact]
    public async Task Preflights_are_answered_without_a_key()
    {
        await using var api = await ApiReplica.StartAsync([$"CORS_ORIGINS={Desk}"], prepare: Keys.MakeAdminAsync);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/batches")
        {
            Headers = { { "Origin", Desk }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "authorization,content-type,idempotency-key,x-api-key" } },
        };
        using var answer = await api.Client.SendAsync(request);
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal(Desk, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("POST", Header(answer, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        foreach (var header in new[] { "Authorization", "Content-Type", "Idempotency-Key", "X-API-Key" })
            Assert.Contains(header, Header(answer, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<HttpResponseMessage> GetAsync(ApiReplica api, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/batches");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        return await api.Client.SendAsync(request);
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
}
