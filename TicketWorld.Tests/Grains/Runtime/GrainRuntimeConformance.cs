using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;

namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>What the runtime promises on every store. A store's test class derives from it and passes all of it.</summary>
public abstract partial class GrainRuntimeConformance
{
    /// <summary>Adds the store under test; each call within a test means the same place on disk or server.</summary>
    protected abstract void AddStore(IServiceCollection services);

    /// <summary>Adds the running store of another silo.</summary>
    protected abstract void AddSharedStore(IServiceCollection services, TestSilo owner);

    /// <summary>Writes a state behind the runtime's back and raises its version.</summary>
    protected abstract Task OverwriteStateAsync(GrainId grain, string name, string json);

    protected Task<TestSilo> StartAsync(TimeProvider? time = null, Action<GrainOptions>? options = null) => TestSilo.StartAsync(
        services =>
        {
            if (time is not null)
                services.AddSingleton(time);
            AddStore(services);
            services.AddGrains(grains => grains
                .AddStatement("insert_probe_row", "CREATE TABLE IF NOT EXISTS probe_rows (id TEXT PRIMARY KEY); INSERT INTO probe_rows (id) VALUES (@id)")
                .AddStatement("list_probe_rows", "SELECT id FROM probe_rows ORDER BY id"));
        },
        options);

    /// <summary>The store alone, with nobody who claims turns.</summary>
    protected Task<TestSilo> OpenStoreAsync(TimeProvider time) => TestSilo.StartAsync(
        services =>
        {
            services.AddSingleton(time);
            AddStore(services);
        },
        runs: false);

    protected Task<TestSilo> StartSecondAsync(TestSilo owner, TimeProvider time, Action<GrainOptions>? options = null) => TestSilo.StartAsync(
        services =>
        {
            services.AddSingleton(time);
            AddSharedStore(services, owner);
        },
        options);

    [Fact]
    public async Task A_call_gives_the_result_and_state_outlives_the_silo()
    {
        await using (var silo = await StartAsync())
        {
            Assert.Equal(3, await silo.Probe("a").Add(3));
            Assert.Equal(7, await silo.Probe("a").Add(4));
        }

        await using var again = await StartAsync();
        Assert.Equal(7, await again.Probe("a").Total());
        Assert.Equal(0, await again.Probe("b").Total());
    }

    [Fact]
    public async Task Messages_of_one_grain_are_handled_in_the_order_of_their_acceptance()
    {
        await using var silo = await StartAsync();
        var probe = silo.Probe("a", SendOptions.WithoutReply);
        for (var i = 0; i < 200; i++)
            await probe.Append(i);
        Assert.Equal(Enumerable.Range(0, 200), await silo.Probe("a").Items());
    }

