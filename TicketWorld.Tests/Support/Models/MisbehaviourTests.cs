using Microsoft.Extensions.Logging;
using TicketWorld.Support.Models;
using TicketWorld.Tests.Support.FakeModels;

namespace TicketWorld.Tests.Support.Models;

/// <summary>Each way in which an endpoint or a model fails, in each protocol.</summary>
public sealed class MisbehaviourTests : IAsyncLifetime
{
    private FakeModelServer _server = null!;

    public static TheoryData<string, ModelProvider> Matrix
    {
        get
        {
            var matrix = new TheoryData<string, ModelProvider>();
            foreach (var name in Misbehaviours.Names)
            {
                matrix.Add(name, ModelProvider.OpenAI);
                matrix.Add(name, ModelProvider.Anthropic);
            }

            return matrix;
        }
    }

    public async Task InitializeAsync() => _server = await FakeModelServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task It_ends_in_a_typed_fault_or_a_good_answer_that_tells_no_key(string name, ModelProvider protocol)
    {
        _server.Misbehaviour = (context, seen) => Misbehaviours.RunAsync(name, context, seen);
        var log = new RecordingLog(LogLevel.Debug);
        var isSlow = Misbehaviours.FaultOf(name) == ModelFault.TimedOut;
        using var models = FakeDesk.Models(
            FakeDesk.Options(_server, protocol) with
            {
                Attempts = 2,
                RetryPause = TimeSpan.FromMilliseconds(1),
                MaxRetryPause = TimeSpan.FromMilliseconds(5),
                AttemptTimeLimit = isSlow ? TimeSpan.FromMilliseconds(150) : TimeSpan.FromMinutes(2),
                Classification = new ModelStepOptions { TimeLimit = TimeSpan.FromMinutes(5) },
            },
            TimeProvider.System,
            log: log);
        if (Misbehaviours.FaultOf(name) is { } expected)
        {
            var fault = await Assert.ThrowsAsync<ModelCallException>(() => FakeDesk.AskAsync(models));
            Assert.Equal(expected, fault.Fault);
            Assert.DoesNotContain(FakeDesk.Key, fault.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("Which colour", fault.ToString(), StringComparison.Ordinal);
        }
        else
        {
            var answer = await FakeDesk.AskAsync(models);
            Assert.Equal("red", answer.Value);
            Assert.InRange(answer.Usage.Cost!.Value, 0, 1_000);
        }

        Assert.InRange(_server.Asked.Values.Sum(), 1, 4);
        Assert.All(log.Lines, line => Assert.DoesNotContain(FakeDesk.Key, line, StringComparison.Ordinal));
        Assert.All(log.Lines, line => Assert.DoesNotContain("Which colour", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ModelProvider.OpenAI)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task No_redirect_takes_prompt_and_key_to_another_host(ModelProvider protocol)
    {
        await using var other = await FakeModelServer.StartAsync();
        _server.Misbehaviour = (context, _) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = new Uri(other.Root, context.Request.Path.Value!).ToString();
            return Task.FromResult(true);
        };
        using var models = FakeDesk.Models(FakeDesk.Options(_server, protocol));
        Assert.Equal(ModelFault.Refused, (await Assert.ThrowsAsync<ModelCallException>(() => FakeDesk.AskAsync(models))).Fault);
        Assert.Empty(other.Asked);
    }

    [Theory]
    [InlineData("busy_for_an_hour")]
    [InlineData("busy_until_next_year")]
    public async Task An_endpoint_that_asks_for_a_longer_pause_than_allowed_is_not_called_again(string name)
    {
        _server.Misbehaviour = (context, seen) => Misbehaviours.RunAsync(name, context, seen);
        using var models = FakeDesk.Models(FakeDesk.Options(_server));
        var fault = await Assert.ThrowsAsync<ModelCallException>(() => FakeDesk.AskAsync(models));
        Assert.True(fault.RetryAfter >= TimeSpan.FromHours(1));
        Assert.Equal(1, _server.Asked.Values.Sum());
    }

    [Fact]
    public void There_are_more_than_twenty_ways() => Assert.True(Misbehaviours.Names.Count() > 20);
}
