using System.Net.Http.Json;
using System.Text.Json;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Api;

/// <summary>The API as a process that is killed while tickets are posted.</summary>
public sealed class WorkflowKillTests : IDisposable
{
    private const int Tickets = 1000;
    private const int Clients = 16;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_a_kill_each_accepted_ticket_has_exactly_one_result()
    {
        var port = HostProcess.FreePort();
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = HostProcess.Patience };
        var answered = new Dictionary<int, string>();
        await using (var api = await StartAsync(client, port))
        {
            var next = 0;
            var posting = Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number <= Tickets)
                {
                    if (await PostAsync(client, number) is not { } answer)
                        return;
                    lock (answered)
                        answered.Add(number, answer);
                }
            })).ToArray();
            await Grains.Runtime.Poll.UntilAsync(() =>
            {
                lock (answered)
                    return Task.FromResult(answered.Count >= Tickets / 3);
            });
            api.Kill();
            await Task.WhenAll(posting);
            Assert.InRange(answered.Count, Tickets / 3, Tickets - 1);
        }

        await using var again = await StartAsync(client, port);
        await Grains.Runtime.Poll.UntilAsync(async () =>
        {
            var runs = await RunsAsync(client);
            return runs.Count >= answered.Count && runs.Values.All(ended => ended == 1);
        });
        var accepted = await RunsAsync(client);
        foreach (var (number, answer) in answered)
        {
            var id = JsonDocument.Parse(answer).RootElement.GetProperty("ticket_id").GetString()!;
            Assert.Equal(1, accepted[id]);
            Assert.Equal(answer, await PostAsync(client, number));
        }

        for (var number = 1; number <= Tickets; number++)
            Assert.NotNull(await PostAsync(client, number));
        var all = await RunsAsync(client);
        Assert.Equal(Tickets, all.Count);
        Assert.All(all.Values, ended => Assert.Equal(1, ended));
    }

    /// <summary>Every ticket with the number of its runs that have ended.</summary>
    private static async Task<Dictionary<string, int>> RunsAsync(HttpClient client)
    {
        var tickets = new List<string>();
        for (var page = 1; ; page++)
        {
            var list = await client.GetFromJsonAsync<JsonElement>($"/api/v1/tickets?page={page}&page_size=100");
            tickets.AddRange(list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            if (page >= list.GetProperty("pages").GetInt32())
                break;
        }

        var runs = new Dictionary<string, int>();
        foreach (var id in tickets.Distinct(StringComparer.Ordinal))
        {
            var ticket = await client.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{id}");
            runs.Add(id, ticket.GetProperty("workflow_runs").EnumerateArray().Count(run => run.GetProperty("status").GetString() == "completed"));
        }

        return runs;
    }

    /// <summary>The answer; null when the API is gone.</summary>
    private static async Task<string?> PostAsync(HttpClient client, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/workflow/process");
        request.Headers.Add("Idempotency-Key", $"kill-{number}");
        request.Content = JsonContent.Create(new { ticket = new { subject = $"Order {number} is late", body = $"I wait for order ORD-{100_000 + number}.", customer_id = $"c-{number % 50}" } });
        try
        {
            using var response = await client.SendAsync(request);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<HostProcess> StartAsync(HttpClient client, int port)
    {
        var api = HostProcess.Start("TicketWorld.Api", _folder.Path, ["--port", $"{port}", "--RateLimit:WritesPerMinute", "0", "--RateLimit:ReadsPerMinute", "0"]);
        await Grains.Runtime.Poll.UntilAsync(async () =>
        {
            try
            {
                return (await client.GetAsync("/alive")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return api;
    }
}
