using Microsoft.Extensions.DependencyInjection;
using TicketWorld.Grains;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Grains.Workflow;

public sealed class SqliteWorkflowTests : WorkflowConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override void AddStore(IServiceCollection services) => services.AddSqliteGrainStore(_folder.Path);
}
