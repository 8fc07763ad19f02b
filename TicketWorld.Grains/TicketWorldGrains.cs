using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TicketWorld.Grains.Batches;
using TicketWorld.Grains.Batches.Worlds;
using TicketWorld.Grains.Customers;
using TicketWorld.Grains.Tickets;
using TicketWorld.Grains.Workflow;

namespace TicketWorld.Grains;

/// <summary>Registration of the product's grains and of what reads their results.</summary>
public static class TicketWorldGrains
{
    /// <summary>
    /// Adds the grains of batches, tickets and customers with <see cref="IBatchQueries"/>, <see cref="IBatchFiles"/>,
    /// <see cref="IBatchTickets"/>, <see cref="ITicketQueries"/> and <see cref="ICustomerQueries"/>. A host adds a store and, where grains shall run, a silo beside it.
    /// </summary>
    public static IServiceCollection AddTicketWorldGrains(this IServiceCollection services)
    {
        services.AddGrains(grains => grains
            .Add<IBatchGrain, BatchGrain>()
            .Add<IChunkGrain, ChunkGrain>()
            .Add<IDatasetGrain, DatasetGrain>()
            .Add<ITicketGrain, TicketGrain>()
            .Add<IModelGrain, ModelGrain>()
            .Add<ICustomerGrain, CustomerGrain>()
            .Add<IAnonymousGrain, AnonymousGrain>());
        services.AddSingleton<IValidateOptions<BatchOptions>, BatchOptionsValidation>();
        services.AddOptions<BatchOptions>()
            .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.GetSection(BatchOptions.Section).Bind(options))
            .ValidateOnStart();
        services.TryAddSingleton<IWorlds, WorldCache>();
        services.TryAddSingleton<DatasetStreams>();
        services.TryAddSingleton<LineBuffers>();
        services.TryAddSingleton<IBatchQueries, BatchQueries>();
        services.TryAddSingleton<IBatchFiles, BatchFiles>();
        services.TryAddSingleton<IBatchTickets, BatchTickets>();
        services.TryAddSingleton<ITicketQueries, TicketQueries>();
        services.TryAddSingleton<ICustomerQueries, CustomerQueries>();
        services.TryAddSingleton<IWorkflowRuns, WorkflowRuns>();
        services.TryAddSingleton<Submission>();
        services.AddTicketWorkflow();
        return services;
    }
}
