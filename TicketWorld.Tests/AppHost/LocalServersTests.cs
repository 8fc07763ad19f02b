using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using Npgsql;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.AppHost;

/// <summary>The AppHost with a PostgreSQL and a Redis of its own and silos beside the API.</summary>
[Trait(TestServers.Trait, TestServers.Postgres)]
[UnsupportedOSPlatform("windows")]
public sealed class LocalServersTests
{
    [Fact]
    public async Task Silos_on_servers_of_their_own_are_scaled_survive_kills_and_find_their_data_again()
    {
        await using var servers = new ServersFolder();
        var folder = servers.Folder;
        string batch;
        int[] left;
        await using (var app = await RunningApp.StartAsync(folder, "--servers", "local", "--silos", "2"))
        {
            await AssertServersAreSafeAsync(app, folder);
            batch = await CompleteAsync(app, 2000);
            await SilosAsync(app, "silo-1", "silo-2");

            await ScaleAsync(app, 3);
            await SilosAsync(app, "silo-1", "silo-2", "silo-3");
            await ScaleAsync(app, 1);
            await SilosAsync(app, "silo-1");
            await Poll.UntilAsync(async () => (await app.Client.GetAsync(app.Dashboard("/api/resources/silo-3"))).StatusCode == HttpStatusCode.NotFound);
            Assert.DoesNotContain("was ended", app.Process.Output, StringComparison.Ordinal);
            await AssertRefusedAsync(app);

            app.Process.ForgetLines();
            Process.GetProcessById((await app.ResourceAsync("silo-1")).GetProperty("pid").GetInt32()).Kill();
            await app.Process.LineAsync(line => line.Contains("silo-1 is healthy", StringComparison.Ordinal));
            Assert.Equal(1, (await app.ResourceAsync("silo-1")).GetProperty("restarts").GetInt32());

            left = await ProcessesAsync(app, folder);
            app.Process.Kill();
            Assert.Equal(137, await app.Process.ExitAsync());
        }
        foreach (var process in left)
            await EndAsync(process);

        int postgres;
        await using (var app = await RunningApp.StartAsync(folder, "--servers", "local", "--silos", "1"))
        {
            Assert.Equal("completed", (await BatchAsync(app, batch)).GetProperty("status").GetString());
            // Killed together with the scripts that keep the servers, the AppHost leaves them running.
            postgres = Recorded(folder, "postgres");
            var keepers = new[] { "postgres", "redis" }.Select(async name => (await app.ResourceAsync(name)).GetProperty("pid").GetInt32());
            var scripts = (await Task.WhenAll(keepers)).SelectMany(keeper => Children(keeper).Append(keeper)).Where(IsShell).ToList();
            Assert.Equal(4, scripts.Count);
            foreach (var script in scripts)
                Process.GetProcessById(script).Kill();
            app.Process.Kill();
            await app.Process.ExitAsync();
            Assert.True(Exists(postgres));
        }

        await using (var app = await RunningApp.StartAsync(folder, "--servers", "local"))
        {
            Assert.Contains($"process {postgres} was left behind", app.Process.Output, StringComparison.Ordinal);
            Assert.False(Exists(postgres));
            Assert.Equal("completed", (await BatchAsync(app, batch)).GetProperty("status").GetString());
            await SilosAsync(app, "api");

            await using var second = HostProcess.Start("TicketWorld.AppHost", folder.Path, ["--servers", "local"]);
            Assert.Equal(1, await second.ExitAsync());
            Assert.Contains("in use by another AppHost", Assert.Single(second.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

            app.Process.ForgetLines();
            Process.GetProcessById(Recorded(folder, "postgres")).Kill();
            await app.Process.LineAsync(line => line.Contains("postgres is healthy", StringComparison.Ordinal));
            // Connections of before are refused first.
            await Poll.UntilAsync(async () => (await app.Client.GetAsync(app.Api(batch))).IsSuccessStatusCode);
            Assert.Equal(1, (await app.ResourceAsync("postgres")).GetProperty("restarts").GetInt32());

            left = await ProcessesAsync(app, folder);
            app.Process.Terminate();
            Assert.Equal(0, await app.Process.ExitAsync());
            Assert.Contains("database system is shut down", app.Process.Output, StringComparison.Ordinal);
            Assert.All(left, process => Assert.False(Exists(process)));
        }
    }

    /// <summary>Durability is on, only this machine is listened to, and the password is in one file of its owner.</summary>
    private static async Task AssertServersAreSafeAsync(RunningApp app, TemporaryFolder folder)
    {
        foreach (var name in new[] { "postgres", "redis" })
        {
            var file = folder.File($".ticketworld/servers/{name}/password");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.DoesNotContain(await File.ReadAllTextAsync(file), app.Process.Output + app.Process.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(await File.ReadAllTextAsync(file), await app.Client.GetStringAsync(app.Dashboard("/api/resources")), StringComparison.Ordinal);
        }
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File(".ticketworld/servers/redis/redis.conf")));

        var address = new Uri((await app.ResourceAsync("postgres")).GetProperty("address").GetString()!);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = address.Port,
            Database = "ticketworld",
            Username = "ticketworld",
            Password = await File.ReadAllTextAsync(folder.File(".ticketworld/servers/postgres/password")),
            Pooling = false,
        };
        await using var database = NpgsqlDataSource.Create(connection);
        foreach (var (setting, value) in new[] { ("fsync", "on"), ("synchronous_commit", "on"), ("listen_addresses", "127.0.0.1") })
            Assert.Equal(value, await ScalarAsync(database, $"SHOW {setting}"));
        Assert.Equal(1L, await ScalarAsync(database, "SELECT count(*) FROM pg_extension WHERE extname = 'vector'"));
        Assert.Equal(false, await ScalarAsync(database, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"));
        connection.Password = "wrong";
        await using var wrong = NpgsqlDataSource.Create(connection);
        Assert.Equal(PostgresErrorCodes.InvalidPassword, (await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(wrong, "SELECT 1"))).SqlState);
    }

    private static async Task AssertRefusedAsync(RunningApp app)
    {
        foreach (var (body, code) in new[]
        {
            ("{\"replicas\": 65}", "invalid_value"), ("{\"replicas\": -1}", "invalid_value"), ("{\"replicas\": 1.5}", "invalid_value"),
            ("{\"replicas\": null}", "invalid_value"), ("{}", "invalid_value"), ("{\"replica\": 1}", "unknown_field"),
            ("{\"replicas\": 1, \"replicas\": 2}", "invalid_json"), ("[1]", "invalid_json"), ("{", "invalid_json"), ("", "missing_body"),
            (new string(' ', 5000), "body_too_large"),
        })
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await app.Client.PostAsync(app.Dashboard("/api/resources/silo/scale"), content);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((body, code), (body, problem.GetProperty("code").GetString()));
            Assert.False(string.IsNullOrEmpty(problem.GetProperty("remedy").GetString()));
        }
        using var form = new FormUrlEncodedContent([new("replicas", "2")]);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await app.Client.PostAsync(app.Dashboard("/api/resources/silo/scale"), form)).StatusCode);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, app.Dashboard("/api/resources/silo/scale")) { Content = JsonContent.Create(new { replicas = 2 }) };
        foreign.Headers.Add("Origin", "http://example.com");
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Client.SendAsync(foreign)).StatusCode);
        Assert.Equal(1, (await app.Client.GetFromJsonAsync<JsonElement>(app.Dashboard("/api/resources/silo/scale"))).GetProperty("replicas").GetInt32());
    }

    private static async Task ScaleAsync(RunningApp app, int replicas)
    {
        using var response = await app.Client.PostAsJsonAsync(app.Dashboard("/api/resources/silo/scale"), new { replicas });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(replicas, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("replicas").GetInt32());
    }

    /// <summary>Waits until exactly these silos say that they run.</summary>
    private static Task SilosAsync(RunningApp app, params string[] names) => Poll.UntilAsync(async () =>
    {
        var page = await app.Client.GetFromJsonAsync<JsonElement>(app.Api("/api/v1/admin/silos"));
        return page.GetProperty("items").EnumerateArray().Where(silo => silo.GetProperty("status").GetString() == "running")
            .Select(silo => silo.GetProperty("name").GetString()).SequenceEqual(names);
    });

    private static async Task<string> CompleteAsync(RunningApp app, int tickets)
    {
        using var accepted = await app.Client.PostAsJsonAsync(app.Api("/api/v1/batches"), new { tickets });
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var self = accepted.Headers.Location!.ToString();
        Assert.Contains("event: completed", await app.Client.GetStringAsync(app.Api(self + "/events")), StringComparison.Ordinal);
        Assert.Equal(tickets, (await app.Client.GetStringAsync(app.Api(self + "/files/support_tickets.jsonl"))).Count(c => c == '\n'));
        return self;
    }

    private static Task<JsonElement> BatchAsync(RunningApp app, string path) => app.Client.GetFromJsonAsync<JsonElement>(app.Api(path));

    /// <summary>The processes that the AppHost started, and the servers that scripts keep.</summary>
    private static async Task<int[]> ProcessesAsync(RunningApp app, TemporaryFolder folder)
    {
        var resources = await app.Client.GetFromJsonAsync<JsonElement>(app.Dashboard("/api/resources"));
        return [.. resources.EnumerateArray().Select(resource => resource.GetProperty("pid").GetInt32()), Recorded(folder, "postgres"), Recorded(folder, "redis")];
    }

    /// <summary>The server's own process.</summary>
    private static int Recorded(TemporaryFolder folder, string server) =>
        int.Parse(File.ReadAllText(folder.File($".ticketworld/servers/{server}/running")).Split(' ')[0], CultureInfo.InvariantCulture);

    private static int[] Children(int process) =>
        [.. File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    private static bool IsShell(int process) => File.ReadAllText($"/proc/{process}/cmdline").StartsWith("sh\0", StringComparison.Ordinal);

    private static bool Exists(int process) => File.Exists($"/proc/{process}/stat");

    private static Task EndAsync(int process) => Poll.UntilAsync(() => Task.FromResult(!Exists(process)));

    /// <summary>A data folder whose servers are ended before it is removed, also when the test fails.</summary>
    private sealed class ServersFolder : IAsyncDisposable
    {
        public TemporaryFolder Folder { get; } = new();

        public async ValueTask DisposeAsync()
        {
            foreach (var server in new[] { "postgres", "redis" }.Where(name => File.Exists(Folder.File($".ticketworld/servers/{name}/running"))))
            {
                var process = Recorded(Folder, server);
                var all = Exists(process) ? Children(process).Append(process).ToList() : [];
                foreach (var one in all.Where(Exists))
                    Process.GetProcessById(one).Kill();
                foreach (var one in all)
                    await EndAsync(one);
            }
            Folder.Dispose();
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
