using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Duplicates;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Guidance;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Routing;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Status;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Grains.Workflow;

/// <summary>Registration of what tickets are worked on with.</summary>
public static class TicketWorkflowServices
{
    /// <summary>Adds <see cref="TicketWorkflow"/> over the rule files and without a model; whoever has registered a part before, keeps it.</summary>
    public static IServiceCollection AddTicketWorkflow(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => new RuleFiles());
        services.TryAddSingleton<RuleAnalyser>();
        services.TryAddSingleton<ITicketAnalyser>(provider => provider.GetRequiredService<RuleAnalyser>());
        services.TryAddSingleton<IInjectionFinder>(provider => provider.GetRequiredService<RuleAnalyser>());
        services.TryAddSingleton<IFieldExtractor>(provider => RuleExtractor.WithPriorityKeywords(provider.GetRequiredService<RuleFiles>()));
        services.TryAddSingleton<RuleGuidance>();
        services.TryAddSingleton<IGuidance>(provider => provider.GetRequiredService<RuleGuidance>());
        services.TryAddSingleton<IServiceStatus, SimulatedServiceStatus>();
        services.TryAddSingleton<TemplateReplyWriter>();
        services.TryAddSingleton<TicketRouter>();
        services.TryAddSingleton<DuplicateFinder>();
        services.TryAddSingleton<IStepModels, NoStepModels>();
        services.TryAddSingleton<TicketWorkflow>();
        return services;
    }
}
