using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TicketWorld.Grains;
using TicketWorld.Grains.Batches;
using TicketWorld.Grains.Runtime;
using TicketWorld.Grains.Runtime.Postgres;
using TicketWorld.Tests.Grains.Batches;

namespace TicketWorld.Tests.Grains.Runtime;

[Trait(TestServers.Trait, TestServers.Postgres)]
public sealed class PostgresGrainRuntimeTests : GrainRuntimeConformance, IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task Silos_that_start_at_once_migrate_once()
    {
        var silos = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => StartAsync())));
        for (var i = 0; i < silos.Length; i++)
            await silos[i].Probe("a").Add(1);
        Assert.Equal(silos.Length, await silos[0].Probe("a").Total());
        foreach (var silo in silos)
            await silo.DisposeAsync();
        Assert.Equal((long)new SqlCatalog("Postgres", new()).Migrations.Count, await _schema.ScalarAsync("SELECT count(*) FROM migrations"));
    }

    [Fact]
    public async Task A_claim_tells_of_work_of_other_priorities_that_it_has_made_ready()
    {
        var clock = new FakeTime();
        await using var silo = await OpenStoreAsync(clock);
        var heard = new Heard();
        silo.Services.GetRequiredService<StoreHints>().Add(heard);
        await silo.Store.EnqueueAsync(
            new()
            {
                Id = "delayed",
                Target = new("probe", "a"),
                Method = "Do",
                Arguments = "[]",
                Priority = MessagePriority.Normal,
                CreatedAt = clock.GetUtcNow(),
                DueAt = clock.GetUtcNow().AddSeconds(10),
            },
            default);

        // A delayed message joins its line with the claim of another priority.
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Empty(await ClaimAsync("one", MessagePriority.Interactive));
        Assert.True(heard.Take(MessagePriority.Normal, clock.GetUtcNow()));

        // A dead silo's turn comes back with the claim of another priority.
        Assert.Single(await ClaimAsync("dead", MessagePriority.Normal));
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Empty(await ClaimAsync("two", MessagePriority.Interactive));
        Assert.True(heard.Take(MessagePriority.Normal, clock.GetUtcNow()));
        Assert.Single(await ClaimAsync("two", MessagePriority.Normal));

        async Task<IReadOnlyList<ClaimedTurn>> ClaimAsync(string name, MessagePriority priority) =>
            (await silo.Store.ClaimAsync(new(new(name), priority, 10, clock.GetUtcNow(), clock.GetUtcNow().AddSeconds(30)))).Turns;
    }

    [Fact]
    public async Task A_migration_that_was_edited_or_is_of_a_newer_version_stops_the_start()
    {
        await using (await StartAsync())
        {
        }

        await _schema.ScalarAsync("UPDATE migrations SET sha256 = 'other' WHERE number = 1");
        Assert.Contains("0001_runtime", (await Assert.ThrowsAsync<GrainStoreException>(() => StartAsync())).Message, StringComparison.Ordinal);
        await _schema.ScalarAsync("UPDATE migrations SET number = 9000, name = '9000_future' WHERE number = 1");
        Assert.Contains("9000_future", (await Assert.ThrowsAsync<GrainStoreException>(() => StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silos_are_listed_while_they_run_and_shown_as_silent_before_they_are_forgotten()
    {
        await using var first = await StartOnDatabaseClockAsync(TimeProvider.System);
        var second = await StartOnDatabaseClockAsync(TimeProvider.System);
        await first.Probe("a").Add(1);
        var silos = first.Services.GetRequiredService<ISilos>();
        await Poll.UntilAsync(async () => (await silos.ListAsync()) is [{ Status: SiloStatus.Running }, { Status: SiloStatus.Running }] two && two.Sum(silo => silo.TurnsDone) == 1);
        Assert.All(await silos.ListAsync(), silo => Assert.Equal(Environment.ProcessId, silo.ProcessId));

        await second.DisposeAsync();
        await _schema.ExecuteAsync("INSERT INTO silos SELECT 'dead', 'dead', 7, started_at, heartbeat_at - 11000, 0, 0, 0, false FROM silos");
        await _schema.ExecuteAsync("INSERT INTO silos SELECT 'old', 'old', 8, started_at, heartbeat_at - 50000, 0, 0, 0, false FROM silos WHERE silo_id = 'dead'");
        var listed = await silos.ListAsync();
        Assert.Equal((SiloStatus.Silent, SiloStatus.Running), (listed.Single(silo => silo.Name == "dead").Status, listed.Single(silo => silo.Name != "dead").Status));
        await Poll.UntilAsync(async () => await _schema.ScalarAsync("SELECT count(*) FROM silos WHERE silo_id = 'old'") is 0L);
        Assert.Equal(2, (await silos.ListAsync()).Count);
    }

    [Fact]
    public async Task Silos_whose_clocks_are_a_year_apart_share_the_work_and_take_nothing_from_each_other()
    {
        // Both silos use the database's clock for leases, so what their own clocks say is of no account.
        await using var behind = await StartOnDatabaseClockAsync(new FakeTime(DateTimeOffset.UnixEpoch));
        await using var ahead = await StartOnDatabaseClockAsync(new FakeTime(new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var call = behind.Probe("a").AddAtBarrier(5, "long");
        await Task.WhenAny(behind.Signals.ReachedAsync("long"), ahead.Signals.ReachedAsync("long"));
        for (var i = 0; i < 20; i++)
            Assert.Equal(i + 1, await ahead.Probe("meanwhile").Add(1));
        Assert.Equal(1, behind.Signals.Count("long") + ahead.Signals.Count("long"));
        behind.Signals.Open("long");
        ahead.Signals.Open("long");
        Assert.Equal(5, await call);
    }

    [Fact]
    public async Task What_ended_while_nobody_listened_is_asked_for_when_somebody_listens_again()
    {
        // The caller's clock stands still, so it never polls: only a notice, or the question after a cut, ends its wait.
        await using var silo = await StartOnDatabaseClockAsync(TimeProvider.System);
        await using var caller = await StartOnDatabaseClockAsync(new FakeTime(), runs: false);
        var call = caller.Probe("a").AddAtBarrier(5, "cut");
        await silo.Signals.ReachedAsync("cut");
        await _schema.CutConnectionsAsync();
        silo.Signals.Open("cut");
        Assert.Equal(5, await call.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_claim_that_passes_over_a_locked_grain_tells_to_look_again()
    {
        var clock = new FakeTime();
        await using var silo = await OpenStoreAsync(clock);
        var message = new NewMessage
        {
            Id = "m",
            Target = new("probe", "a"),
            Method = "Do",
            Arguments = "[]",
            Priority = MessagePriority.Normal,
            CreatedAt = clock.GetUtcNow(),
            DueAt = clock.GetUtcNow(),
        };
        await silo.Store.EnqueueAsync(message, default);
        var heard = new Heard();
        silo.Services.GetRequiredService<StoreHints>().Add(heard);

        await using (var connection = new NpgsqlConnection(_schema.ConnectionString))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand("SELECT 1 FROM grains FOR UPDATE", connection))
                await command.ExecuteNonQueryAsync();
            Assert.Empty(await ClaimAsync());
            await transaction.RollbackAsync();
        }

        await Poll.UntilAsync(() => Task.FromResult(heard.Take(MessagePriority.Normal, clock.GetUtcNow())));
        Assert.Single(await ClaimAsync());

        async Task<IReadOnlyList<ClaimedTurn>> ClaimAsync() =>
            (await silo.Store.ClaimAsync(new(new("s"), MessagePriority.Normal, 10, clock.GetUtcNow(), clock.GetUtcNow().AddSeconds(30)))).Turns;
    }

    [Fact]
    public async Task A_batch_is_made_by_one_thread()
    {
        // Files are written and read by code that waits; on a single thread that must not wait for itself.
        await using var silo = await TestSilo.StartAsync(
            services =>
            {
                services.AddTicketWorldGrains();
                services.AddPostgresGrainStore(_schema.ConnectionString);
            },
            o => o.Concurrency = 1);
        var view = await BatchTests.CompleteAsync(silo, "b", new() { Tickets = 1_200, Customers = 300, Products = 60, Orders = 1_500 });
        Assert.Equal((BatchStatus.Completed, 1_200), (view.Status, view.TicketsDone));
    }

    [Fact]
    public async Task Many_silos_apply_each_message_once()
    {
        const int Silos = 4, Grains = 12, Rounds = 25;
        var silos = await Task.WhenAll(Enumerable.Range(0, Silos).Select(_ => StartAsync()));
        await Task.WhenAll(
            from silo in silos
            from grain in Enumerable.Range(0, Grains)
            from round in Enumerable.Range(0, Rounds)
            select silo.Probe($"shared-{grain}").Add(1));
        for (var grain = 0; grain < Grains; grain++)
            Assert.Equal(Silos * Rounds, await silos[0].Probe($"shared-{grain}").Total());
        foreach (var silo in silos)
            await silo.DisposeAsync();
    }

    [Fact]
    public async Task Grains_that_send_to_each_other_in_both_directions_never_lock_each_other_out()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(i => new[]
        {
            first.Probe($"left-{i}").Bounce($"right-{i}", 20),
            second.Probe($"right-{i}").Bounce($"left-{i}", 20),
        }));
        await Poll.UntilAsync(async () => (await first.Store.DepthAsync(default)) is { Ready: 0, Leased: 0 });
        Assert.Equal(0, await first.Store.DepthAsync(default) is { } depth ? depth.Parked : -1);
        Assert.Equal(0L, await _schema.ScalarAsync("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task A_database_that_drops_all_connections_loses_nothing()
    {
        await using var silo = await StartAsync(options: o => o.PollInterval = TimeSpan.FromMilliseconds(50));
        var probe = silo.Probe("a", SendOptions.WithoutReply);
        var sent = 0;
        for (var i = 0; i < 60; i++)
        {
            if (i % 20 == 10)
                await _schema.CutConnectionsAsync();
            var id = $"append-{i}";
            await Poll.UntilAsync(async () =>
            {
                try
                {
                    await silo.Probe("a", new() { OneWay = true, MessageId = id }).Append(i);
                    return true;
                }
                catch (GrainStoreException)
                {
                    return false;
                }
            });
            sent++;
        }

        await Poll.UntilAsync(async () =>
        {
            try
            {
                return (await silo.Store.DepthAsync(default)) is { Ready: 0, Leased: 0 };
            }
            catch (GrainStoreException)
            {
                return false;
            }
        });
        Assert.Equal(Enumerable.Range(0, sent), await silo.Probe("a").Items());
    }

    [Fact]
    public async Task A_database_that_goes_away_during_a_start_is_named()
    {
        await using (await StartAsync())
        {
        }

        await using var blocker = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_schema.ConnectionString) { ApplicationName = "blocker", Pooling = false }.ConnectionString);
        await blocker.OpenAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("LOCK TABLE migrations", blocker);
        await hold.ExecuteNonQueryAsync();
        var start = StartAsync();
        await Poll.UntilAsync(async () => await _schema.ScalarAsync("SELECT count(*) FROM pg_locks WHERE relation = 'migrations'::regclass AND NOT granted") is 1L);
        await _schema.CutConnectionsAsync();
        Assert.Contains("refused a step", (await Assert.ThrowsAsync<GrainStoreException>(() => start)).Message, StringComparison.Ordinal);
    }

    /// <remarks>https://github.com/npgsql/npgsql/issues/5803: a restart in mid-answer may look like this to Npgsql.</remarks>
    [Fact]
    public async Task Answers_that_cannot_be_understood_are_a_fault_of_the_connection_and_not_of_the_turn()
    {
        await using var database = new PostgresDatabase(_schema.ConnectionString);
        Assert.Contains("DataRow", database.Explain(Plain("Received unexpected backend message DataRow. Please file a bug.", "Npgsql")), StringComparison.Ordinal);
        Assert.Null(database.Explain(new InvalidCastException("Writing values of 'X' is not supported.") { Source = "Npgsql" }));
        Assert.Null(database.Explain(Plain("of a grain", "TicketWorld.Grains")));

        // Npgsql throws the base type itself for what should never happen.
        static Exception Plain(string message, string source)
        {
            var error = (Exception)Activator.CreateInstance(typeof(Exception), message)!;
            error.Source = source;
            return error;
        }
    }

    /// <remarks>Npgsql may believe statements to be prepared that the server does not know: https://github.com/npgsql/npgsql/issues/4082.</remarks>
    [Fact]
    public async Task Connections_that_have_lost_their_prepared_statements_are_given_up()
    {
        await using var silo = await StartAsync();
        for (var i = 0; i < 5; i++)
            await silo.Probe("a").Add(1);
        var writer = silo.Services.GetRequiredService<PostgresDatabase>().Writer;
        var pooled = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => writer.OpenConnectionAsync().AsTask()));
        foreach (var connection in pooled)
        {
            await using (var forget = new NpgsqlCommand("DEALLOCATE ALL", connection))
                await forget.ExecuteNonQueryAsync();
            await connection.DisposeAsync();
        }

        var refused = 0;
        await Poll.UntilAsync(async () =>
        {
            try
            {
                await silo.Probe("a", new() { MessageId = "again" }).Add(1);
                return true;
            }
            catch (GrainStoreException)
            {
                refused++;
                return false;
            }
        });
        Assert.InRange(refused, 0, 8);
        Assert.Equal(6, await silo.Probe("a").Total());
        Assert.Equal(0, (await silo.Parked.ListAsync()).Total);
    }

    [Fact]
    public async Task A_silo_that_falls_silent_within_a_commit_does_not_hold_up_the_others_for_long()
    {
        await using var silo = await StartAsync();
        Assert.Equal(1, await silo.Probe("a").Add(1));
        await using var silent = await silo.Services.GetRequiredService<PostgresDatabase>().Writer.OpenConnectionAsync();
        await using var transaction = await silent.BeginTransactionAsync();
        await using var locks = silent.CreateCommand();
        locks.CommandText = "SELECT 1 FROM grains FOR UPDATE";
        Assert.Equal(1, await locks.ExecuteScalarAsync());
        Assert.Equal(2, await silo.Probe("a").Add(1));
    }

    [Fact]
    public async Task A_start_sweeps_what_turns_lost_long_ago_have_written_and_nothing_else()
    {
        await using (await StartAsync())
        {
        }

        await _schema.ExecuteAsync(
            """
            INSERT INTO pieces (batch, chunk, epoch, number, content) VALUES ('b', 'lost', 1, 0, 'x'), ('b', 'kept', 1, 0, 'x'), ('b', 'new', 1, 0, 'x');
            INSERT INTO written_chunks (batch, chunk, epoch, written_at) VALUES ('b', 'lost', 1, 0), ('b', 'kept', 1, 0), ('b', 'new', 1, clock_ms(NULL));
            INSERT INTO kept_chunks (batch, chunk, epoch, bytes) VALUES ('b', 'kept', 1, 1);
            """);
        await using var silo = await StartAsync();
        Assert.Equal(["kept", "new"], await _schema.ScalarAsync("SELECT array_agg(chunk ORDER BY chunk)::text[] FROM pieces") as string[] ?? []);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_named_and_its_password_is_not()
    {
        var error = await Assert.ThrowsAsync<GrainStoreException>(() => TestSilo.StartAsync(
            services => services.AddPostgresGrainStore("Host=127.0.0.1;Port=1;Database=nowhere;Username=u;Password=hunter2")));
        Assert.Contains("127.0.0.1:1/nowhere", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    protected override void AddStore(IServiceCollection services)
    {
        var moved = services.Any(s => s.ServiceType == typeof(TimeProvider));
        services.AddPostgresGrainStore(_schema.ConnectionString, moved ? StoreClock.Caller : StoreClock.Database);
    }

    protected override void AddSharedStore(IServiceCollection services, TestSilo owner) =>
        services.AddPostgresGrainStore(_schema.ConnectionString, StoreClock.Caller);

    protected override async Task OverwriteStateAsync(GrainId grain, string name, string json) => Assert.Equal(1, await _schema.ExecuteAsync(
        "UPDATE states SET version = version + 1, content = convert_to($1, 'UTF8') WHERE kind = $2 AND key = $3 AND name = $4", json, grain.Kind, grain.Key, name));

    /// <summary>What a store has said of work.</summary>
    private sealed class Heard : IStoreListener
    {
        private readonly HashSet<(MessagePriority, DateTimeOffset)> _ready = [];

        public void OnWorkReady(MessagePriority priority, DateTimeOffset dueAt)
        {
            lock (_ready)
                _ready.Add((priority, dueAt));
        }

        public void OnFinished(string messageId, MessageOutcome outcome)
        {
            // Only work is listened for.
        }

        public bool Take(MessagePriority priority, DateTimeOffset dueAt)
        {
            lock (_ready)
                return _ready.Remove((priority, dueAt));
        }
    }

    private Task<TestSilo> StartOnDatabaseClockAsync(TimeProvider time, bool runs = true) => TestSilo.StartAsync(
        services =>
        {
            services.AddSingleton(time);
            services.AddPostgresGrainStore(_schema.ConnectionString);
        },
        runs: runs);
}
