using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Tests.Api;

public sealed class ServiceTests(RunningApi api) : IClassFixture<RunningApi>
{
    [Fact]
    public async Task The_root_names_the_service_and_where_to_look_next()
    {
        var root = await api.GetAsync("/");
        Assert.Equal(["name", "version", "docs", "health"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("TicketWorld", root.GetProperty("name").GetString());
        Assert.True((await api.Client.GetAsync(root.GetProperty("docs").GetString())).IsSuccessStatusCode);
        Assert.True((await api.Client.GetAsync(root.GetProperty("health").GetString())).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/")]
    public async Task Health_reports_status_time_version_and_that_no_model_is_used(string path)
    {
        var health = await api.GetAsync(path);
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Equal("1.0.0", health.GetProperty("version").GetString());
        Assert.False(health.GetProperty("ai_enabled").GetBoolean());
        Assert.True(health.GetProperty("timestamp").TryGetDateTimeOffset(out _));
        Assert.Equal("healthy", health.GetProperty("checks").GetProperty("silo").GetString());
    }

    [Fact]
    public async Task The_silo_of_this_process_is_listed()
    {
        var page = await api.GetAsync("/api/v1/admin/silos");
        Assert.Equal(1, page.GetProperty("total").GetInt32());
        var silo = page.GetProperty("items")[0];
        Assert.Equal("running", silo.GetProperty("status").GetString());
        Assert.Equal(Environment.ProcessId, silo.GetProperty("process_id").GetInt32());
        Assert.Empty((await api.GetAsync("/api/v1/admin/silos?page=2")).GetProperty("items").EnumerateArray());
        using var response = await api.Client.GetAsync("/api/v1/admin/silos?page_size=101");
        RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 400, "invalid_value", "page_size");
    }

    [Fact]
    public void Every_endpoint_states_who_may_call_it()
    {
        var endpoints = api.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        Assert.True(endpoints.Count >= 15);
        Assert.All(endpoints, endpoint => Assert.True(endpoint.Metadata.GetMetadata<CallersMetadata>() is not null, endpoint.DisplayName));
    }

    [Fact]
    public async Task The_document_describes_every_operation_with_its_answers()
    {
        var document = await api.GetAsync("/openapi.json");
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", method.Value))).ToDictionary(pair => pair.Name, pair => pair.Value);
        string[] some =
        [
            "get /", "get /alive", "get /health", "get /api/v1/admin/parked/{id}", "get /api/v1/admin/silos", "get /api/v1/batches/{batch_id}/events", "get /api/v1/customers/{id}", "get /api/v1/tickets",
            "head /api/v1/batches/{batch_id}/files/{name}", "post /api/v1/batches", "post /api/v1/tickets/{id}/process", "post /api/v1/workflow/classify", "post /api/v1/workflow/extract",
            "post /api/v1/workflow/process", "post /api/v1/workflow/respond", "post /api/v1/workflow/route",
        ];
        Assert.Empty(some.Except(operations.Keys, StringComparer.Ordinal));
        // What is mapped is described: endpoints less the document itself, whose address is no operation.
        var mapped = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.Sum(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Count ?? 1);
        Assert.Equal(mapped - 1 - 2, operations.Count);
        Assert.All(operations.Values, operation => Assert.False(string.IsNullOrEmpty(operation.GetProperty("summary").GetString())));
        var create = operations["post /api/v1/batches"];
        Assert.Equal(1000, create.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetProperty("tickets").GetInt32());
        Assert.True(create.GetProperty("responses").TryGetProperty("422", out _));
        Assert.All(
            operations.Where(operation => operation.Key.Contains("/api/", StringComparison.Ordinal)).Select(operation => operation.Value),
            operation =>
            {
                Assert.All(["401", "403", "429"], status => Assert.True(operation.GetProperty("responses").TryGetProperty(status, out _), status));
                Assert.Equal("api_key", operation.GetProperty("security")[0].EnumerateObject().Single().Name);
            });
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("api_key").GetProperty("scheme").GetString());
        Assert.False(operations["get /"].TryGetProperty("security", out _));
        Assert.Contains("company_name", document.GetProperty("components").GetProperty("schemas").GetProperty("CreateBatchRequest").GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "unknown_path")]
    [InlineData("GET", "/api/v1/batches/x/y/z", 404, "unknown_path")]
    [InlineData("DELETE", "/api/v1/batches", 405, "method_not_allowed")]
    [InlineData("PUT", "/", 405, "method_not_allowed")]
    public async Task An_address_that_is_not_served_is_a_problem(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await api.Client.SendAsync(request);
        RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), status, code);
    }
}
