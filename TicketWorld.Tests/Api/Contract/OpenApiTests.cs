using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TicketWorld.Tests.Api.Contract;

/// <summary>What the OpenAPI document promises, and that the API keeps it.</summary>
public sealed class OpenApiTests(RunningApi api) : IClassFixture<RunningApi>
{
    [Fact]
    public async Task Every_operation_says_what_it_does_and_what_it_answers()
    {
        var document = await DocumentAsync();
        Assert.True(document.Operations.Count >= 30);
        Assert.All(document.Operations, operation =>
        {
            Assert.False(string.IsNullOrWhiteSpace(operation.Node.GetProperty("summary").GetString()), operation.Name);
            Assert.False(string.IsNullOrWhiteSpace(operation.Node.GetProperty("description").GetString()), operation.Name);
            foreach (var parameter in operation.Parameters)
            {
                Assert.False(string.IsNullOrWhiteSpace(parameter.GetProperty("description").GetString()), $"{operation.Name} {parameter.GetProperty("name")}");
                Assert.True(parameter.GetProperty("schema").TryGetProperty("type", out _), $"{operation.Name} {parameter.GetProperty("name")}");
            }

            Assert.Contains(operation.Responses.EnumerateObject(), response => response.Name[0] == '2');
            foreach (var status in (string[])["400", "403", "421"])
                AssertProblem(document, operation, status);
            if (operation.Path.StartsWith("/api/", StringComparison.Ordinal))
                AssertProblem(document, operation, "429");
            if (operation.Body is { } body)
            {
                foreach (var status in (string[])["413", "415", "422"])
                    AssertProblem(document, operation, status);
                Assert.True(body.TryGetProperty("example", out _), operation.Name);
                Assert.True(operation.Node.GetProperty("requestBody").GetProperty("required").GetBoolean(), operation.Name);
            }
        });
    }

    [Fact]
    public async Task Every_example_is_of_its_schema_and_is_answered_as_the_document_says()
    {
        var document = await DocumentAsync();
        var ticket = (await api.PostAsync("/api/v1/workflow/process", """{"ticket": {"subject": "Bill", "body": "My bill is too high."}}""")).Body.GetProperty("ticket_id").GetString()!;
        var sent = 0;
        foreach (var operation in document.Operations)
        {
            if (operation.Body is not { } body)
                continue;
            var example = body.GetProperty("example");
            Assert.Null(document.Fault(body.GetProperty("schema"), example));

            // The first key would close the API to this test.
            if (operation.Path == "/api/v1/admin/keys")
                continue;
            using var request = new HttpRequestMessage(new HttpMethod(operation.Method), operation.Path.Replace("{id}", ticket, StringComparison.Ordinal))
            {
                Content = new StringContent(example.GetRawText(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            };
            using var response = await api.Client.SendAsync(request);
            Assert.True(response.IsSuccessStatusCode, $"{operation.Name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            Assert.Null(operation.Fault(document, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync()));
            sent++;
        }

        Assert.True(sent >= 7);
    }

    [Fact]
    public async Task Every_list_and_every_single_thing_is_answered_as_the_document_says()
    {
        var document = await DocumentAsync();
        var (_, result) = await api.PostAsync("/api/v1/workflow/process", """{"ticket": {"subject": "Bill", "body": "My bill is too high.", "customer_id": "c-1"}}""");
        var ofBatch = (await api.GetAsync($"/api/v1/batches/{api.Batch}/tickets?page_size=1")).GetProperty("items")[0].GetProperty("ticket_id").GetString()!;
        foreach (var operation in document.Operations.Where(operation => operation.Method == "GET"))
        {
            if (operation.Path.StartsWith("/api/v1/admin/parked/", StringComparison.Ordinal) || operation.Path.StartsWith("/api/v1/admin/keys/", StringComparison.Ordinal))
                continue;
            var id = operation.Path.StartsWith("/api/v1/customers", StringComparison.Ordinal) ? "desk.c-1" : result.GetProperty("ticket_id").GetString()!;
            var address = operation.Path.Replace("{batch_id}", api.Batch, StringComparison.Ordinal).Replace("{ticket_id}", ofBatch, StringComparison.Ordinal)
                .Replace("{name}", "support_tickets.json", StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);
            using var response = await api.Client.GetAsync(address);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{operation.Name}: {response.StatusCode}");
            Assert.Null(operation.Fault(document, 200, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync()));
        }
    }

    [Fact]
    public async Task Words_lengths_and_what_may_be_null_are_stated()
    {
        var schemas = (await DocumentAsync()).Root.GetProperty("components").GetProperty("schemas");
        var ticket = schemas.GetProperty("TicketInput").GetProperty("properties");
        Assert.Equal((1, 500), Lengths(ticket.GetProperty("subject")));
        Assert.Equal((1, 50_000), Lengths(ticket.GetProperty("body")));
        Assert.Equal(100, ticket.GetProperty("customer_id").GetProperty("maxLength").GetInt32());
        Assert.Contains("null", Types(ticket.GetProperty("customer_email")));
        Assert.Contains("object", Types(ticket.GetProperty("metadata")));
        Assert.Equal(["technical", "billing", "account", "feature_request", "bug_report", "general"], Words(schemas, "Category"));
        Assert.Equal(["low", "medium", "high", "critical"], Words(schemas, "Severity"));
        Assert.Equal(["friendly", "formal", "technical"], Words(schemas, "ReplyTone"));
        Assert.Equal(["completed", "failed", "skipped"], Words(schemas, "StepStatus"));
        var value = schemas.GetProperty("FieldAnswer").GetProperty("properties").GetProperty("value").GetProperty("anyOf");
        Assert.Equal(["string", "array"], value.EnumerateArray().SelectMany(Types));
        Assert.Contains("routing", schemas.GetProperty("WorkflowResult").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["integer"], Types(schemas.GetProperty("PageResponseOfTicketItem").GetProperty("properties").GetProperty("total")));
        Assert.True(schemas.GetProperty("Problem").GetProperty("properties").TryGetProperty("errors", out _));
    }

    private static void AssertProblem(ApiDocument document, ApiOperation operation, string status)
    {
        Assert.True(operation.Responses.TryGetProperty(status, out var response), $"{operation.Name} states no {status}");
        var schema = response.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema");
        Assert.Equal(document.Problem.GetRawText(), document.Resolve(schema).GetRawText());
    }

    private static (int Least, int Most) Lengths(JsonElement schema) => (schema.GetProperty("minLength").GetInt32(), schema.GetProperty("maxLength").GetInt32());

    private static IEnumerable<string?> Types(JsonElement schema) =>
        schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several ? several.EnumerateArray().Select(type => type.GetString()) : [schema.GetProperty("type").GetString()];

    private static IEnumerable<string?> Words(JsonElement schemas, string name) =>
        schemas.GetProperty(name).GetProperty("enum").EnumerateArray().Select(word => word.GetString());

    private async Task<ApiDocument> DocumentAsync() => new(await api.GetAsync("/openapi.json"));
}