    [Fact]
    public async Task Turns_of_one_grain_never_overlap()
    {
        await using var silo = await StartAsync();
        var alone = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => silo.Probe("a").RunAlone()));
        Assert.All(alone, Assert.True);
    }

    [Fact]
    public async Task A_turn_that_throws_has_no_effect_at_all()
    {
        await using var silo = await StartAsync();
        await silo.Probe("first").StageRow("first");
        var error = await Assert.ThrowsAsync<GrainCallException>(() => silo.Probe("a").DoAllThenThrow("b"));
        Assert.Equal("parked", error.Code);
        Assert.Equal("InvalidOperationException", error.Type);
        Assert.Equal("thrown on purpose", error.Message);
        Assert.Equal(0, await silo.Probe("a").Total());
        Assert.Equal(0, await silo.Probe("b").Total());
        Assert.Equal(["first"], await silo.ReadModel.QueryAsync<string>("list_probe_rows"));
    }

    [Fact]
    public async Task A_refusal_is_an_answer_at_once_and_has_no_effect()
    {
        await using var silo = await StartAsync();
        var error = await Assert.ThrowsAsync<GrainCallException>(() => silo.Probe("a").DoAllThenRefuse("b"));
        Assert.Equal("not_today", error.Code);
        Assert.Equal("Refused on purpose.", error.Message);
        Assert.Equal(0, await silo.Probe("a").Total());
        Assert.Equal(0, await silo.Probe("b").Total());
        Assert.Equal(0, (await silo.Parked.ListAsync()).Total);
    }

    [Fact]
    public async Task A_statement_that_fails_fails_the_turn()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").StageRow("row");
        var error = await Assert.ThrowsAsync<GrainCallException>(() => silo.Probe("b").StageRow("row"));
        Assert.Contains("insert_probe_row", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_identity_is_applied_once_and_both_callers_get_the_reply()
    {
        await using var silo = await StartAsync();
        var probe = silo.Probe("a", new() { MessageId = "the-one" });
        Assert.Equal(5, await probe.Add(5));
        Assert.Equal(5, await probe.Add(5));
        var both = await Task.WhenAll(
            silo.Probe("b", new() { MessageId = "other" }).Add(2), silo.Probe("b", new() { MessageId = "other" }).Add(2));
        Assert.Equal([2, 2], both);
        Assert.Equal(5, await silo.Probe("a").Total());
        var reused = await Assert.ThrowsAsync<GrainCallException>(() => probe.Add(6));
        Assert.Equal("message_id_reused", reused.Code);
    }

    [Fact]
    public async Task A_message_identity_is_known_after_a_restart()
    {
        await using (var silo = await StartAsync())
            await silo.Probe("a", new() { MessageId = "the-one" }).Add(5);
        await using var again = await StartAsync();
        Assert.Equal(5, await again.Probe("a", new() { MessageId = "the-one" }).Add(5));
        Assert.Equal(5, await again.Probe("a").Total());
    }

    [Fact]
    public async Task A_grain_may_send_to_itself()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").CountDown(20);
        await EventuallyAsync(async () => (await silo.Probe("a").Items()).Count == 21);
        Assert.Equal(Enumerable.Range(0, 21).Reverse(), await silo.Probe("a").Items());
    }

    [Fact]
    public async Task Grains_may_send_in_a_cycle()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").Bounce("b", 41);
        await EventuallyAsync(async () => await silo.Probe("a").Total() + await silo.Probe("b").Total() == 42);
        Assert.Equal(21, await silo.Probe("a").Total());
        Assert.Equal(21, await silo.Probe("b").Total());
    }

    [Fact]
    public async Task Awaiting_a_result_inside_a_turn_is_a_clear_error_and_sends_nothing()
    {
        await using var silo = await StartAsync();
        var error = await Assert.ThrowsAsync<GrainCallException>(() => silo.Probe("a").AwaitOther("b"));
        Assert.Equal(GrainCallException.AwaitInTurn, error.Code);
        Assert.Contains("Inside a turn a grain only sends; the reply is a new turn", error.Message, StringComparison.Ordinal);
        Assert.Contains("ReplyTo", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await silo.Probe("b").Total());
    }

    [Fact]
    public async Task What_outlives_its_turn_cannot_send()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").SendAfterTheTurn("late");
        silo.Signals.Open("late");
        await silo.Signals.ReachedAsync("late-refused");
        Assert.Empty(await silo.Probe("a").Items());
    }

    [Fact]
    public async Task A_reply_is_a_new_turn_of_the_sender()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").AskOther("b", 12, "the tag");
        await silo.Signals.ReachedAsync("answered-a");
        Assert.Equal(["probe/b the tag 12"], await silo.Probe("a").Answers());
    }

    [Theory]
    [InlineData(true, "probe/b not_today Refused on purpose.")]
    [InlineData(false, "probe/b parked fails always")]
    public async Task A_failure_comes_back_as_a_reply(bool refuse, string expected)
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").AskForFailure("b", refuse);
        await silo.Signals.ReachedAsync("answered-a");
        Assert.Equal([expected], await silo.Probe("a").Answers());
    }

    [Fact]
    public async Task A_reply_method_of_the_wrong_type_is_refused_where_it_is_named()
    {
        await using var silo = await StartAsync();
        var error = await Assert.ThrowsAsync<GrainCallException>(() => silo.Probe("a").AskWrongReply("b"));
        Assert.Contains("OtherFailed(Reply<Int32>)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_of_five_megabytes_is_kept()
    {
        await using (var silo = await StartAsync())
            await silo.Probe("a").Fill(5_000_000);
        await using var again = await StartAsync();
        Assert.Equal(5_000_000, await again.Probe("a").FilledBytes());
    }

    [Fact]
    public async Task Reading_does_not_make_a_record_and_clearing_removes_it()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").Total();
        Assert.Equal(0, await silo.Probe("a").Version());
        await silo.Probe("a").Add(1);
        await silo.Probe("a").Add(1);
        await silo.Probe("a").Add(0);
        Assert.Equal(2, await silo.Probe("a").Version());
        await silo.Probe("a").Clear();
        Assert.Equal(0, await silo.Probe("a").Version());
        Assert.Equal(0, await silo.Probe("a").Total());
        Assert.Empty(await silo.Store.LoadStatesAsync(new("probe", "a")));
    }

    private static Task EventuallyAsync(Func<Task<bool>> holds) => Poll.UntilAsync(holds);
}
