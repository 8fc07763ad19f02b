using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Grains.Runtime.Postgres;

namespace TicketWorld.Tests.Grains.Runtime.Model;

[Trait(TestServers.Trait, TestServers.Postgres)]
public sealed class PostgresStoreModelTests : StoreModelTests, IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    protected override int Sequences => 500;

    protected override bool TakesOverAtStart => false;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    protected override void AddStore(IServiceCollection services) => services.AddPostgresGrainStore(_schema.ConnectionString, StoreClock.Caller);

    protected override Task EmptyAsync() => _schema.ExecuteAsync(
        "CREATE TABLE IF NOT EXISTS model_rows (id text PRIMARY KEY); DELETE FROM line; DELETE FROM parked; DELETE FROM messages; DELETE FROM grains; DELETE FROM states; DELETE FROM model_rows");
}
