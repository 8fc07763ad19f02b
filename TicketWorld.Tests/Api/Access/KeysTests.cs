using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TicketWorld.Api.Access;
using TicketWorld.Grains;
using TicketWorld.Grains.Access;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Api.Access;

/// <summary>When keys begin to count and when they stop.</summary>
public sealed class KeysTests
{
    [Fact]
    public async Task Without_keys_the_api_is_open_and_the_first_key_closes_it()
    {
        await using var api = await ApiReplica.StartAsync([]);
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        var (refused, problem) = await api.PostAsync("/api/v1/admin/keys", new { name = "a", role = "agent" });
        RunningApi.AssertProblem(refused, problem, 422, "invalid_key_request", "role");

        var (made, body) = await api.PostAsync("/api/v1/admin/keys", new { name = "a", role = "admin" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(api, body.GetProperty("key").GetString()!)).StatusCode);
    }

    [Fact]
    public async Task Keys_that_another_process_makes_and_revokes_count_in_one_that_runs()
    {
        await using var api = await ApiReplica.StartAsync([]);
        var key = await Keys.MakeAdminAsync(api.Folder);
        await Poll.UntilAsync(async () => (await api.Client.GetAsync("/api/v1/batches")).StatusCode == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(api, key)).StatusCode);
        await Keys.RevokeAsync(api.Folder, key);
        await Poll.UntilAsync(async () => (await GetAsync(api, key)).StatusCode == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
    }

    [Fact]
    public async Task A_look_up_counts_for_two_seconds_and_no_longer()
    {
        using var folder = new TemporaryFolder();
        await using var store = ApiKeyStores.InFolder(folder.Path, TimeProvider.System);
        await store.Keys.PrepareAsync();
        var time = new FakeTime();
        using var directory = new KeyDirectory(store.Keys, new InternalKey((ApiKey?)null), new LiveEvents(), time, NullLogger<KeyDirectory>.Instance);
        Assert.False(await directory.LookAsync());
        var (key, _) = await store.Keys.MakeAsync(new() { Name = "a", Role = "admin" }, time.GetUtcNow());
        Assert.False(await directory.LookAsync());
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await directory.LookAsync());

