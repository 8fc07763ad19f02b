using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TicketWorld.Tests.Api;

public sealed class BatchTests(RunningApi api) : IClassFixture<RunningApi>
{
    private const string Batches = "/api/v1/batches";

    [Fact]
    public async Task A_batch_takes_the_defaults_of_the_command_line()
    {
        var (response, batch) = await api.PostAsync(Batches, "{}");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = batch.GetProperty("batch_id").GetString();
        Assert.Equal($"{Batches}/{id}", response.Headers.Location!.ToString());
        var options = batch.GetProperty("options");
        Assert.Equal(
            """{"pack":"technest","tickets":100,"customers":50,"products":35,"orders":70,"seed":1,"as_of":"2026-02-15","debug":true}""",
            options.GetRawText());
        Assert.Contains(batch.GetProperty("status").GetString(), new[] { "queued", "running" });
        Assert.Equal(100, batch.GetProperty("tickets_total").GetInt32());
    }

    [Fact]
    public async Task A_completed_batch_shows_what_was_done()
    {
        var batch = await api.GetAsync($"{Batches}/{api.Batch}");
        Assert.Equal("completed", batch.GetProperty("status").GetString());
        Assert.Equal(RunningApi.Tickets, batch.GetProperty("tickets_done").GetInt32());
        Assert.Equal("""{"done":1,"total":1}""", batch.GetProperty("chunks").GetRawText());
        Assert.True(batch.GetProperty("tickets_per_second").GetDouble() > 0);
        Assert.True(batch.GetProperty("finished_at").GetDateTimeOffset() >= batch.GetProperty("created_at").GetDateTimeOffset());
        foreach (var link in new[] { "self", "files", "tickets" })
            Assert.True((await api.Client.GetAsync(batch.GetProperty("links").GetProperty(link).GetString())).IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_list_pages_with_the_newest_first_and_filters_by_status()
    {
        var newest = await api.CompleteAsync(new { tickets = 1, seed = 77 });
        var page = await api.GetAsync($"{Batches}?page=1&page_size=1&status=completed");
        Assert.Equal(newest, page.GetProperty("items")[0].GetProperty("batch_id").GetString());
        var total = page.GetProperty("total").GetInt32();
        Assert.Equal(total, page.GetProperty("pages").GetInt32());

        // Batches of other tests may end at any time, so the whole list is taken at once.
        var all = await api.GetAsync($"{Batches}?page_size=100&status=completed");
        Assert.Equal(api.Batch, all.GetProperty("items").EnumerateArray().Last().GetProperty("batch_id").GetString());
        Assert.Equal(0, (await api.GetAsync($"{Batches}?page={total + 50}&page_size=1&status=completed")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await api.GetAsync($"{Batches}?status=failed")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_same_key_and_body_are_one_batch_and_another_body_is_refused()
    {
        var (_, first) = await api.PostAsync(Batches, """{"tickets": 3, "seed": 9}""", "key-1");
        var (again, second) = await api.PostAsync(Batches, """{"seed":9,"tickets":3,"orders":70}""", "key-1");
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(first.GetProperty("batch_id").GetString(), second.GetProperty("batch_id").GetString());
        var (other, problem) = await api.PostAsync(Batches, """{"tickets": 4, "seed": 9}""", "key-1");
        RunningApi.AssertProblem(other, problem, 422, "idempotency_key_reused", "Idempotency-Key");
        var (_, third) = await api.PostAsync(Batches, """{"tickets": 3, "seed": 9}""", "key-2");
        Assert.NotEqual(first.GetProperty("batch_id").GetString(), third.GetProperty("batch_id").GetString());
    }

    [Fact]
    public async Task Simultaneous_requests_with_one_key_make_one_batch()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.PostAsync(Batches, """{"tickets": 2}""", "key-many")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Response.StatusCode));
        Assert.Single(answers.Select(answer => answer.Body.GetProperty("batch_id").GetString()).Distinct());
    }

    [Fact]
    public async Task Events_rise_to_the_end_and_a_watcher_that_comes_back_is_told_to_stop()
    {
        var (_, batch) = await api.PostAsync(Batches, """{"tickets": 2500, "seed": 21}""");
        var id = batch.GetProperty("batch_id").GetString()!;
        var events = await api.EventsAsync(id);
        Assert.All(events.SkipLast(1), item => Assert.Equal("progress", item.Name));
        Assert.Equal("completed", events[^1].Name);
        Assert.Equal(2500, events[^1].Data.GetProperty("tickets_done").GetInt32());
        var done = events.Select(item => item.Data.GetProperty("tickets_done").GetInt32()).ToList();
        Assert.Equal(done.Order(), done);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Batches}/{id}/events");
        request.Headers.Add("Last-Event-ID", events[^1].Id);
        using var response = await api.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task A_cancelled_batch_says_so_stays_so_and_has_no_files()
    {
        var (_, batch) = await api.PostAsync(Batches, """{"tickets": 200000, "seed": 31}""");
        var self = $"{Batches}/{batch.GetProperty("batch_id").GetString()}";
        for (var i = 0; i < 2; i++)
        {
            var (response, cancelled) = await api.PostAsync($"{self}/cancel", null);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("cancelled", cancelled.GetProperty("status").GetString());
        }
        Assert.Equal("cancelled", (await api.EventsAsync(batch.GetProperty("batch_id").GetString()!))[^1].Name);
        Assert.Equal(0, (await api.GetAsync($"{self}/files")).GetProperty("items").GetArrayLength());
        using var file = await api.Client.GetAsync($"{self}/files/manifest.json");
        RunningApi.AssertProblem(file, await file.Content.ReadFromJsonAsync<JsonElement>(), 409, "batch_not_completed", "batch_id");
    }

    [Theory]
    [InlineData("", "missing_body", 400, null)]
    [InlineData("{", "invalid_json", 400, null)]
    [InlineData("{'tickets': 1}", "invalid_json", 400, null)]
    [InlineData("{\"tickets\": 1,}", "invalid_json", 400, null)]
    [InlineData("{\"tickets\": 1, \"tickets\": 2}", "invalid_json", 400, null)]
    [InlineData("[]", "invalid_json", 400, null)]
    [InlineData("null", "invalid_json", 400, null)]
    [InlineData("\"tickets\"", "invalid_json", 400, null)]
    [InlineData("{\"ticket\": 1}", "unknown_field", 400, "ticket")]
    [InlineData("{\"Tickets\": 1}", "unknown_field", 400, "Tickets")]
    [InlineData("{\"tickets\": \"100\"}", "invalid_value", 400, "tickets")]
    [InlineData("{\"tickets\": 1.5}", "invalid_value", 400, "tickets")]
    [InlineData("{\"tickets\": 99999999999}", "invalid_value", 400, "tickets")]
    [InlineData("{\"seed\": -1}", "invalid_value", 400, "seed")]
    [InlineData("{\"as_of\": \"15.2.2026\"}", "invalid_value", 400, "as_of")]
    [InlineData("{\"as_of\": \"2026-02-30\"}", "invalid_value", 400, "as_of")]
    [InlineData("{\"debug\": \"yes\"}", "invalid_value", 400, "debug")]
    [InlineData("{\"pack\": [\"technest\"]}", "invalid_value", 400, "pack")]
    [InlineData("{\"tickets\": 0}", "invalid_option", 422, "tickets")]
    [InlineData("{\"tickets\": -5}", "invalid_option", 422, "tickets")]
    [InlineData("{\"customers\": 2000000000}", "invalid_option", 422, "customers")]
    [InlineData("{\"seed\": 18446744073709551615}", "invalid_option", 422, "seed")]
    [InlineData("{\"as_of\": \"1900-01-01\"}", "invalid_option", 422, "as_of")]
    [InlineData("{\"company_name\": \" \"}", "invalid_option", 422, "company_name")]
    [InlineData("{\"pack\": \"nonesuch\"}", "unknown_pack", 422, "pack")]
    [InlineData("{\"pack\": \"/etc\"}", "unknown_pack", 422, "pack")]
    [InlineData("{\"pack\": \"../technest\"}", "unknown_pack", 422, "pack")]
    public async Task A_bad_request_is_named_with_its_remedy_and_makes_no_batch(string body, string code, int status, string? field)
    {
        var before = (await api.GetAsync(Batches)).GetProperty("total").GetInt32();
        var (response, problem) = await api.PostAsync(Batches, body);
        RunningApi.AssertProblem(response, problem, status, code, field);
        Assert.Equal(before, (await api.GetAsync(Batches)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_body_of_another_type_or_size_is_refused()
    {
        var (text, problem) = await api.PostAsync(Batches, "{}", type: "text/plain");
        RunningApi.AssertProblem(text, problem, 415, "unsupported_media_type", "Content-Type");
        var (large, tooLarge) = await api.PostAsync(Batches, "{\"company_name\": \"" + new string('x', 70_000) + "\"}");
        RunningApi.AssertProblem(large, tooLarge, 413, "body_too_large");
        var (deep, nested) = await api.PostAsync(Batches, "{\"pack\": " + new string('[', 200) + new string(']', 200) + "}");
        RunningApi.AssertProblem(deep, nested, 400, "invalid_json");
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("")]
    public async Task An_idempotency_key_of_another_form_is_refused(string key)
    {
        var (response, problem) = await api.PostAsync(Batches, "{}", key);
        RunningApi.AssertProblem(response, problem, 400, "invalid_value", "Idempotency-Key");
    }

    [Theory]
    [InlineData("?page=0", "page")]
    [InlineData("?page=-1", "page")]
    [InlineData("?page=x", "page")]
    [InlineData("?page=99999999999999999999", "page")]
    [InlineData("?page_size=0", "page_size")]
    [InlineData("?page_size=101", "page_size")]
    [InlineData("?page_size=1e1", "page_size")]
    [InlineData("?status=done", "status")]
    [InlineData("?status=0", "status")]
    public async Task A_bad_page_is_named(string query, string field)
    {
        using var response = await api.Client.GetAsync(Batches + query);
        RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 400, "invalid_value", field);
    }

    [Theory]
    [InlineData("b-00000000000000000000")]
    [InlineData("nonsense")]
    [InlineData("b-0000000000000000000u")]
    [InlineData("'%20OR%201=1--")]
    public async Task An_unknown_batch_is_not_found_by_any_of_its_addresses(string id)
    {
        foreach (var path in new[] { "", "/events", "/files", "/files/manifest.json", "/tickets", "/tickets/TK-20260101-000000000000" })
        {
            using var response = await api.Client.GetAsync($"{Batches}/{id}{path}");
            RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 404, "batch_not_found", "batch_id");
        }
        foreach (var path in new[] { "/cancel", "/tickets/TK-20260101-000000000000/open" })
        {
            var (response, problem) = await api.PostAsync($"{Batches}/{id}{path}", null);
            RunningApi.AssertProblem(response, problem, 404, "batch_not_found", "batch_id");
        }
    }
}
