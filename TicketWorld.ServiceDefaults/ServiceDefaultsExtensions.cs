using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TicketWorld.ServiceDefaults.Access;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Correlation;
using TicketWorld.ServiceDefaults.Health;
using TicketWorld.ServiceDefaults.Limits;
using TicketWorld.ServiceDefaults.Logging;
using TicketWorld.ServiceDefaults.Loopback;
using TicketWorld.ServiceDefaults.Resilience;
using TicketWorld.ServiceDefaults.Telemetry;

namespace TicketWorld.ServiceDefaults;

/// <summary>What every host of TicketWorld has in common, in one call before and one after it is built.</summary>
public static class ServiceDefaultsExtensions
{
    private const string PollFiles = "DOTNET_USE_POLLING_FILE_WATCHER";

    /// <summary>
    /// Begins a host. Its settings files are looked at every few seconds and not watched: a watcher hears of every write below the current folder, and the data
    /// folder, which is there by default, is written a thousand times a second.
    /// </summary>
    /// <param name="args">Configuration arguments.</param>
    public static WebApplicationBuilder CreateHostBuilder(string[] args)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(PollFiles)))
            Environment.SetEnvironmentVariable(PollFiles, "true");
        return WebApplication.CreateBuilder(args);
    }

    /// <summary>
    /// Adds <c>.env</c>, checked settings, logs, telemetry, health checks, resilience for outgoing calls and the loopback
    /// guard. Precedence of settings: command line, environment, <c>.env</c> in the current folder, appsettings.json, default.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="host">What the host says about itself.</param>
    /// <exception cref="StartFaultException">A setting is wrong.</exception>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, HostDescription host)
    {
        ArgumentNullException.ThrowIfNull(builder);
        DotEnvSource.Insert(builder.Configuration, Path.Combine(Environment.CurrentDirectory, ".env"));
        var settings = new Settings(builder.Configuration);
        var services = builder.Services;

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(host);
        LoggingSetup.Add(builder.Logging, builder.Configuration, settings, host);
        TelemetrySetup.Add(builder, host.Name, settings);
        HealthEndpoints.Add(services);

        var limits = new OutgoingLimits(
            settings.Seconds("Http:TotalTimeoutSeconds", 30, 0.1, 600),
            settings.Seconds("Http:AttemptTimeoutSeconds", 10, 0.1, 600),
            settings.Int("Http:Retries", 3, 1, 10),
            settings.Seconds("Http:RetryPauseSeconds", 0.5, 0.001, 60));
        services.AddSingleton(limits);
        services.AddTransient<CorrelationHandler>();
        services.AddTransient<ResilienceHandler>();
        services.ConfigureHttpClientDefaults(client => client
            .AddHttpMessageHandler<CorrelationHandler>()
            .AddHttpMessageHandler<ResilienceHandler>());

        var port = settings.Int(host.PortKey, host.DefaultPort, 0, 65535);
        var address = host.AddressKey is { } key ? settings.Address(key, IPAddress.Loopback) : IPAddress.Loopback;
        services.AddSingleton(CallableFrom.Read(settings));
        services.TryAddSingleton<IAccessGate, NoKeys>();
        services.AddSingleton<IConnectionListenerFactory, LoopbackListenerFactory>();
        services.AddTransient<IStartupFilter, FirstInPipeline>();
        var requests = RequestLimits.Read(settings);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            requests.Apply(kestrel.Limits);
        });
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null or "" && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls($"http://{new IPEndPoint(address, port)}");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(6));

        settings.ThrowIfFaulty();
        return builder;
    }

    /// <summary>Maps <c>/health</c> and <c>/alive</c>.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        HealthEndpoints.Map(app);
        return app;
    }

    /// <summary>Puts the trace, the correlation id and the loopback guard in front of everything that a host adds itself.</summary>
    private sealed class FirstInPipeline : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<RequestTrace>();
            app.UseMiddleware<RequestCorrelation>();
            app.UseMiddleware<LoopbackRequestGuard>();
            next(app);
        };
    }
}
