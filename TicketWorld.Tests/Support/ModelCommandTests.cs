using System.Text.Json;
using TicketWorld.Tests.Cli;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Support.FakeModels;

namespace TicketWorld.Tests.Support;

/// <summary><c>ticketworld generate --llm</c> as a process of its own, set up by a <c>.env</c> file.</summary>
public sealed class ModelCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FakeModelServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeModelServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_kill_in_the_middle_pays_nothing_twice_but_what_was_in_flight()
    {
        Configure($"OPENAI_BASE_URL={_server.BaseUrl}", $"OPENAI_API_KEY={ModelRun.Key}", "DEFAULT_MODEL=fake-model", "LLM_CONCURRENCY=4");
        System.Diagnostics.Process? victim = null;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Misbehaviour = async (_, _) =>
        {
            await started.Task;
            if (_server.Answered.Count >= 20 && Interlocked.Exchange(ref victim, null) is { } process)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            return false;
        };
        string[] arguments = ["generate", "--tickets", "40", "--seed", "3", "--llm", "--output-dir", "set", "--threads", "1"];
        var first = await CommandProcess.RunAsync(
            _folder.Path,
            (process, _) =>
            {
                if (started.Task.IsCompleted)
                    return;
                victim = process;
                started.SetResult();
            },
            arguments);
        Assert.NotEqual(0, first.Exit);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "set", "manifest.json")));
        var kept = Directory.GetFiles(Path.Combine(_folder.Path, ".ticketworld", "models"), "*.json", SearchOption.AllDirectories).Length;
        var asked = _server.Asked.Count;
        string[] inFlight = [.. _server.Asked.Keys];
        Assert.InRange(kept, 12, asked);
        Assert.InRange(asked - kept, 0, 8);

        _server.Misbehaviour = (_, _) => Task.FromResult(false);
        var second = await CommandProcess.RunAsync(_folder.Path, [.. arguments, "--json"]);
        Assert.True(second.Exit == 0, second.Error + second.Output);
        Assert.Equal(asked - kept, _server.Asked.Values.Sum() - _server.Asked.Count);
        Assert.All(_server.Asked, pair => Assert.True(pair.Value == 1 || inFlight.Contains(pair.Key)));
        var llm = JsonSerializer.Deserialize<JsonElement>(second.Output).GetProperty("llm");
        Assert.Equal(kept, llm.GetProperty("cached").GetInt32());
        Assert.Equal(40, llm.GetProperty("reasonings").GetInt32());
        Assert.Equal(0, (await CommandProcess.RunAsync(_folder.Path, "verify", "set")).Exit);
        Assert.DoesNotContain(ModelRun.Key, second.Output + second.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LLM_CONCURRENCY=0", "LLM_CONCURRENCY is \"0\" (.env): expected a whole number from 1 to 256")]
    [InlineData("LLM_TEMPERATURE=hot", "LLM_TEMPERATURE is \"hot\" (.env): expected a number from 0 to 2")]
    [InlineData("LLM_INPUT_PRICE=1", "LLM_OUTPUT_PRICE is not set")]
    [InlineData("OPENAI_BASE_URL=ftp://x", "OPENAI_BASE_URL is \"ftp://x\"")]
    [InlineData("OPENAI_API_KEY='a secret'", "OPENAI_API_KEY (.env) is not a key")]
    public async Task A_wrong_setting_stops_the_command_and_names_key_and_range(string line, string expected)
    {
        Configure("OPENAI_API_KEY=k", line);
        var result = await CommandProcess.RunAsync(_folder.Path, "generate", "--tickets", "3", "--llm", "--output-dir", "set");
        Assert.Equal(1, result.Exit);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_needs_a_price()
    {
        Configure($"OPENAI_BASE_URL={_server.BaseUrl}", "DEFAULT_MODEL=of-no-known-price");
        var result = await CommandProcess.RunAsync(_folder.Path, "generate", "--tickets", "3", "--llm", "--max-cost", "1", "--output-dir", "set");
        Assert.Equal(1, result.Exit);
        Assert.Contains("LLM_INPUT_PRICE", result.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task Prices_of_a_file_stand_before_the_programs()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "prices.json"), """{ "usd_per_million_tokens": { "of-no-known-price": { "input": 2, "output": 10 } } }""");
        Configure($"OPENAI_BASE_URL={_server.BaseUrl}", "DEFAULT_MODEL=of-no-known-price", "LLM_PRICES=prices.json");
        var result = await CommandProcess.RunAsync(_folder.Path, "generate", "--tickets", "3", "--llm", "--max-cost", "1", "--output-dir", "set", "--json");
        Assert.True(result.Exit == 0, result.Error + result.Output);
        var llm = JsonSerializer.Deserialize<JsonElement>(result.Output).GetProperty("llm");
        Assert.Equal(llm.GetProperty("calls").GetInt32() * (1000 * 2m + 100 * 10m) / 1_000_000m, llm.GetProperty("cost_usd").GetDecimal());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "usd_per_million_tokens": { "m": { "input": 1 } } }""")]
    [InlineData("""{ "usd_per_million_tokens": { "m": { "input": -1, "output": 1 } } }""")]
    [InlineData("""{ "usd_per_million_tokens": { "m": { "input": "1", "output": 1 } } }""")]
    public async Task A_file_that_holds_no_prices_stops_the_command(string content)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "prices.json"), content);
        Configure($"OPENAI_BASE_URL={_server.BaseUrl}", "LLM_PRICES=prices.json");
        var result = await CommandProcess.RunAsync(_folder.Path, "generate", "--tickets", "3", "--llm", "--output-dir", "set");
        Assert.Equal(1, result.Exit);
        Assert.Contains("LLM_PRICES is \"prices.json\" (.env): expected a file of prices", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", result.Error, StringComparison.Ordinal);
    }

    private void Configure(params string[] lines) => File.WriteAllLines(Path.Combine(_folder.Path, ".env"), lines);
}
