using TicketWorld.Grains.Access;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Access;

[Trait(TestServers.Trait, TestServers.Postgres)]
public sealed class PostgresApiKeysTests : ApiKeysConformance, IAsyncDisposable
{
    private readonly TestSchema _schema = new();
    private readonly ApiKeyStores _store;

    public PostgresApiKeysTests() => _store = ApiKeyStores.InDatabase(_schema.ConnectionString);

    protected override IApiKeys Keys => _store.Keys;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _schema.DisposeAsync();
    }
}
