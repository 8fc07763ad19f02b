using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.AppHost;

public sealed class AppHostProcessTests
{
    [Fact]
    public async Task It_starts_the_api_restarts_it_after_a_crash_and_obeys_the_dashboard()
    {
        using var folder = new TemporaryFolder();
        await using var app = await RunningApp.StartAsync(folder);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync(app.Api("/health"))).StatusCode);
        var first = await app.ResourceAsync();
        Assert.Equal("running", first.GetProperty("state").GetString());
        Assert.Equal("healthy", first.GetProperty("health").GetString());
        Assert.True(first.GetProperty("memory_bytes").GetInt64() > 1 << 20);

        using var scaled = await app.Client.PostAsJsonAsync(app.Dashboard("/api/resources/silo/scale"), new { replicas = 1 });
        Assert.Equal(HttpStatusCode.Conflict, scaled.StatusCode);
        Assert.Contains("--servers local", await scaled.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var batch = await app.Client.PostAsJsonAsync(app.Api("/api/v1/batches"), new { tickets = 5 });
        Assert.Equal(HttpStatusCode.Accepted, batch.StatusCode);
        // The dashboard does not wait long for a busy API, and shows the list a second later.
        JsonElement shown = default;
        await Poll.UntilAsync(async () =>
            (shown = await app.Client.GetFromJsonAsync<JsonElement>(app.Dashboard("/api/batches"))).GetProperty("items").GetArrayLength() == 1);
        Assert.Equal(5, shown.GetProperty("items")[0].GetProperty("tickets_total").GetInt32());

        app.Process.ForgetLines();
        Process.GetProcessById(first.GetProperty("pid").GetInt32()).Kill();
        await app.Process.LineAsync(line => line.Contains("last exit code 137); it starts in 1 s", StringComparison.Ordinal));
        await app.Process.LineAsync(line => line.Contains("api is healthy", StringComparison.Ordinal));
        var second = await app.ResourceAsync();
        Assert.NotEqual(first.GetProperty("pid").GetInt32(), second.GetProperty("pid").GetInt32());
        Assert.Equal(1, second.GetProperty("restarts").GetInt32());

        app.Process.ForgetLines();
        Assert.Equal(HttpStatusCode.Accepted, await app.AskAsync("restart"));
        await app.Process.LineAsync(line => line.Contains("api is healthy", StringComparison.Ordinal));
        var third = await app.ResourceAsync();
        Assert.NotEqual(second.GetProperty("pid").GetInt32(), third.GetProperty("pid").GetInt32());
        Assert.Equal(0, third.GetProperty("last_exit_code").GetInt32());

        using var child = Process.GetProcessById(third.GetProperty("pid").GetInt32());
        Assert.Equal(HttpStatusCode.Accepted, await app.AskAsync("stop"));
        await EndAsync(child);
        Assert.Equal(HttpStatusCode.NotFound, await app.AskAsync("stop", "nobody"));

        app.Process.ForgetLines();
        Assert.Equal(HttpStatusCode.Accepted, await app.AskAsync("start"));
        await app.Process.LineAsync(line => line.Contains("api is healthy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_whose_api_is_killed_is_finished_after_the_restart()
    {
        using var folder = new TemporaryFolder();
        await using var app = await RunningApp.StartAsync(folder);
        using var accepted = await app.Client.PostAsJsonAsync(app.Api("/api/v1/batches"), new { tickets = 6000 });
        var self = accepted.Headers.Location!.ToString();
        app.Process.ForgetLines();
        Process.GetProcessById((await app.ResourceAsync()).GetProperty("pid").GetInt32()).Kill();
        await app.Process.LineAsync(line => line.Contains("api is healthy", StringComparison.Ordinal));

        var events = await app.Client.GetStringAsync(app.Api(self + "/events"));
        Assert.Contains("event: completed", events, StringComparison.Ordinal);
        var lines = await app.Client.GetStringAsync(app.Api(self + "/files/support_tickets.jsonl"));
        Assert.Equal(6000, lines.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Its_children_end_with_it_when_it_is_killed()
    {
        using var folder = new TemporaryFolder();
        await using var app = await RunningApp.StartAsync(folder);
        using var child = Process.GetProcessById((await app.ResourceAsync()).GetProperty("pid").GetInt32());
        app.Process.Kill();
        Assert.Equal(137, await app.Process.ExitAsync());
        await EndAsync(child);
        await Assert.ThrowsAsync<HttpRequestException>(() => app.Client.GetAsync(app.Api("/health")));
    }

    [Fact]
    public async Task It_stops_cleanly_on_a_signal_with_its_children_and_open_dashboards()
    {
        using var folder = new TemporaryFolder();
        await using var app = await RunningApp.StartAsync(folder);
        using var child = Process.GetProcessById((await app.ResourceAsync()).GetProperty("pid").GetInt32());
        using var events = await app.Client.GetAsync(app.Dashboard("/api/events"), HttpCompletionOption.ResponseHeadersRead);
        using var logs = await app.Client.GetAsync(app.Dashboard("/api/logs/stream"), HttpCompletionOption.ResponseHeadersRead);
        app.Process.Terminate();
        Assert.Equal(0, await app.Process.ExitAsync());
        await EndAsync(child);
        Assert.Equal("", app.Process.Error);
    }

    [Fact]
    public async Task It_ends_with_dotnet_run_when_that_is_killed()
    {
        using var folder = new TemporaryFolder();
        // A shell in place of dotnet run: a parent that holds no pipe and dies without a word.
        var (api, dashboard) = (HostProcess.FreePort(), HostProcess.FreePort());
        var start = new ProcessStartInfo("sh") { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = folder.Path };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"dotnet '{Path.Combine(AppContext.BaseDirectory, "TicketWorld.AppHost.dll")}' --port {api} --dashboard-port {dashboard}; true");
        start.Environment["TICKETWORLD_PARENT_WATCH"] = "ppid";
        using var shell = Process.Start(start)!;
        try
        {
            string? line;
            do
                line = await shell.StandardOutput.ReadLineAsync().WaitAsync(HostProcess.Patience);
            while (line is not null && !line.Contains("api is healthy", StringComparison.Ordinal));
            Assert.NotNull(line);
            using var client = new HttpClient();
            var resources = await client.GetFromJsonAsync<JsonElement>(new Uri($"http://127.0.0.1:{dashboard}/api/resources"));
            using var child = Process.GetProcessById(resources[0].GetProperty("pid").GetInt32());
            shell.Kill();
            await EndAsync(child);
            // The pipe ends when the last process that holds it, the AppHost, has ended.
            await shell.StandardOutput.ReadToEndAsync().WaitAsync(HostProcess.Patience);
        }
        finally
        {
            if (!shell.HasExited)
                shell.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("--port", "APP_PORT")]
    [InlineData("--dashboard-port", "DASHBOARD_PORT")]
    public async Task A_port_in_use_is_one_line_with_the_remedy(string option, string setting)
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var ports = new Dictionary<string, int> { ["--port"] = HostProcess.FreePort(), ["--dashboard-port"] = HostProcess.FreePort() };
        ports[option] = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var app = HostProcess.Start("TicketWorld.AppHost", folder.Path, ports.SelectMany(pair => new[] { pair.Key, $"{pair.Value}" }));
        Assert.Equal(1, await app.ExitAsync());
        var line = Assert.Single(app.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"127.0.0.1:{ports[option]}", line, StringComparison.Ordinal);
        Assert.Contains(setting, line, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_server_that_is_not_on_the_machine_is_one_line_that_says_what_to_install()
    {
        using var folder = new TemporaryFolder();
        await using var app = HostProcess.Start(
            "TicketWorld.AppHost", folder.Path, ["--servers", "local"], ("PATH", folder.Path), ("ConnectionStrings__ticketdb", "Host=elsewhere"));
        Assert.Equal(1, await app.ExitAsync());
        var line = Assert.Single(app.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("redis-server was not found", line, StringComparison.Ordinal);
        Assert.Contains("sudo bash eng/servers.sh install", line, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:redis", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_options_and_starts_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var app = HostProcess.Start("TicketWorld.AppHost", folder.Path, ["--help"]);
        Assert.Equal(0, await app.ExitAsync());
        foreach (var option in new[] { "--port", "--dashboard-port", "--data", "--servers", "--silos", "--help" })
            Assert.Contains(option, app.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static async Task EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(HostProcess.Patience);
        await process.WaitForExitAsync(limit.Token);
    }
}
