using Microsoft.AspNetCore.Http;
using TicketWorld.Support.Caching;
using TicketWorld.Support.Models;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Tests.Support.FakeModels;

namespace TicketWorld.Tests.Support.Models;

/// <summary>In which order models are asked, and how often they are paid.</summary>
public sealed class FallbackOrderTests : IAsyncLifetime
{
    private readonly PauselessTime _time = new();
    private readonly HashSet<string> _down = new(StringComparer.Ordinal);
    private FakeModelServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeModelServer.StartAsync();
        _server.Misbehaviour = async (context, seen) =>
        {
            if (_down.Contains(seen.Model))
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else
                await FakeModelServer.WriteAsync(context, Misbehaviours.Good);
            return true;
        };
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData(ModelProvider.OpenAI)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task The_first_model_is_tried_three_times_and_then_the_fallback_model(ModelProvider protocol)
    {
        _down.Add("first");
        using var models = FakeDesk.Models(FakeDesk.Options(_server, protocol, "second"), _time);
        var answer = await FakeDesk.AskAsync(models);
        Assert.Equal(["first", "first", "first", "second"], Asked());
        Assert.Equal([2, 4], _time.PausesInSeconds);
        Assert.Equal(("second", true, false), (answer.Usage.Model, answer.Usage.FallbackModel, answer.Usage.Cached));
        Assert.Equal(0.2m, answer.Usage.Cost);
    }

