using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Runtime;

/// <summary>The embedded store claims what becomes ready for the open slots of its process, and tells of the rest.</summary>
public sealed class OpenSlotsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ticketworld-slots-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_message_is_claimed_where_a_slot_is_open_and_nobody_is_told()
    {
        await using var silo = await StartAsync();
        var slots = Listen(silo, open: 3);
        await EnqueueAsync(silo, "a", "1");
        Assert.Equal(["1"], slots.Claimed);
        Assert.Equal(2, slots.Open);
        Assert.Empty(slots.Told);
        Assert.Empty((await ClaimAsync(silo)).Turns);
    }

    [Fact]
    public async Task Without_an_open_slot_the_silo_is_told_and_claims_for_itself()
    {
        await using var silo = await StartAsync();
        var slots = Listen(silo, open: 0);
        await EnqueueAsync(silo, "a", "1");
        Assert.Empty(slots.Claimed);
        Assert.Equal([MessagePriority.Normal], slots.Told);
        Assert.Equal("1", Assert.Single((await ClaimAsync(silo)).Turns).MessageId);
    }

    [Fact]
    public async Task The_last_slot_is_filled_and_the_silo_is_told_that_more_may_wait()
    {
        await using var silo = await StartAsync();
        var slots = Listen(silo, open: 0);
        await EnqueueAsync(silo, "a", "1");
        slots.Told.Clear();
        slots.Open = 1;
        await EnqueueAsync(silo, "b", "2");
        Assert.Equal(["1"], slots.Claimed);
        Assert.Equal(0, slots.Open);
        Assert.Equal([MessagePriority.Normal], slots.Told);
    }

    [Fact]
    public async Task What_is_due_later_is_told_and_not_claimed()
    {
        await using var silo = await StartAsync();
        var slots = Listen(silo, open: 3);
        await EnqueueAsync(silo, "a", "1", TimeSpan.FromHours(1));
        Assert.Empty(slots.Claimed);
        Assert.Equal(3, slots.Open);
        Assert.Equal([MessagePriority.Normal], slots.Told);
    }

    [Fact]
    public async Task A_delayed_message_whose_time_has_come_before_it_was_written_is_told()
    {
        await using var silo = await StartAsync();
        var slots = Listen(silo, open: 3);
        await EnqueueAsync(silo, "a", "1", TimeSpan.FromSeconds(1), ago: TimeSpan.FromMinutes(1));
        Assert.Empty(slots.Claimed);
        Assert.Equal(3, slots.Open);
        Assert.Equal([MessagePriority.Normal], slots.Told);
        Assert.Equal("1", Assert.Single((await ClaimAsync(silo)).Turns).MessageId);
    }

    [Fact]
    public async Task Of_two_silos_one_without_open_slots_is_told()
    {
        await using var silo = await StartAsync();
        var (first, second) = (Listen(silo, open: 0), Listen(silo, open: 3));
        await EnqueueAsync(silo, "a", "1");
        Assert.Equal([MessagePriority.Normal], first.Told);
        Assert.Equal([MessagePriority.Normal], second.Told);
        Assert.Equal(3, second.Open);
    }

    [Fact]
    public async Task The_next_message_of_a_grain_is_claimed_with_the_end_of_the_one_before()
    {
        await using var silo = await StartAsync();
        var slots = Listen(silo, open: 2);
        await EnqueueAsync(silo, "a", "1");
        await EnqueueAsync(silo, "a", "2");
        Assert.Equal(["1"], slots.Claimed);
        var turn = slots.Turns[0];
        Assert.Equal(CommitResult.Committed, await silo.Store.CommitAsync(new()
        {
            Lease = turn.Lease,
            Seq = turn.Seq,
            MessageId = turn.MessageId,
            Priority = turn.Priority,
            Outcome = new(null, null),
            Now = DateTimeOffset.UtcNow,
            ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(1),
        }));
        Assert.Equal(["1", "2"], slots.Claimed);
        Assert.Equal(turn.Lease, slots.Turns[1].Lease);
    }

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(services => services.AddSqliteGrainStore(_folder), runs: false);

    private static FakeSlots Listen(TestSilo silo, int open)
    {
        var slots = new FakeSlots { Open = open };
        silo.Services.GetRequiredService<StoreHints>().Add(slots);
        return slots;
    }

    private static Task EnqueueAsync(TestSilo silo, string key, string id, TimeSpan delay = default, TimeSpan ago = default)
    {
        var now = DateTimeOffset.UtcNow - ago;
        return silo.Store.EnqueueAsync(
            new() { Id = id, Target = new("probe", key), Method = "Add", Arguments = "[1]", Priority = MessagePriority.Normal, CreatedAt = now, DueAt = now + delay },
            CancellationToken.None);
    }

    private static Task<ClaimResult> ClaimAsync(TestSilo silo)
    {
        var now = DateTimeOffset.UtcNow;
        return silo.Store.ClaimAsync(new(new("test"), MessagePriority.Normal, 10, now, now.AddMinutes(1)));
    }

    private sealed class FakeSlots : IStoreListener, IOpenSlots
    {
        public int Open { get; set; }

        public List<ClaimedTurn> Turns { get; } = [];

        public IEnumerable<string> Claimed => Turns.Select(turn => turn.MessageId);

        public List<MessagePriority> Told { get; } = [];

        public SiloId Silo { get; } = new("test");

        public TimeSpan LeaseDuration => TimeSpan.FromMinutes(1);

        public IOpenSlots? SlotsOf(MessagePriority priority) => priority == MessagePriority.Normal ? this : null;

        public int TakeAll()
        {
            var taken = Open;
            Open = 0;
            return taken;
        }

        public void GiveBack(int places) => Open += places;

        public void Run(ClaimedTurn turn) => Turns.Add(turn);

        public void OnWorkReady(MessagePriority priority, DateTimeOffset dueAt) => Told.Add(priority);

        public void OnFinished(string messageId, MessageOutcome outcome)
        {
            // The tests look at work alone.
        }
    }
}
