using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Tickets;

[Trait(TestServers.Trait, TestServers.Postgres)]
public sealed class PostgresTicketReadModelTests : TicketReadModelConformance, IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    protected override void AddStore(IServiceCollection services) => services.AddPostgresGrainStore(_schema.ConnectionString);

    protected override async Task ForgetTablesAsync(IReadOnlyDictionary<string, string> customers)
    {
        Assert.Equal(2, await _schema.ExecuteAsync("DROP TABLE tickets; DROP TABLE customers; DROP TABLE workflow_runs; DELETE FROM migrations WHERE name IN ('0005_tickets', '0007_workflow')"));
        foreach (var (key, state) in customers)
            Assert.Equal(1, await _schema.ExecuteAsync("UPDATE states SET content = convert_to($1, 'UTF8') WHERE kind = 'customer' AND key = $2", state, key));
    }
}
