using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Runtime.Model;

/// <summary>
/// Random sequences of calls, claims, commits, failures, crashes and delays on a store, against a model of its protocol that
/// a reader can hold in his head. A sequence that differs is made small and printed.
/// </summary>
public abstract class StoreModelTests
{
    private const int LongestScript = 60;

    /// <summary>How many sequences are tried.</summary>
    protected abstract int Sequences { get; }

    /// <summary>Whether a start of the store takes over what ran before, because no other process can hold it.</summary>
    protected abstract bool TakesOverAtStart { get; }

    protected abstract void AddStore(IServiceCollection services);

    /// <summary>Removes everything from the store.</summary>
    protected abstract Task EmptyAsync();

    [Fact]
    public async Task Random_sequences_do_what_the_model_does()
    {
        var silo = await OpenAsync();
        try
        {
            var steps =
                from length in Gen.Choose(1, LongestScript)
                from script in Gen.ArrayOf(
                    from kind in Gen.Choose(0, 99)
                    from a in Gen.Choose(0, 999)
                    from b in Gen.Choose(0, 999)
                    from c in Gen.Choose(0, 999)
                    select new Step(kind, a, b, c), length)
                select script;
            var scripts = Arb.From(steps, script => script.Select((_, i) => script.Where((_, j) => j != i).ToArray()));
            var tried = 0;
            Prop.ForAll(scripts, script => RunAsync(script).GetAwaiter().GetResult())
                .Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences).WithQuietOnSuccess(true));
            Assert.InRange(tried, Sequences, int.MaxValue);

            async Task RunAsync(Step[] script)
            {
                tried++;
                await EmptyAsync();
                await new StoreScript(
                    silo.Store,
                    TakesOverAtStart ? RestartAsync : null,
                    async () => (await silo.Parked.ListAsync(1, 500)).Items,
                    async () => await silo.ReadModel.QueryAsync<string>("list_model_rows")).RunAsync(script);
            }

            async Task<IGrainStore> RestartAsync()
            {
                await silo.DisposeAsync();
                silo = await OpenAsync();
                return silo.Store;
            }
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }

    private Task<TestSilo> OpenAsync() => TestSilo.StartAsync(
        services =>
        {
            services.AddSingleton<TimeProvider>(new FakeTime());
            AddStore(services);
            services.AddGrains(grains => grains
                .AddStatement(StoreScript.AddRow, "INSERT INTO model_rows (id) VALUES (@id)")
                .AddStatement("list_model_rows", "SELECT id FROM model_rows"));
        },
        runs: false);
}