    [Fact]
    public async Task When_both_fail_the_fault_names_both()
    {
        _down.UnionWith(["first", "second"]);
        using var models = FakeDesk.Models(FakeDesk.Options(_server, fallback: "second"), _time);
        var fault = await Assert.ThrowsAsync<ModelCallException>(() => FakeDesk.AskAsync(models));
        Assert.Equal(["first", "first", "first", "second", "second", "second"], Asked());
        Assert.Equal(ModelFault.Overloaded, fault.Fault);
        Assert.Contains("first gave no answer", fault.Message, StringComparison.Ordinal);
        Assert.Contains("neither did second", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_model_that_comes_back_is_asked_no_more_than_needed()
    {
        _server.Misbehaviour = async (context, seen) =>
        {
            context.Response.Headers.RetryAfter = "7";
            if (seen.Attempt == 0)
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            else
                await FakeModelServer.WriteAsync(context, Misbehaviours.Good);
            return true;
        };
        using var models = FakeDesk.Models(FakeDesk.Options(_server, fallback: "second"), _time);
        Assert.False((await FakeDesk.AskAsync(models)).Usage.FallbackModel);
        Assert.Equal(["first", "first"], Asked());
        Assert.Equal([7], _time.PausesInSeconds);
    }

    [Fact]
    public async Task A_refused_key_goes_to_the_fallback_model_at_once()
    {
        _server.Misbehaviour = async (context, seen) =>
        {
            if (seen.Model == "first")
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            else
                await FakeModelServer.WriteAsync(context, Misbehaviours.Good);
            return true;
        };
        using var models = FakeDesk.Models(FakeDesk.Options(_server, fallback: "second"), _time);
        await FakeDesk.AskAsync(models);
        Assert.Equal(["first", "second"], Asked());
        Assert.Empty(_time.PausesInSeconds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_paid_answer_about_a_ticket_is_not_paid_again(bool fromFallback)
    {
        if (fromFallback)
            _down.Add("first");
        var cache = new InProcessCache(1 << 20, TimeProvider.System);
        using (var before = FakeDesk.Models(FakeDesk.Options(_server, fallback: "second"), _time, cache))
            await FakeDesk.AskAsync(before);
        var paid = Asked().Length;
        using var after = FakeDesk.Models(FakeDesk.Options(_server, fallback: "second"), _time, cache);
        var again = await FakeDesk.AskAsync(after);
        Assert.Equal(paid, Asked().Length);
        Assert.Equal((true, 0m, fromFallback ? "second" : "first", fromFallback), (again.Usage.Cached, again.Usage.Cost!.Value, again.Usage.Model, again.Usage.FallbackModel));
        Assert.Equal((0, 1), (after.Usage.Calls, after.Usage.Cached));
    }

    [Fact]
    public async Task Another_ticket_another_step_and_another_text_are_asked_for_themselves()
    {
        var cache = new InProcessCache(1 << 20, TimeProvider.System);
        using var models = FakeDesk.Models(FakeDesk.Options(_server), _time, cache);
        await FakeDesk.AskAsync(models);
        await FakeDesk.AskAsync(models, ticket: "T-2");
        await FakeDesk.AskAsync(models, ticket: null);
        await FakeDesk.AskAsync(models, step: ModelStep.Extraction);
        await FakeDesk.AskAsync(models, text: "Which colour now?");
        Assert.Equal(5, Asked().Length);
        await FakeDesk.AskAsync(models, ticket: null);
        Assert.Equal(5, Asked().Length);
    }

    [Fact]
    public async Task A_folder_keeps_paid_answers_beyond_the_process()
    {
        using var folder = new TemporaryFolder();
        var options = FakeDesk.Options(_server) with { CacheFolder = folder.Path };
        using (var before = FakeDesk.Models(options, _time))
            await FakeDesk.AskAsync(before);
        using var after = FakeDesk.Models(options, _time);
        Assert.True((await FakeDesk.AskAsync(after)).Usage.Cached);
        Assert.Single(Asked());
        Assert.All(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(FakeDesk.Key, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_that_keeps_failing_is_left_alone_and_tried_once_after_the_pause()
    {
        _down.Add("first");
        using var models = FakeDesk.Models(FakeDesk.Options(_server) with { Attempts = 1, BreakerFailures = 3, BreakerPause = TimeSpan.FromSeconds(30) }, _time);
        for (var call = 0; call < 3; call++)
            Assert.Equal(ModelFault.Overloaded, await FaultAsync(models));
        Assert.Equal(ModelFault.GaveUp, await FaultAsync(models));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(ModelFault.GaveUp, await FaultAsync(models));
        Assert.Equal(3, Asked().Length);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ModelFault.Overloaded, await FaultAsync(models));
        Assert.Equal(ModelFault.GaveUp, await FaultAsync(models));
        Assert.Equal(4, Asked().Length);

        _down.Clear();
        _time.Advance(TimeSpan.FromSeconds(30));
        await FakeDesk.AskAsync(models);
        await FakeDesk.AskAsync(models);
        Assert.Equal(6, Asked().Length);
    }

    [Fact]
    public async Task A_model_that_is_merely_slow_is_left_alone_too()
    {
        _server.Misbehaviour = (context, seen) => Misbehaviours.RunAsync("slow_headers", context, seen);
        using var models = FakeDesk.Models(FakeDesk.Options(_server) with { BreakerFailures = 2, Classification = new ModelStepOptions { TimeLimit = TimeSpan.FromMilliseconds(50) } }, TimeProvider.System);
        Assert.Equal(ModelFault.TimedOut, await FaultAsync(models));
        Assert.Equal(ModelFault.TimedOut, await FaultAsync(models));
        Assert.Equal(ModelFault.GaveUp, await FaultAsync(models));
    }

    [Fact]
    public async Task While_the_first_model_is_left_alone_the_fallback_model_answers()
    {
        _down.Add("first");
        using var models = FakeDesk.Models(FakeDesk.Options(_server, fallback: "second") with { Attempts = 1, BreakerFailures = 1 }, _time);
        await FakeDesk.AskAsync(models);
        await FakeDesk.AskAsync(models);
        Assert.Equal(["first", "second", "second"], Asked());
    }

    [Fact]
    public async Task A_budget_is_kept_across_both_models()
    {
        using var models = FakeDesk.Models(FakeDesk.Options(_server, fallback: "second") with { MaxCost = 3, MaxTokens = 100 }, _time);
        await FakeDesk.AskAsync(models);
        Assert.Equal(2m, models.Usage.Cost);
        Assert.True((await FakeDesk.AskAsync(models)).Usage.FallbackModel);
        ModelFault? last = null;
        for (var call = 0; call < 10 && last is null; call++)
            last = await FaultAsync(models);
        Assert.Equal(ModelFault.BudgetSpent, last);
        Assert.InRange(models.Usage.Cost!.Value, 2.2m, 3m);
    }

    [Fact]
    public async Task No_more_calls_run_at_a_time_than_allowed_by_all_steps_and_models_together()
    {
        _server.Misbehaviour = async (context, seen) =>
        {
            await Task.Yield();
            await FakeModelServer.WriteAsync(context, Misbehaviours.Good);
            return true;
        };
        using var models = FakeDesk.Models(FakeDesk.Options(_server) with { Concurrency = 2 }, _time);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => FakeDesk.AskAsync(models, ticket: $"T-{i}", step: i % 2 == 0 ? ModelStep.Classification : ModelStep.Response)));
        Assert.Equal(40, Asked().Length);
        Assert.InRange(_server.MostRunning, 1, 2);
    }

    [Fact]
    public void A_step_whose_flag_is_off_and_a_desk_without_a_model_have_nothing_to_ask()
    {
        using var flagged = FakeDesk.Models(FakeDesk.Options(_server) with { Extraction = new ModelStepOptions { IsEnabled = false } });
        Assert.Null(flagged.For(ModelStep.Extraction));
        Assert.NotNull(flagged.For(ModelStep.Classification));
        using var offline = FakeDesk.Models(new DeskModelOptions());
        Assert.All(Enum.GetValues<ModelStep>(), step => Assert.Null(offline.For(step)));
    }

    [Fact]
    public async Task A_step_uses_its_own_model_temperature_and_tokens()
    {
        var options = FakeDesk.Options(_server);
        var own = options.Primary! with { Name = "own", OwnName = "own" };
        using var models = FakeDesk.Models(options with { Response = new ModelStepOptions { Model = own, Temperature = 0.7f, MaxTokens = 77 } });
        await FakeDesk.AskAsync(models, step: ModelStep.Response);
        await FakeDesk.AskAsync(models, step: ModelStep.Classification);
        var (response, classification) = (_server.Answered.First().Body, _server.Answered.Last().Body);
        Assert.Equal(("own", 0.7f, 77), (response.GetProperty("model").GetString(), response.GetProperty("temperature").GetSingle(), Tokens(response)));
        Assert.Equal(("first", 0.2f, 4096), (classification.GetProperty("model").GetString(), classification.GetProperty("temperature").GetSingle(), Tokens(classification)));
    }

    private static int Tokens(System.Text.Json.JsonElement body) =>
        (body.TryGetProperty("max_completion_tokens", out var tokens) ? tokens : body.GetProperty("max_tokens")).GetInt32();

    private string[] Asked() => [.. _server.Answered.Select(seen => seen.Model)];

    private static async Task<ModelFault?> FaultAsync(DeskModels models)
    {
        try
        {
            await FakeDesk.AskAsync(models);
            return null;
        }
        catch (ModelCallException e)
        {
            return e.Fault;
        }
    }
}
