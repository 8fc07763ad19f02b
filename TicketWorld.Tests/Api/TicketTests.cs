using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TicketWorld.Tests.Grains.Runtime;

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
        using var unopened = await api.Client.GetAsync($"/api/v1/tickets/{api.Batch}.{await FirstAsync(9)}");
        RunningApi.AssertProblem(unopened, await unopened.Content.ReadFromJsonAsync<JsonElement>(), 404, "ticket_not_found", "id");
        foreach (var id in new[] { "x", "b-1.TK-1", $"{api.Batch}.", "%20" })
        {
            using var response = await api.Client.GetAsync($"/api/v1/tickets/{id}");
            RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 400, "invalid_value", "id");
        }
    }

    [Fact]
    public async Task Opened_tickets_and_their_customers_are_listed_and_filtered()
    {
        var ids = new List<string>();
        foreach (var page in (int[])[20, 21, 22])
        {
            var (_, opened) = await api.PostAsync($"{Tickets}/{await FirstAsync(page)}/open", null);
            ids.Add(opened.GetProperty("id").GetString()!);
        }

        var list = await api.GetAsync($"/api/v1/tickets?batch_id={api.Batch}&status=open&escalated=false&page_size=3");
        var items = list.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Reverse(ids), items.Select(i => i.GetProperty("id").GetString()!));
        var read = await api.GetAsync(items[0].GetProperty("link").GetString()!);
        foreach (var key in new[] { "batch_id", "ticket_id", "customer_id", "customer_email", "subject", "status", "escalated" })
            Assert.Equal(read.GetProperty("ticket").GetProperty(key).ToString(), items[0].GetProperty(key).ToString());
        Assert.Empty((await api.GetAsync("/api/v1/tickets?status=closed")).GetProperty("items").EnumerateArray());
        Assert.Empty((await api.GetAsync("/api/v1/tickets?batch_id=b-none")).GetProperty("items").EnumerateArray());

        // A customer is told in a turn of their own, after the ticket's.
        var email = items[0].GetProperty("customer_email").GetString()!;
        JsonElement customers = default;
        await Poll.UntilAsync(async () =>
        {
            customers = await api.GetAsync($"/api/v1/customers?batch_id={api.Batch}&email={Uri.EscapeDataString(email.ToUpperInvariant())}");
            return customers.GetProperty("total").GetInt32() > 0;
        });
        var customer = await api.GetAsync(customers.GetProperty("items")[0].GetProperty("link").GetString()!);
        Assert.Contains(ids[^1], customer.GetProperty("open_tickets").EnumerateArray().Select(t => t.GetProperty("id").GetString()));
        Assert.Equal(customer.GetProperty("open_tickets").GetArrayLength(), customer.GetProperty("customer").GetProperty("open_tickets").GetInt32());
    }

    [Theory]
    [InlineData("tickets?status=lost", "status")]
    [InlineData("tickets?escalated=perhaps", "escalated")]
    [InlineData("tickets?customer_id=", "customer_id")]
    [InlineData("tickets?batch_id=%00", "batch_id")]
    [InlineData("tickets?page=0", "page")]
    [InlineData("customers?email=%0A", "email")]
    [InlineData("customers?page_size=101", "page_size")]
    [InlineData("tickets?limit=0", "limit")]
    [InlineData("tickets?limit=10&offset=5", "offset")]
    [InlineData("tickets?offset=-1", "offset")]
    [InlineData("tickets?limit=10&page=1", "limit")]
    public async Task A_bad_filter_is_named(string address, string field)
    {
        using var response = await api.Client.GetAsync($"/api/v1/{address}");
        RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 400, "invalid_value", field);
    }

    [Fact]
    public async Task A_customer_without_opened_tickets_is_not_found()
    {
        foreach (var id in new[] { $"{api.Batch}.CUST-9999", "x", $"{api.Batch}.", "%20", $"{api.Batch}.a%2Fb" })
        {
            using var response = await api.Client.GetAsync($"/api/v1/customers/{id}");
            RunningApi.AssertProblem(response, await response.Content.ReadFromJsonAsync<JsonElement>(), 404, "customer_not_found", "id");
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
