using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using TicketWorld.Grains;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.Silo;

/// <summary>Runs the grains inside a host, with everything kept in one folder.</summary>
public static class EmbeddedSilo
{
    /// <summary>The setting that names the data folder.</summary>
    public const string FolderKey = "DATA_FOLDER";

    /// <summary>Adds the grains, a store in the data folder, a silo that runs them, and a health check of it.</summary>
    /// <exception cref="StartFaultException">A setting asks for what this version does not have, or the folder's name is not one.</exception>
    public static WebApplicationBuilder AddEmbeddedSilo(this WebApplicationBuilder builder)
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("ticketdb")))
        {
            // Its value may hold a password and is not repeated.
            throw new StartFaultException(
                "ConnectionStrings:ticketdb is set, but this version keeps its data in a folder only. Remove the setting, and choose the folder with DATA_FOLDER.");
        }
        CheckGrainSettings(builder.Configuration);
        var folder = Folder(builder.Configuration);
        builder.Services.AddSqliteGrainStore(folder);
        builder.Services.AddTicketWorldGrains();
        builder.Services.AddGrainSilo();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<GrainOptions>>(LetTurnsEnd);
        builder.Services.AddHealthChecks().Add(new(
            "silo", provider => new SiloHealth(provider.GetRequiredService<IParkedMessages>(), folder), failureStatus: null, tags: null));
        return builder;
    }

    /// <summary>A host does not cut its silo's stop short; requests, which end first, have the rest of the time.</summary>
    private static void LetTurnsEnd(HostOptions host, IOptions<GrainOptions> grains)
    {
        var needed = grains.Value.StopTimeLimit + TimeSpan.FromSeconds(2);
        if (host.ShutdownTimeout < needed)
            host.ShutdownTimeout = needed;
    }

    /// <summary>Values of the wrong type and misspelled keys; the ranges are checked by the options themselves.</summary>
    private static void CheckGrainSettings(ConfigurationManager configuration)
    {
        var section = configuration.GetSection(GrainOptions.Section);
        var known = typeof(GrainOptions).GetProperties().Select(property => property.Name).ToList();
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new StartFaultException($"{unknown.Path} is not a setting. Correct its name or remove it; the section knows {string.Join(", ", known)}.");
        try
        {
            section.Get<GrainOptions>();
        }
        catch (InvalidOperationException exception)
        {
            throw new StartFaultException(
                $"The section {GrainOptions.Section} is not right: {exception.Message} Correct or remove it; docs/configuration.md lists its keys.", exception);
        }
    }

    private static string Folder(ConfigurationManager configuration)
    {
        var folder = configuration[FolderKey] is { Length: > 0 } set ? set : ".ticketworld";
        try
        {
            return Path.GetFullPath(folder);
        }
        catch (ArgumentException exception)
        {
            throw new StartFaultException($"{FolderKey} is not the name of a folder: {exception.Message} Correct it, or remove it for the default (.ticketworld).", exception);
        }
    }

    /// <summary>
    /// Reads the store. Parked messages degrade the health: work has failed for good and waits for somebody. So does a disk
    /// that is nearly full: work then waits for room.
    /// </summary>
    private sealed class SiloHealth(IParkedMessages parked, string folder) : IHealthCheck
    {
        private const long LeastRoom = 64L << 20;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                var room = new DriveInfo(folder).AvailableFreeSpace;
                if (room < LeastRoom)
                    return HealthCheckResult.Degraded($"{room >> 20} MB are free on the disk of {folder}");
                var page = await parked.ListAsync(1, 1, cancellationToken);
                return page.Total == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"{page.Total} messages are parked");
            }
            catch (Exception exception) when (exception is GrainStoreException or IOException)
            {
                return HealthCheckResult.Unhealthy("the store does not answer", exception);
            }
        }
    }
}
