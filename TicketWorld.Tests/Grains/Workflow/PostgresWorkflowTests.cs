using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Grains.Workflow;

[Trait(TestServers.Trait, TestServers.Postgres)]
public sealed class PostgresWorkflowTests : WorkflowConformance, IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    protected override void AddStore(IServiceCollection services) => services.AddPostgresGrainStore(_schema.ConnectionString);
}
