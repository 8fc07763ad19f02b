using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TicketWorld.Tests.Grains.Runtime;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Api;

/// <summary>An API whose DATABASE_URL is set and empty.</summary>
public sealed class NothingKeptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_serves_says_that_nothing_is_kept_and_a_restart_loses_the_data()
    {
        var temporary = Directory.CreateDirectory(_folder.File("tmp")).FullName;
        string batch;
        await using (var api = Start(temporary))
        {
            await api.AnswersAsync();
            await api.Process.LineAsync(line => line.Contains("nothing is kept", StringComparison.Ordinal));
            var response = await api.Client.PostAsJsonAsync("/api/v1/batches", new { tickets = 5 });
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            batch = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("batch_id").GetString()!;
            Assert.Contains("event: completed", await api.Client.GetStringAsync($"/api/v1/batches/{batch}/events"), StringComparison.Ordinal);
            Assert.Single(Directory.GetDirectories(temporary));
            api.Process.Terminate();
            Assert.Equal(0, await api.Process.ExitAsync());
        }

        Assert.Empty(Directory.GetDirectories(temporary));
        Assert.Equal([temporary], Directory.GetFileSystemEntries(_folder.Path));
        await using var again = Start(temporary);
        await again.AnswersAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await again.Client.GetAsync($"/api/v1/batches/{batch}")).StatusCode);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed_by_the_next_and_what_a_living_one_holds_stays()
    {
        var temporary = Directory.CreateDirectory(_folder.File("tmp")).FullName;
        await using var living = Start(temporary);
        await living.AnswersAsync();
        var held = Directory.GetDirectories(temporary).Single();
        await using (var killed = Start(temporary))
        {
            await killed.AnswersAsync();
            killed.Process.Kill();
            await killed.Process.ExitAsync();
        }

        foreach (var folder in Directory.GetDirectories(temporary))
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddHours(-1));
        await using var next = Start(temporary);
        await next.AnswersAsync();
        Assert.Contains(held, Directory.GetDirectories(temporary));
        Assert.Equal(2, Directory.GetDirectories(temporary).Length);
        Assert.Equal(HttpStatusCode.OK, (await living.Client.GetAsync("/api/v1/batches")).StatusCode);
    }

    [Fact]
    public async Task A_folder_that_is_named_outweighs_the_empty_setting()
    {
        await using var api = new Running(_folder.Path, ["--data", "kept"], ("DATABASE_URL", ""));
        await api.AnswersAsync();
        Assert.True(File.Exists(Path.Combine(_folder.Path, "kept", "grains.db")));
    }

    private Running Start(string temporary) => new(_folder.Path, [], ("DATABASE_URL", ""), ("TMPDIR", temporary));

    /// <summary>An API and a client that asks it.</summary>
    private sealed class Running : IAsyncDisposable
    {
        public Running(string folder, string[] args, params (string, string)[] environment)
        {
            var port = HostProcess.FreePort();
            Client.BaseAddress = new($"http://127.0.0.1:{port}");
            Process = HostProcess.Start("TicketWorld.Api", folder, ["--port", $"{port}", .. args], environment);
        }

        public HostProcess Process { get; }

        public HttpClient Client { get; } = new();

        public Task AnswersAsync() => Poll.UntilAsync(async () =>
        {
            try
            {
                return (await Client.GetAsync("/alive")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Process.DisposeAsync();
        }
    }
}
