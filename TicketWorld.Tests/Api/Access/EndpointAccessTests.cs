using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using TicketWorld.Api.Access;
using TicketWorld.Grains.Access;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Tests.Api.Access;

/// <summary>Every endpoint with every kind of key, and the table that promises what happens.</summary>
public sealed partial class EndpointAccessTests(KeyedApi api) : IClassFixture<KeyedApi>
{
    private static readonly string[] Roles = ["admin", "agent", "analyst", "customer"];
    private static readonly string[] BadKeys = ["expired", "revoked", "malformed", "unknown", "wrong"];

    [Fact]
    public void The_table_in_docs_security_and_the_endpoints_say_the_same()
    {
        var written = TableRow().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "security.md")))
            .Select(row => $"{row.Groups["method"].Value} {row.Groups["path"].Value}: {row.Groups["who"].Value.Trim()}")
            .Order(StringComparer.Ordinal).ToList();
        var running = Calls().Select(call => $"{call.Method} {call.Route}: {Who(call.Callers)}").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(written);
        Assert.Equal(running, written);
    }

    [Fact]
    public async Task Each_endpoint_opens_to_the_roles_it_states_and_to_nobody_else()
    {
        var failures = new List<string>();
        foreach (var (method, route, callers) in Calls())
        {
            var path = Sample(route);
            foreach (var role in Roles)
            {
                using var answer = await api.SendAsync(method, path, role);
                var status = (int)answer.StatusCode;
                var allowed = callers.HasFlag(Callers.Anyone) || callers.HasFlag(Enum.Parse<Callers>(role, ignoreCase: true));
                if (allowed ? status is 401 or 403 or 429 or >= 500 : status != 403 || await CodeAsync(answer, method) is not (null or "role_forbidden"))
                    failures.Add($"{method} {route} with the key of {role}: {status}");
            }
            foreach (var key in BadKeys.Prepend(null))
            {
                using var answer = await api.SendAsync(method, path, key);
                var status = (int)answer.StatusCode;
                if (callers.HasFlag(Callers.Anyone) ? status >= 400 : status != 401 || answer.Headers.WwwAuthenticate.Count == 0)
                    failures.Add($"{method} {route} with {key ?? "no key"}: {status}");
            }
        }
        Assert.Empty(failures);
    }

    [Theory]
    [InlineData(null, "key_required")]
    [InlineData("malformed", "key_invalid")]
    [InlineData("unknown", "key_invalid")]
    [InlineData("wrong", "key_invalid")]
    [InlineData("expired", "key_expired")]
    [InlineData("revoked", "key_revoked")]
    public async Task A_refusal_says_why_and_does_not_repeat_the_key(string? key, string code)
    {
        using var answer = await api.SendAsync("GET", "/api/v1/tickets", key);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        RunningApi.AssertProblem(answer, problem, 401, code);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        if (key is not null)
            Assert.DoesNotContain(api.Key(key), problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_taken_from_either_header()
    {
        using var header = await api.SendAsync("GET", "/api/v1/tickets", null, null, ("X-API-Key", api.Key("agent")));
        Assert.Equal(200, (int)header.StatusCode);
        using var basic = await api.SendAsync("GET", "/api/v1/tickets", null, null, ("Authorization", "Basic YTpi"));
        Assert.Equal(401, (int)basic.StatusCode);
        using var query = await api.SendAsync("GET", "/api/v1/tickets?api_key=" + api.Key("agent"), null);
        Assert.Equal(401, (int)query.StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_is_not_there_for_anybody()
    {
        using var path = await api.SendAsync("GET", "/api/v1/nothing", null);
        Assert.Equal(404, (int)path.StatusCode);
        using var method = await api.SendAsync("PUT", "/api/v1/tickets", null);
        Assert.Equal(405, (int)method.StatusCode);
    }

    [Fact]
    public void Every_address_is_in_an_area_that_scopes_can_name() => Assert.All(
        Calls().Where(call => !call.Callers.HasFlag(Callers.Anyone)), call => Assert.Contains(ApiArea.Of(call.Route), ApiKeyScope.Areas));

    [Fact]
    public async Task Scopes_narrow_a_role_and_widen_none()
    {
        var reader = await MakeAsync(new { name = "reader", role = "admin", scopes = new[] { "batches:read", "admin:read" }, rate = 0 });
        Assert.Equal(200, await StatusAsync("GET", "/api/v1/batches", reader));
        Assert.Equal(200, await StatusAsync("GET", "/API/v1/Admin/keys", reader));
        Assert.Equal(403, await StatusAsync("POST", "/api/v1/batches", reader, "{}"));
        Assert.Equal(403, await StatusAsync("GET", "/api/v1/tickets", reader));
        Assert.Equal(403, await StatusAsync("DELETE", "/api/v1/admin/keys/none", reader));
        var wide = await MakeAsync(new { name = "wide", role = "agent", scopes = new[] { "*:read", "*:write" }, rate = 0 });
        Assert.Equal(200, await StatusAsync("GET", "/api/v1/tickets", wide));
        Assert.Equal(403, await StatusAsync("GET", "/api/v1/admin/keys", wide));
    }

    [Fact]
    public async Task A_key_is_shown_once_and_opens_nothing_from_the_answer_to_its_revocation_on()
    {
        using var made = await api.SendAsync("POST", "/api/v1/admin/keys", "admin", """{"name": "short-lived", "role": "agent", "rate": 0}""");
        Assert.Equal(201, (int)made.StatusCode);
        Assert.True(made.Headers.CacheControl!.NoStore);
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        var (key, id) = (body.GetProperty("key").GetString()!, body.GetProperty("details").GetProperty("id").GetString()!);
        Assert.Equal(200, await StatusAsync("GET", "/api/v1/tickets", key));

        using var listed = await api.SendAsync("GET", "/api/v1/admin/keys?page_size=100", "admin");
        var list = await listed.Content.ReadAsStringAsync();
        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Split('_')[2], list, StringComparison.Ordinal);
        var entry = JsonDocument.Parse(list).RootElement.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);
        Assert.Equal(0, entry.GetProperty("last_used_at").GetDateTimeOffset().Minute);

        Assert.Equal(200, await StatusAsync("DELETE", $"/api/v1/admin/keys/{id}", "admin"));
        Assert.Equal(401, await StatusAsync("GET", "/api/v1/tickets", key));
        Assert.Equal(404, await StatusAsync("DELETE", "/api/v1/admin/keys/none", "admin"));
    }

    [Theory]
    [InlineData("""{"role": "agent"}""", "name")]
    [InlineData("""{"name": "x", "role": "boss"}""", "role")]
    [InlineData("""{"name": "x", "role": "customer"}""", "customer")]
    [InlineData("""{"name": "x", "role": "agent", "scopes": ["all"]}""", "scopes")]
    [InlineData("""{"name": "x", "role": "agent", "scopes": [null]}""", "scopes")]
    [InlineData("""{"name": "x", "role": "agent", "expires": "2001-01-01"}""", "expires")]
    public async Task What_is_wrong_with_a_request_for_a_key_is_named(string body, string field)
    {
        using var answer = await api.SendAsync("POST", "/api/v1/admin/keys", "admin", body);
        RunningApi.AssertProblem(answer, await answer.Content.ReadFromJsonAsync<JsonElement>(), 422, "invalid_key_request", field);
    }

    private async Task<int> StatusAsync(string method, string path, string key, string? body = null)
    {
        using var answer = await api.SendAsync(method, path, key, body);
        return (int)answer.StatusCode;
    }

    private async Task<string> MakeAsync(object request)
    {
        using var made = await api.SendAsync("POST", "/api/v1/admin/keys", "admin", JsonSerializer.Serialize(request));
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer, string method) =>
        method == "HEAD" ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private List<(string Method, string Route, Callers Callers)> Calls() =>
    [
        .. api.Endpoints.SelectMany(endpoint =>
        {
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } stated ? stated : ["GET"];
            return methods.Select(method => (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<CallersMetadata>()!.Callers));
        }),
    ];

    private static string Who(Callers callers) => callers.HasFlag(Callers.Anyone) ? "anyone" : string.Join(", ", AccessProblems.RolesIn(callers));

    /// <summary>An address of the route that names things which may be, and are not.</summary>
    private static string Sample(string route) => Parameter().Replace(route, "none");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TicketWorld.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The solution is not above the tests.");
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| (?<method>[A-Z]+) \| `(?<path>/[^`]*)` \| (?<who>[a-z, ]+) \|", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
