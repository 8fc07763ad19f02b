using Microsoft.Extensions.AI;
using TicketWorld.Support.Models;

namespace TicketWorld.Tests.Support;

public sealed class RetryTests
{
    [Fact]
    public async Task Pauses_double_and_a_longer_request_to_wait_is_obeyed_up_to_the_longest_pause()
    {
        var time = new RecordingTime();
        TimeSpan?[] asked = [null, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(1), TimeSpan.FromHours(2)];
        using var failing = new Failing(asked, ModelFault.Overloaded);
        using var client = new RetryChatClient(failing, 4, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), time, () => 0);
        Assert.Equal("done", (await client.GetResponseAsync("hello")).Text);
        Assert.Equal([1, 9, 4, 60], time.Waited.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task No_pause_is_shorter_than_the_shortest_whatever_chance_takes_off()
    {
        var time = new RecordingTime();
        using var failing = new Failing([null, null], ModelFault.Overloaded);
        using var client = new RetryChatClient(failing, 4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), time, () => 1, TimeSpan.FromSeconds(2));
        await client.GetResponseAsync("hello");
        Assert.Equal([2, 3], time.Waited.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task What_can_never_succeed_is_not_tried_again()
    {
        using var failing = new Failing([null, null], ModelFault.Refused);
        using var client = new RetryChatClient(failing, 4, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new RecordingTime(), () => 0);
        await Assert.ThrowsAsync<ModelCallException>(() => client.GetResponseAsync("hello"));
        Assert.Equal(1, failing.Calls);
    }

    private sealed class Failing(TimeSpan?[] asked, ModelFault fault) : IChatClient
    {
        public int Calls { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Calls++ < asked.Length
                ? Task.FromException<ChatResponse>(new ModelCallException(fault, "busy", asked[Calls - 1]))
                : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "done")));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    /// <summary>Notes each wait and ends it at once.</summary>
    private sealed class RecordingTime : TimeProvider
    {
        public List<TimeSpan> Waited { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
