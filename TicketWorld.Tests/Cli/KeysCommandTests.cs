using System.Net;
using System.Text.Json;
using TicketWorld.Tests.Api;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Cli;

[Collection(ConsoleTestGroup.Name)]
public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_key_is_made_listed_and_revoked()
    {
        var made = await RunAsync("create", "--name", "Anna", "--role", "admin");
        Assert.Equal(0, made.Exit);
        var key = made.Output.Trim();
        Assert.Matches("^tw_[a-z0-9]{10}_[a-z0-9]{40}$", key);
        Assert.Contains("this once", made.Error, StringComparison.Ordinal);

        var second = await RunAsync(
            "create", "--name", "c", "--role", "customer", "--customer", "b-1.CUST-0001", "--scope", "tickets:read", "--scope", "workflow:write", "--expires", "2099-12-31", "--rate", "7", "--json");
        var details = JsonDocument.Parse(second.Output).RootElement.GetProperty("details");
        Assert.Equal(("customer", "b-1.CUST-0001", 7, "active"), (details.GetProperty("role").GetString(), details.GetProperty("customer").GetString(), details.GetProperty("rate").GetInt32(), details.GetProperty("status").GetString()));
        Assert.Equal(["tickets:read", "workflow:write"], details.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), details.GetProperty("expires_at").GetDateTimeOffset());

        var id = key.Split('_')[1];
        var list = await RunAsync("list");
        Assert.Contains(id, list.Output, StringComparison.Ordinal);
        Assert.Contains("Anna", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Split('_')[2], list.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("revoke", id)).Exit);
        var states = JsonDocument.Parse((await RunAsync("list", "--json")).Output).RootElement.EnumerateArray().Select(item => item.GetProperty("status").GetString());
        Assert.Equal(["revoked", "active"], states);
    }

    [Fact]
    public async Task It_works_while_an_api_has_the_folder()
    {
        await using var api = await ApiReplica.StartAsync([]);
        var made = await ConsoleCapture.RunAsync("keys", "create", "--name", "a", "--role", "admin", "--data", api.Folder);
        Assert.Equal(0, made.Exit);
        await Poll.UntilAsync(async () => (await api.Client.GetAsync("/api/v1/batches")).StatusCode == HttpStatusCode.Unauthorized);
        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", made.Output.Trim());
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/api/v1/batches")).StatusCode);
        Assert.Equal(0, (await ConsoleCapture.RunAsync("keys", "revoke", made.Output.Split('_')[1], "--data", api.Folder)).Exit);
        await Poll.UntilAsync(async () => (await api.Client.GetAsync("/api/v1/batches")).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("create --name a --role agent", 2, "admin first")]
    [InlineData("create --name a --role king", 2, "admin, agent, analyst, customer")]
    [InlineData("create --name a", 2, "--role")]
    [InlineData("list", 1, "There are no keys")]
    [InlineData("revoke abc", 1, "There are no keys")]
    [InlineData("revok abc", 2, "revoke")]
    public async Task What_cannot_be_done_is_said(string arguments, int exit, string says)
    {
        var seen = await RunAsync(arguments.Split(' '));
        Assert.Equal(exit, seen.Exit);
        Assert.Contains(says, seen.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_key_in_place_of_an_id_is_not_repeated()
    {
        var key = (await RunAsync("create", "--name", "Anna", "--role", "admin")).Output.Trim();
        var seen = await RunAsync("revoke", key);
        Assert.Equal(1, seen.Exit);
        Assert.DoesNotContain(key.Split('_')[2], seen.Error + seen.Output, StringComparison.Ordinal);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => ConsoleCapture.RunAsync(["keys", .. arguments, "--data", _folder.Path]);
}
