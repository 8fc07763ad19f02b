using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>Retries, parking, leases, time and priorities.</summary>
public abstract partial class GrainRuntimeConformance
{
    [Fact]
    public async Task A_turn_that_fails_is_tried_again_and_has_its_effect_once()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").FailTimes("tries", 2);
        Assert.Equal(3, silo.Signals.Count("tries"));
        Assert.Equal(1, await silo.Probe("a").Total());
    }

    [Fact]
    public async Task A_turn_that_finds_the_store_away_has_not_failed()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").FindStoreAway("away", 10);
        Assert.Equal(11, silo.Signals.Count("away"));
        Assert.Equal(1, await silo.Probe("a").Total());
        Assert.Equal(0, (await silo.Parked.ListAsync()).Total);
    }

    [Fact]
    public async Task A_message_that_backs_off_holds_up_those_behind_it_and_no_other_grain()
    {
        var time = new FakeTime();
        await using var silo = await StartAsync(time, o => (o.BackOff, o.MaxBackOff) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)));
        var fails = silo.Probe("a").FailTimes("tries", 1);
        await silo.Signals.ReachedAsync("tries");
        var behind = silo.Probe("a").Notify("behind");
        Assert.Equal(1, await silo.Probe("b").Add(1));
        Assert.Equal(0, silo.Signals.Count("behind"));
        await EventuallyAsync(async () => (await silo.Store.DepthAsync(default)) is { Ready: 2, Leased: 0 });
        time.Advance(TimeSpan.FromSeconds(11));
        await fails;
        await behind;
        Assert.Equal(2, silo.Signals.Count("tries"));
    }

    [Fact]
    public async Task After_the_last_attempt_a_message_is_parked_and_the_next_ones_go_on()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a", SendOptions.WithoutReply).Fail();
        Assert.Equal(1, await silo.Probe("a").Add(1));
        var page = await silo.Parked.ListAsync();
        var parked = Assert.Single(page.Items);
        Assert.Equal(1, page.Total);
        Assert.Equal((new GrainId("probe", "a"), "Fail", "[]", 3), (parked.Grain, parked.Method, parked.Arguments, parked.Attempts));
        Assert.Equal("fails always", parked.Error.Message);
        Assert.Contains(nameof(ProbeGrain), parked.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parked_message_can_be_replayed()
    {
        await using var silo = await StartAsync();
        await Assert.ThrowsAsync<GrainCallException>(() => silo.Probe("a", new() { MessageId = "m" }).FailTimes("tries", 3));
        Assert.True(await silo.Parked.ReplayAsync("m"));
        Assert.False(await silo.Parked.ReplayAsync("unknown"));
        await EventuallyAsync(async () => (await silo.Store.DepthAsync(default)).Parked == 1 && silo.Signals.Count("tries") == 6);
        Assert.True(await silo.Parked.DiscardAsync("m", "of no use"));
        Assert.False(await silo.Parked.DiscardAsync("m", "of no use"));
        Assert.Equal(0, (await silo.Parked.ListAsync()).Total);
        var error = await Assert.ThrowsAsync<GrainCallException>(() => silo.Probe("a", new() { MessageId = "m" }).FailTimes("tries", 3));
        Assert.Equal((GrainCallException.Discarded, "of no use"), (error.Code, error.Message));
        Assert.Equal(6, silo.Signals.Count("tries"));
    }

    [Fact]
    public async Task A_replayed_message_has_its_effect_once_what_made_it_fail_is_mended()
    {
        await using (var silo = await StartAsync(options: o => o.MaxAttempts = 1))
        {
            await Assert.ThrowsAsync<GrainCallException>(() => silo.Probe("a", new() { MessageId = "m" }).FailTimes("tries", 1));
            Assert.Equal(0, await silo.Probe("a").Total());
        }

        await using var mended = await StartAsync(options: o => o.MaxAttempts = 2);
        Assert.True(await mended.Parked.ReplayAsync("m"));
        await EventuallyAsync(async () => await mended.Probe("a").Total() == 1);
        await mended.Probe("a", new() { MessageId = "m" }).FailTimes("tries", 1);
        Assert.Equal(1, await mended.Probe("a").Total());
    }

    [Fact]
    public async Task A_message_for_an_unknown_kind_or_method_is_parked_at_once()
    {
        await using var silo = await StartAsync();
        var now = DateTimeOffset.UnixEpoch;
        NewMessage To(string id, string kind, string method) => new()
        {
            Id = id,
            Target = new(kind, "a"),
            Method = method,
            Arguments = "[]",
            Priority = MessagePriority.Normal,
            CreatedAt = now,
            DueAt = now,
        };
        await silo.Store.EnqueueAsync(To("1", "unknown", "Add"), default);
        await silo.Store.EnqueueAsync(To("2", "probe", "Unknown"), default);
        await silo.Store.EnqueueAsync(To("3", "probe", "Add"), default);
        await EventuallyAsync(async () => (await silo.Parked.ListAsync()).Total == 3);
        Assert.All((await silo.Parked.ListAsync()).Items, m => Assert.Equal((GrainCallException.BadMessage, 1), (m.Error.Code, m.Attempts)));
    }

    [Fact]
    public async Task A_late_finisher_changes_nothing_when_its_lease_is_gone()
    {
        // The first silo's clock stands still, as that of a process that is suspended: it renews nothing.
        await using var first = await StartAsync(new FakeTime());
        await first.Probe("a").Add(100);
        await first.Probe("a", SendOptions.WithoutReply).AddAtBarrier(5, "late");
        await first.Signals.ReachedAsync("late");
        var clock = new FakeTime();
        await using var second = await StartSecondAsync(first, clock);
        second.Signals.Open("late");
        await EventuallyAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(second.Signals.Count("late") == 1);
        });
        await EventuallyAsync(async () => (await first.Store.DepthAsync(default)) is { Ready: 0, Leased: 0 });
        first.Signals.Open("late");
        var running = first.Services.GetRequiredService<RunningTurns>();
        await EventuallyAsync(() => Task.FromResult(running.Count == 0));
        Assert.Equal(1, second.Signals.Count("late"));
        await second.DisposeAsync();
        await first.DisposeAsync();
        await using var after = await StartAsync();
        Assert.Equal(105, await after.Probe("a").Total());
        Assert.Equal([5], await after.Probe("beside-a").Items());
    }

    [Fact]
    public async Task The_store_tells_a_late_finisher_that_its_lease_is_lost()
    {
        var clock = new FakeTime();
        await using var silo = await OpenStoreAsync(clock);
        var now = clock.GetUtcNow();
        await silo.Store.EnqueueAsync(
            new() { Id = "m", Target = new("other", "a"), Method = "X", Arguments = "[]", Priority = MessagePriority.Bulk, CreatedAt = now, DueAt = now }, default);
        var until = now + TimeSpan.FromSeconds(30);
        var late = Assert.Single((await silo.Store.ClaimAsync(new(new("late"), MessagePriority.Bulk, 5, now, until))).Turns);
        Assert.Empty((await silo.Store.ClaimAsync(new(new("next"), MessagePriority.Bulk, 5, now, until))).Turns);
        var then = until + TimeSpan.FromSeconds(1);
        var taken = Assert.Single((await silo.Store.ClaimAsync(new(new("next"), MessagePriority.Bulk, 5, then, then + TimeSpan.FromSeconds(30)))).Turns);
        Assert.True(taken.Lease.Epoch > late.Lease.Epoch);
        Assert.Equal(1, taken.Interruptions);
        Assert.Equal([late.Lease], await silo.Store.RenewAsync([late.Lease, taken.Lease], then, then + TimeSpan.FromSeconds(30)));
        TurnEffects Effects(ClaimedTurn turn) => new()
        {
            Lease = turn.Lease,
            Seq = turn.Seq,
            MessageId = "m",
            Priority = turn.Priority,
            Outcome = new("1", null),
            States = [new("s", 0, "{}"u8.ToArray())],
            Now = then,
            ExpiresAt = then,
        };
        Assert.Equal(CommitResult.LeaseLost, await silo.Store.CommitAsync(Effects(late)));
        Assert.Empty(await silo.Store.LoadStatesAsync(new("other", "a")));
        Assert.Equal(CommitResult.LeaseLost, await silo.Store.FailAsync(new()
        {
            Lease = late.Lease,
            Seq = late.Seq,
            MessageId = "m",
            Error = new("E", "e", "e"),
            Detail = "",
            RetryAt = then,
            Now = then,
        }));
        Assert.Equal(CommitResult.Committed, await silo.Store.CommitAsync(Effects(taken)));
        Assert.Equal(CommitResult.LeaseLost, await silo.Store.CommitAsync(Effects(taken)));
        Assert.Single(await silo.Store.LoadStatesAsync(new("other", "a")));
    }

    [Fact]
    public async Task A_silo_alone_runs_what_it_claimed_without_getting_the_answer()
    {
        var clock = new FakeTime();
        await using var silo = await OpenStoreAsync(clock);
        var lease = TimeSpan.FromSeconds(30);
        var now = clock.GetUtcNow();
        await silo.Store.EnqueueAsync(
            new() { Id = "m", Target = new("other", "a"), Method = "X", Arguments = "[]", Priority = MessagePriority.Bulk, CreatedAt = now, DueAt = now }, default);
        var unheard = Assert.Single(await ClaimAsync(now));

        // While it may still run the turn and renew too late, it takes nothing from itself.
        Assert.Empty(await ClaimAsync(now + lease + TimeSpan.FromSeconds(1)));
        var again = Assert.Single(await ClaimAsync(now + lease + lease));
        Assert.Equal((unheard.MessageId, 1), (again.MessageId, again.Interruptions));
        Assert.True(again.Lease.Epoch > unheard.Lease.Epoch);

        async Task<IReadOnlyList<ClaimedTurn>> ClaimAsync(DateTimeOffset at) =>
            (await silo.Store.ClaimAsync(new(new("alone"), MessagePriority.Bulk, 5, at, at + lease))).Turns;
    }

    [Fact]
    public async Task A_turn_renews_its_lease_while_it_runs()
    {
        var clock = new FakeTime();
        await using var first = await StartAsync(clock);
        var call = first.Probe("a").AddAtBarrier(5, "long");
        await first.Signals.ReachedAsync("long");
        await using var second = await StartSecondAsync(first, clock);
        for (var i = 0; i < 30; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(i + 1, await second.Probe("meanwhile").Add(1));
        }

        first.Signals.Open("long");
        Assert.Equal(0, second.Signals.Count("long"));
        Assert.Equal(5, await first.Probe("a").Total());
        await Assert.ThrowsAsync<GrainCallException>(() => call);
    }

    [Fact]
    public async Task A_turn_that_a_stop_waits_for_keeps_its_lease()
    {
        var clock = new FakeTime();
        await using var first = await StartAsync(clock, o => o.StopTimeLimit = TimeSpan.FromMinutes(10));
        await first.Probe("a", SendOptions.WithoutReply).AddAtBarrier(5, "long");
        await first.Signals.ReachedAsync("long");
        await using var second = await StartSecondAsync(first, clock);
        var stop = first.StopAsync(openAll: false);
        for (var i = 0; i < 20; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(i + 1, await second.Probe("meanwhile").Add(1));
        }

        Assert.False(stop.IsCompleted);
        Assert.Equal(0, second.Signals.Count("long"));
        first.Signals.Open("long");
        await stop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_state_changed_by_others_fails_the_commit_and_the_turn_runs_on_the_new_state()
    {
        await using var silo = await StartAsync();
        await silo.Probe("a").Add(1);
        var call = silo.Probe("a").AddAtBarrier(5, "conflict");
        await silo.Signals.ReachedAsync("conflict");
        await OverwriteStateAsync(new("probe", "a"), "probe", """{"total":50}""");
        silo.Signals.Open("conflict");
        Assert.Equal(55, await call);
        Assert.Equal(2, silo.Signals.Count("conflict"));
        Assert.Equal([5], await silo.Probe("beside-a").Items());
    }

    [Fact]
    public async Task A_caller_that_goes_away_does_not_undo_the_call()
    {
        await using var silo = await StartAsync(options: o => o.StopTimeLimit = TimeSpan.Zero);
        using var leaving = new CancellationTokenSource();
        var call = silo.Probe("a").WaitForCancellation("here", leaving.Token);
        await silo.Signals.ReachedAsync("here");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, (await silo.Store.DepthAsync(default)).Leased);
    }

    [Fact]
    public async Task A_time_limit_ends_the_wait_and_the_same_identity_gets_the_reply_later()
    {
        var time = new FakeTime();
        await using var silo = await StartAsync(time);
        var options = new SendOptions { MessageId = "m", TimeLimit = TimeSpan.FromSeconds(5) };
        var call = silo.Probe("a", options).AddAtBarrier(7, "slow");
        await silo.Signals.ReachedAsync("slow");
        time.Advance(TimeSpan.FromSeconds(1));
        await EventuallyAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(call.IsCompleted);
        });
        Assert.Equal(GrainCallException.TimedOut, (await Assert.ThrowsAsync<GrainCallException>(() => call)).Code);
        silo.Signals.Open("slow");
        await silo.Probe("a").Total();
        Assert.Equal(7, await silo.Probe("a", options).AddAtBarrier(7, "slow"));
        Assert.Equal(1, silo.Signals.Count("slow"));
    }

    [Fact]
    public async Task A_delayed_message_waits_for_its_time_and_holds_up_nobody()
    {
        var time = new FakeTime();
        await using (var silo = await StartAsync(time))
        {
            Assert.Equal(0, await silo.Probe("a").AddLater(5, 60_000));
            Assert.Equal(1, await silo.Probe("a").Add(1));
            time.Advance(TimeSpan.FromSeconds(59));
            Assert.Equal(1, await silo.Probe("a").Total());
        }

        await using var again = await StartAsync(time);
        Assert.Equal(1, await again.Probe("a").Total());
        time.Advance(TimeSpan.FromSeconds(2));
        await EventuallyAsync(async () => await again.Probe("a").Total() == 6);
    }

    [Fact]
    public async Task What_was_accepted_before_a_stop_is_handled_after_the_start()
    {
        await using (var silo = await StartAsync(options: o => o.StopTimeLimit = TimeSpan.Zero))
        {
            await silo.Probe("a", SendOptions.WithoutReply).WaitForCancellation("here", CancellationToken.None);
            for (var i = 0; i < 50; i++)
                await silo.Probe("a", SendOptions.WithoutReply).Append(i);
            await silo.Signals.ReachedAsync("here");
        }

        await using var again = await StartAsync(options: o => o.StopTimeLimit = TimeSpan.Zero);
        await again.Signals.ReachedAsync("here");
        var depth = await again.Store.DepthAsync(default);
        Assert.Equal((50, 1), (depth.Ready, depth.Leased));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_turns_that_do_not_end_and_their_effect_comes_once()
    {
        await using var first = await StartAsync(options: o => o.StopTimeLimit = TimeSpan.Zero);
        await first.Probe("a", SendOptions.WithoutReply).AddAtBarrier(7, "stuck");
        await first.Probe("b", SendOptions.WithoutReply).WaitInBulk("stuck in bulk");
        await first.Signals.ReachedAsync("stuck");
        await first.Signals.ReachedAsync("stuck in bulk");
        await first.StopAsync(openAll: false).WaitAsync(TimeSpan.FromSeconds(30));

        await using var again = await StartAsync();
        await again.Signals.ReachedAsync("stuck");
        first.Signals.OpenAll();
        again.Signals.OpenAll();
        Assert.Equal(7, await again.Probe("a").Total());
        await EventuallyAsync(async () => (await again.Probe("beside-a").Items()).Count > 0);
        Assert.Equal([7], await again.Probe("beside-a").Items());
        await again.Signals.ReachedAsync("stuck in bulk");
        Assert.Equal(0, (await again.Parked.ListAsync(1, 10)).Total);
    }

    [Fact]
    public async Task Long_turns_do_not_delay_interactive_calls()
    {
        await using var silo = await StartAsync(options: o => o.Concurrency = 2);
        for (var i = 0; i < 12; i++)
            await silo.Probe($"bulk-{i}", SendOptions.WithoutReply).WaitInBulk("bulk");
        await silo.Signals.ReachedAsync("bulk");
        for (var i = 0; i < 50; i++)
            Assert.Equal(1, await silo.Probe($"interactive-{i}").Add(1));
        Assert.InRange(silo.Signals.Count("bulk"), 1, 2);
        silo.Signals.Open("bulk");
        await EventuallyAsync(() => Task.FromResult(silo.Signals.Count("bulk") == 12));
    }

    [Fact]
    public async Task An_idle_grain_leaves_memory_and_gives_up_its_lease()
    {
        var time = new FakeTime();
        await using var silo = await StartAsync(time, o => o.IdleTime = TimeSpan.FromMinutes(1));
        await silo.Probe("a").Add(1);
        var activations = silo.Services.GetRequiredService<Activations>();
        Assert.Equal(1, activations.Count);
        await EventuallyAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(activations.Count == 0);
        });
        Assert.Equal(2, await silo.Probe("a").Add(1));
    }

    [Fact]
    public async Task A_chunk_counts_once_a_commit_has_named_it_and_the_rest_is_swept_away()
    {
        await using (var silo = await StartAsync())
        {
            Assert.Equal(700_000, await silo.Probe("a").WriteChunk("batch", "kept", 700_000, keep: true));
            Assert.Equal(300_000, await silo.Probe("a").WriteChunk("batch", "left", 300_000, keep: false));
        }

        await using var again = await StartAsync();
        var store = again.Services.GetRequiredService<IChunkStore>();
        Assert.Null(await store.FindAsync("batch", "left"));
        var kept = await store.FindAsync("batch", "kept");
        Assert.NotNull(kept);
        await using var stream = store.OpenRead(kept);
        var all = new byte[700_000];
        await stream.ReadExactlyAsync(all);
        Assert.Equal(-1, stream.ReadByte());
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i] != (byte)(i % 251))
                Assert.Fail($"byte {i} is {all[i]}");
        }

        stream.Seek(-5, SeekOrigin.End);
        Assert.Equal((byte)(699_995 % 251), (byte)stream.ReadByte());
        stream.Position = 262_144;
        Assert.Equal((byte)(262_144 % 251), (byte)stream.ReadByte());
    }
}
