using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TicketWorld.Tests.Api;

public sealed class TicketTests(RunningApi api) : IClassFixture<RunningApi>
{
    private string Tickets => $"/api/v1/batches/{api.Batch}/tickets";

    [Fact]
    public async Task Pages_hold_all_tickets_in_the_order_of_the_file()
    {
        var lines = (await api.Client.GetStringAsync($"/api/v1/batches/{api.Batch}/files/support_tickets.jsonl"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var ids = new List<string?>();
        for (var page = 1; page <= 3; page++)
        {
            var answer = await api.GetAsync($"{Tickets}?page={page}&page_size=25");
            Assert.Equal((RunningApi.Tickets, 3), (answer.GetProperty("total").GetInt32(), answer.GetProperty("pages").GetInt32()));
            ids.AddRange(answer.GetProperty("items").EnumerateArray().Select(ticket => ticket.GetProperty("ticket_id").GetString()));
        }
        Assert.Equal(lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("ticket_id").GetString()), ids);
    }

    [Fact]
    public async Task A_ticket_comes_with_its_proof()
    {
        var ticket = await api.GetAsync($"{Tickets}/{await FirstAsync()}");
        foreach (var key in new[] { "body", "resolution_plan", "_facts", "_disclosure", "_proof" })
            Assert.True(ticket.TryGetProperty(key, out _), key);
    }

    [Fact]
    public async Task A_ticket_is_opened_once_and_keeps_its_history()
    {
        var id = await FirstAsync(4);
        var (opened, ticket) = await api.PostAsync($"{Tickets}/{id}/open", null, "open-1");
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        Assert.Equal(ticket.GetProperty("link").GetString(), opened.Headers.Location!.ToString());
        Assert.Equal($"{api.Batch}.{id}", ticket.GetProperty("id").GetString());
        Assert.Equal("open", ticket.GetProperty("ticket").GetProperty("status").GetString());

        var (again, same) = await api.PostAsync($"{Tickets}/{id}/open", null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var read = await api.GetAsync(ticket.GetProperty("link").GetString()!);
        Assert.Equal(same.GetRawText(), read.GetRawText());
        Assert.Equal("opened", Assert.Single(read.GetProperty("ticket").GetProperty("history").EnumerateArray()).GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("TK-20260101-000000000000")]
    [InlineData("nonsense")]
    [InlineData("a%2Fb")]
    public async Task An_unknown_ticket_of_a_batch_is_not_found(string id)
    {
        using var read = await api.Client.GetAsync($"{Tickets}/{id}");
        RunningApi.AssertProblem(read, await read.Content.ReadFromJsonAsync<JsonElement>(), 404, "ticket_not_found", "ticket_id");
        var (open, problem) = await api.PostAsync($"{Tickets}/{id}/open", null);
        RunningApi.AssertProblem(open, problem, 404, "ticket_not_found", "ticket_id");
    }

    [Fact]
    public async Task A_ticket_that_was_never_opened_is_not_found()
    {
        foreach (var id in new[] { $"{api.Batch}.{await FirstAsync(9)}", "x", "b-1.TK-1", $"{api.Batch}.", "%20" })
        {
            using var response = await api.Client.GetAsync($"/api/v1/tickets/{id}");
            RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 404, "ticket_not_found", "id");
        }
    }

    [Theory]
    [InlineData("?page=0", "page")]
    [InlineData("?page_size=1000", "page_size")]
    public async Task A_bad_page_is_named(string query, string field)
    {
        using var response = await api.Client.GetAsync(Tickets + query);
        RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 400, "invalid_value", field);
    }

    private async Task<string> FirstAsync(int page = 1) =>
        (await api.GetAsync($"{Tickets}?page_size=1&page={page}")).GetProperty("items")[0].GetProperty("ticket_id").GetString()!;
}
