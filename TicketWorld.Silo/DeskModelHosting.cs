using TicketWorld.ServiceDefaults.Health;
using TicketWorld.ServiceDefaults.Models;
using TicketWorld.Support.Caching;
using TicketWorld.Support.Models;
using TicketWorld.Support.Responding;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Silo;

/// <summary>Gives a host the models that its settings name.</summary>
internal static class DeskModelHosting
{
    /// <summary>Adds the models of the steps and the fact <c>ai_enabled</c> of the health. Settings in files may change while the host runs.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="first">The settings at the start.</param>
    /// <param name="read">Reads them anew; throws <see cref="ServiceDefaults.StartFaultException"/> when they are wrong.</param>
    public static IServiceCollection AddDeskModels(this IServiceCollection services, ModelsOfSettings first, Func<ModelsOfSettings> read)
    {
        services.AddSingleton(provider => new ReloadedModels(
            first,
            read,
            provider.GetRequiredService<IConfiguration>().GetReloadToken,
            (options, before) => new DeskModels(
                options, provider.GetRequiredService<TimeProvider>(), new Spread().Next, provider.GetRequiredService<ISharedCache>(), provider.GetRequiredService<ILogger<DeskModels>>(), before),
            models => new StepModels(models, provider.GetRequiredService<RuleFiles>(), provider.GetRequiredService<TemplateReplyWriter>(), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ReloadedModels>>()));
        services.AddSingleton<IStepModels>(provider => provider.GetRequiredService<ReloadedModels>());
        services.AddSingleton(provider => new HealthFact("ai_enabled", () => provider.GetRequiredService<ReloadedModels>().HasModel));
        return services;
    }
}
