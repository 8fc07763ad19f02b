using TicketWorld.ServiceDefaults.Access;

namespace TicketWorld.Api.Access;

/// <summary>Registers who may call.</summary>
internal static class AccessSetup
{
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => InternalKey.Read(configuration, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<IAccessGate>(provider => provider.GetRequiredService<KeyDirectory>());
        services.AddHostedService<AccessNotice>();
        CrossOrigins.AddServices(services);
    }
}
