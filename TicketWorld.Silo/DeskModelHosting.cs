using TicketWorld.ServiceDefaults.Health;
using TicketWorld.ServiceDefaults.Models;
using TicketWorld.Support.Caching;
using TicketWorld.Support.Models;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Silo;

/// <summary>Gives a host the models that its settings name.</summary>
internal static class DeskModelHosting
{
    /// <summary>Adds the models of the steps, where there are any, and the fact <c>ai_enabled</c> of the health.</summary>
    public static IServiceCollection AddDeskModels(this IServiceCollection services, DeskModelOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new HealthFact("ai_enabled", () => options.HasModel));
        services.AddHostedService<SayWhichModel>();
        if (!options.HasModel)
            return services;
        services.AddSingleton(provider => new DeskModels(
            options, provider.GetRequiredService<TimeProvider>(), new Spread().Next, provider.GetRequiredService<ISharedCache>(), provider.GetRequiredService<ILogger<DeskModels>>()));
        services.AddSingleton<IStepModels, StepModels>();
        return services;
    }

    private sealed class SayWhichModel(DeskModelOptions options, ILogger<SayWhichModel> logger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (options.Notice is { } notice)
                logger.LogWarning("{Notice}", notice);
            if (options.HasModel)
                logger.LogInformation("Tickets are worked on with the model {Model}, and with {Fallback} where it fails", options.Model, options.FallbackModel ?? "rules");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
