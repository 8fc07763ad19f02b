using TicketWorld.Api.Access;
using TicketWorld.Api.Administration;
using TicketWorld.Api.Batches;
using TicketWorld.Api.Customers;
using TicketWorld.Api.Documentation;
using TicketWorld.Api.Errors;
using TicketWorld.Api.Parked;
using TicketWorld.Api.RateLimits;
using TicketWorld.Api.Service;
using TicketWorld.Api.Tickets;
using TicketWorld.Api.Workflow;
using TicketWorld.Grains;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.Silo;

namespace TicketWorld.Api;

/// <summary>The HTTP API with a silo inside.</summary>
internal static class ApiHost
{
    public static HostDescription Description { get; } = new()
    {
        Name = "api",
        Command = "TicketWorld.Api",
        Summary = "Serves the TicketWorld API and runs its grains, with all data in one folder.",
        PortKey = "APP_PORT",
        DefaultPort = 8000,
        AddressKey = "HOST",
        Options =
        [
            new("--port", "N", "APP_PORT", "The port (default 8000)."),
            new("--host", "ADDRESS", "HOST", "The address to listen on (default 127.0.0.1); any but loopback needs an API key."),
            new("--data", "DIR", GrainHosting.FolderKey, "Where everything is kept (default .ticketworld in the current folder)."),
        ],
        StartFaults = [typeof(GrainStoreException), typeof(Worlds.Packs.PackException)],
    };

    public static WebApplication Build(string[] args) => Build(args, configure: null);

    /// <param name="args">Configuration arguments.</param>
    /// <param name="configure">Adds services of whoever embeds the API.</param>
    internal static WebApplication Build(string[] args, Action<IServiceCollection>? configure)
    {
        var builder = ServiceDefaultsExtensions.CreateHostBuilder(args);
        builder.AddServiceDefaults(Description);
        builder.AddGrainHosting();

        var services = builder.Services;
        services.AddSingleton<IBatchIds, RandomBatchIds>();
        services.AddSingleton<WorkflowResults>();
        services.AddSingleton<BatchWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<BatchWatch>());
        services.AddSingleton(CallLimits.Read(builder.Configuration));
        services.AddSingleton<IRateLimitPartition, CallerPartition>();
        AccessSetup.AddServices(services, builder.Configuration);
        services.ConfigureHttpJsonOptions(json =>
        {
            var shared = GrainJson.Options;
            json.SerializerOptions.PropertyNamingPolicy = shared.PropertyNamingPolicy;
            json.SerializerOptions.DefaultIgnoreCondition = shared.DefaultIgnoreCondition;
            json.SerializerOptions.Encoder = shared.Encoder;
            json.SerializerOptions.NumberHandling = shared.NumberHandling;
            foreach (var converter in shared.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        ApiDocumentation.AddServices(services);
        configure?.Invoke(services);

        var app = builder.Build();
        app.UseCors();
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        ApiDocumentation.Map(app);
        app.MapDefaultEndpoints();
        var all = app.MapGroup("").AnswersCommonProblems();
        ServiceEndpoints.Map(all);
        var limited = all.MapGroup("").AnswersStrangers().Limited();
        BatchEndpoints.Map(limited);
        TicketEndpoints.Map(limited);
        CustomerEndpoints.Map(limited);
        WorkflowEndpoints.Map(limited);
        ParkedEndpoints.Map(limited);
        SiloEndpoints.Map(limited);
        KeyEndpoints.Map(limited);
        app.CheckCallers();
        return app;
    }
}