        Assert.Null((await directory.FindAsync(key.Id, default))!.RevokedAt);
        await store.Keys.RevokeAsync(key.Id, time.GetUtcNow());
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Null((await directory.FindAsync(key.Id, default))!.RevokedAt);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.NotNull((await directory.FindAsync(key.Id, default))!.RevokedAt);
    }

    [Fact]
    public async Task The_event_of_a_revocation_counts_at_once()
    {
        using var folder = new TemporaryFolder();
        await using var store = ApiKeyStores.InFolder(folder.Path, TimeProvider.System);
        await store.Keys.PrepareAsync();
        var time = new FakeTime();
        var (here, there) = (new LiveEvents(), new LiveEvents());
        there.Relay = here.Deliver;
        using var directory = new KeyDirectory(store.Keys, new InternalKey((ApiKey?)null), here, time, NullLogger<KeyDirectory>.Instance);
        using var other = new KeyDirectory(store.Keys, new InternalKey((ApiKey?)null), there, time, NullLogger<KeyDirectory>.Instance);
        var (key, _) = await store.Keys.MakeAsync(new() { Name = "a", Role = "admin" }, time.GetUtcNow());
        Assert.Null((await directory.FindAsync(key.Id, default))!.RevokedAt);
        await store.Keys.RevokeAsync(key.Id, time.GetUtcNow());
        other.Changed(key.Id);
        Assert.NotNull((await directory.FindAsync(key.Id, default))!.RevokedAt);
    }

    [Fact]
    public async Task The_use_of_a_key_is_noted_by_the_hour()
    {
        using var folder = new TemporaryFolder();
        await using var store = ApiKeyStores.InFolder(folder.Path, TimeProvider.System);
        await store.Keys.PrepareAsync();
        var time = new FakeTime(new(2026, 2, 15, 9, 59, 0, TimeSpan.Zero));
        using var directory = new KeyDirectory(store.Keys, new InternalKey((ApiKey?)null), new LiveEvents(), time, NullLogger<KeyDirectory>.Instance);
        var (key, _) = await store.Keys.MakeAsync(new() { Name = "a", Role = "admin" }, time.GetUtcNow());
        for (var hour = 9; hour <= 10; hour++)
        {
            await directory.NoteUseAsync((await directory.FindAsync(key.Id, default))!, default);
            Assert.Equal(new DateTimeOffset(2026, 2, 15, hour, 0, 0, TimeSpan.Zero), (await store.Keys.FindAsync(key.Id))!.LastUsedAt);
            time.Advance(TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public async Task The_process_that_started_the_api_reads_with_its_own_key_and_changes_nothing()
    {
        var own = "tw_apphost_" + new string('a', 40);
        await using var api = await ApiReplica.StartAsync([$"{InternalKey.Setting}={own}", "RATE_LIMIT_PER_MINUTE=1"]);
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        await Keys.MakeAdminAsync(api.Folder);
        await Poll.UntilAsync(async () => (await api.Client.GetAsync("/api/v1/batches")).StatusCode == HttpStatusCode.Unauthorized);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(api, own)).StatusCode);
        using var write = new HttpRequestMessage(HttpMethod.Post, "/api/v1/batches") { Headers = { { "X-API-Key", own } }, Content = JsonContent.Create(new { }) };
        Assert.Equal(HttpStatusCode.Forbidden, (await api.Client.SendAsync(write)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(api, own[..^1] + "b")).StatusCode);
    }

    [Fact]
    public async Task A_customer_sees_what_is_his_and_nothing_of_others()
    {
        await using var api = await ApiReplica.StartAsync([]);
        var (_, batch) = await api.PostAsync("/api/v1/batches", new { tickets = 12, orders = 20, customers = 4, seed = 3 });
        var id = batch.GetProperty("batch_id").GetString()!;
        await Poll.UntilAsync(async () => (await api.GetAsync($"/api/v1/batches/{id}")).GetProperty("status").GetString() == "completed");
        var opened = new List<(string Ticket, string Customer)>();
        foreach (var document in (await api.GetAsync($"/api/v1/batches/{id}/tickets?page_size=12")).GetProperty("items").EnumerateArray())
        {
            var (_, ticket) = await api.PostAsync($"/api/v1/batches/{id}/tickets/{document.GetProperty("ticket_id").GetString()}/open");
            opened.Add((ticket.GetProperty("id").GetString()!, $"{id}.{ticket.GetProperty("ticket").GetProperty("customer_id").GetString()}"));
        }
        var own = opened[0].Customer;
        var mine = opened.Where(ticket => ticket.Customer == own).Select(ticket => ticket.Ticket).Order(StringComparer.Ordinal).ToList();
        Assert.NotEqual(opened.Count, mine.Count);
        await Keys.MakeAdminAsync(api.Folder);
        var key = await Keys.MakeAsync(api.Folder, new() { Name = "c", Role = "customer", Customer = own, Rate = 0 });

        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await Poll.UntilAsync(async () => (await api.Client.GetAsync("/api/v1/batches")).StatusCode == HttpStatusCode.Forbidden);
        foreach (var filter in new[] { "", $"&batch_id={id}", $"&customer_id={own[(id.Length + 1)..]}" })
            Assert.Equal(mine, (await api.GetAsync("/api/v1/tickets?page_size=100" + filter)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        var other = opened.First(ticket => ticket.Customer != own);
        Assert.Equal(0, (await api.GetAsync($"/api/v1/tickets?customer_id={other.Customer[(id.Length + 1)..]}")).GetProperty("total").GetInt32());
        foreach (var (ticket, customer) in opened)
            Assert.Equal((ticket, customer == own ? HttpStatusCode.OK : HttpStatusCode.NotFound), (ticket, (await api.Client.GetAsync($"/api/v1/tickets/{ticket}")).StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync($"/api/v1/customers/{own}")).StatusCode);
        using var hidden = await api.Client.GetAsync($"/api/v1/customers/{other.Customer}");
        using var missing = await api.Client.GetAsync($"/api/v1/customers/{id}.CUST-none");
        Assert.Equal((404, 404), ((int)hidden.StatusCode, (int)missing.StatusCode));
        Assert.Equal(await CodeAsync(missing), await CodeAsync(hidden));
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private static async Task<HttpResponseMessage> GetAsync(ApiReplica api, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/batches") { Headers = { { "X-API-Key", key } } };
        return await api.Client.SendAsync(request);
    }
}
