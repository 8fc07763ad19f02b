using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using TicketWorld.Grains;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Models;
using TicketWorld.ServiceDefaults.Redis;
using TicketWorld.Support.Analysis;
using TicketWorld.Support.Duplicates;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Models;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Workflow;

namespace TicketWorld.Silo;

/// <summary>Gives a host its grains: where they are kept, and whether they run in it.</summary>
public static class GrainHosting
{
    /// <summary>The setting that names the data folder.</summary>
    public const string FolderKey = "DATA_FOLDER";

    /// <summary>The setting that, when it is there and empty, says that nothing is to be kept.</summary>
    public const string DatabaseKey = "DATABASE_URL";

    /// <summary>The name of the connection string of PostgreSQL; without it everything is kept in the data folder.</summary>
    public const string DatabaseName = "ticketdb";

    /// <summary>The setting that says whether a host that shares a database runs grains itself.</summary>
    public const string RunsGrainsKey = "RUN_GRAINS";

    /// <summary>The setting that names this process's silo in the list of silos.</summary>
    public const string SiloNameKey = "SILO_NAME";

    private const int LongestSiloName = 60;

    private static readonly IReadOnlyDictionary<string, bool> YesAndNo = new Dictionary<string, bool>(StringComparer.Ordinal) { ["true"] = true, ["false"] = false };

    /// <summary>Adds the grains, their store, a silo that runs them unless another process shall, and a health check.</summary>
    /// <exception cref="StartFaultException">A setting is wrong, or the settings do not go together.</exception>
    public static WebApplicationBuilder AddGrainHosting(this WebApplicationBuilder builder)
    {
        CheckGrainSettings(builder.Configuration);
        var settings = new Settings(builder.Configuration);
        var runs = settings.Choice(RunsGrainsKey, "true", YesAndNo);
        var name = SiloName(builder.Configuration, settings);
        var models = new Settings(builder.Configuration);
        var options = DeskModelSettings.Read(models);
        settings.Include(models);
        settings.ThrowIfFaulty();
        string? answers = null;
        builder.AddSharedMemory();
        var services = builder.Services;
        services.AddSingleton(new RuleFiles(RuleFolder.Read(builder.Configuration)));
        services.AddTicketWorldGrains();
        services.AddHostedService<RulesAtStart>();
        services.AddHostedService<LiveEventRelay>();
        string? folder = null;
        if (builder.Configuration.GetConnectionString(DatabaseName) is { } connection && !string.IsNullOrWhiteSpace(connection))
        {
            services.AddPostgresGrainStore(connection);
        }
        else
        {
            if (!runs)
                throw new StartFaultException($"{RunsGrainsKey} is false, but nobody else can run the grains of a data folder. Remove it, or name a database that silos share in ConnectionStrings:{DatabaseName}.");
            if (KeepsNothing(builder.Configuration))
            {
                folder = Path.GetTempPath();
                services.AddPassingGrainStore();
                services.AddHostedService<NothingKept>();
            }
            else
            {
                folder = Folder(builder.Configuration);
                services.AddSqliteGrainStore(folder);
                answers = Path.Combine(folder, "models");
            }
        }

        var files = new SettingsFiles(builder.Configuration);
        services.AddDeskModels(new(WithAnswers(options), models.Values), () =>
        {
            files.ThrowIfFaulty();
            var changed = new Settings(builder.Configuration);
            var read = DeskModelSettings.Read(changed);
            changed.ThrowIfFaulty();
            return new(WithAnswers(read), changed.Values);
        });
        services.AddOptions<HostOptions>().Configure<IOptions<GrainOptions>>(LetTurnsEnd);
        if (runs)
            services.AddGrainSilo(name);
        else
            services.AddGrainClient();
        services.AddHealthChecks().Add(new(
            runs ? "silo" : "grains", provider => new GrainHealth(provider.GetRequiredService<IParkedMessages>(), folder), failureStatus: null, tags: null));
        return builder;

        DeskModelOptions WithAnswers(DeskModelOptions read) => read with { CacheFolder = read.CacheFolder ?? answers };
    }

    /// <summary>The configured name; null for the default, the machine and the process.</summary>
    private static string? SiloName(ConfigurationManager configuration, Settings settings)
    {
        if (configuration[SiloNameKey]?.Trim() is not { Length: > 0 } name)
            return null;
        if (name.Length > LongestSiloName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            settings.Fault(SiloNameKey, name, $"1 to {LongestSiloName} letters, digits, '.', '_' and '-'", "the names of the machine and the process");
        return name;
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

    /// <summary>An empty DATABASE_URL is a statement, unlike other empty values; a folder that is named outweighs it.</summary>
    private static bool KeepsNothing(ConfigurationManager configuration) =>
        configuration[DatabaseKey] is { } url && string.IsNullOrWhiteSpace(url) && string.IsNullOrEmpty(configuration[FolderKey]);

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

    /// <summary>Reads the rule files before the first ticket needs them, so that a mistake in one stops the start, and uses them once, so that the first ticket waits no longer than others.</summary>
    private sealed class RulesAtStart(IServiceProvider services) : IHostedService
    {
        private static readonly TicketText Text = new("Order ORD-1001", "Hello,\nwhere is my parcel of 2 May? I paid $49.90 for it. I am at jo@example.com.\n\nJo");

        private Task _firstUse = Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<RuleFiles>().ThrowIfUnknown();
            services.GetRequiredService<TicketWorkflow>();
            services.GetRequiredService<DuplicateFinder>();
            var analyser = services.GetRequiredService<ITicketAnalyser>();
            var extractor = services.GetRequiredService<IFieldExtractor>();
            _firstUse = Task.Run(() => extractor.Extract(Text, analyser.Analyse(Text).Category), CancellationToken.None);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => _firstUse;
    }

    /// <summary>Says at the start that the data will be gone.</summary>
    private sealed class NothingKept(ILogger<NothingKept> logger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            logger.LogWarning("{Key} is set and empty, so nothing is kept: all data is gone when this process ends. Remove the setting to keep it in {Folder}.", DatabaseKey, ".ticketworld");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>
    /// Reads the store. Parked messages degrade the health: work has failed for good and waits for somebody. So does a disk
    /// that is nearly full: work then waits for room.
    /// </summary>
    private sealed class GrainHealth(IParkedMessages parked, string? folder) : IHealthCheck
    {
        private const long LeastRoom = 64L << 20;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                if (folder is not null && new DriveInfo(folder).AvailableFreeSpace is < LeastRoom and var room)
                    return HealthCheckResult.Degraded($"{room >> 20} MB are free on the disk of {folder}");
                var page = await parked.ListAsync(1, 1, cancellationToken: cancellationToken);
                return page.Total == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"{page.Total} messages are parked");
            }
            catch (Exception exception) when (exception is GrainStoreException or IOException)
            {
                return HealthCheckResult.Unhealthy("the store does not answer", exception);
            }
        }
    }
}
