using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.ServiceDefaults.Telemetry;

/// <summary>
/// Traces and metrics of every host, from the sources that .NET itself provides and from our own, exported over OTLP
/// when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. The exporter reads the other <c>OTEL_*</c> names from the same configuration.
/// </summary>
internal static class TelemetrySetup
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "TicketWorld.*"];

    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "TicketWorld.*"];

    public static void Add(IHostApplicationBuilder host, string serviceName, Settings settings)
    {
        var export = settings.Url("OTEL_EXPORTER_OTLP_ENDPOINT") is not null;

        // Makes ASP.NET Core fill its activities with the HTTP attributes of the semantic conventions.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        var configuration = (IConfiguration)host.Configuration;
        var resource = ResourceBuilder.CreateDefault()
            .AddService(configuration["OTEL_SERVICE_NAME"] ?? serviceName, "TicketWorld", Health.HealthFact.InterfaceVersion, autoGenerateServiceInstanceId: false,
                $"{Environment.MachineName}:{Environment.ProcessId}");

        host.Services.AddSingleton(_ =>
        {
            var traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(configuration)))
                .SetResourceBuilder(resource)
                .AddSource(Sources);
            return (export ? traces.AddOtlpExporter() : traces).Build();
        });
        host.Services.AddSingleton(_ =>
        {
            var metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(configuration)))
                .SetResourceBuilder(resource)
                .AddMeter(Meters);
            return (export ? metrics.AddOtlpExporter() : metrics).Build();
        });
        if (export)
        {
            host.Logging.AddOpenTelemetry(logs =>
            {
                logs.IncludeScopes = true;
                logs.SetResourceBuilder(resource);
                logs.AddOtlpExporter();
            });
        }
        host.Services.AddHostedService<Listening>();
    }

    /// <summary>Creates the providers before the first request; the container flushes and disposes them at the end.</summary>
    private sealed class Listening(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(2_000);
            metrics.ForceFlush(2_000);
            return Task.CompletedTask;
        }
    }
}
