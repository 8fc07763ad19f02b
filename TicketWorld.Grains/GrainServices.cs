using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TicketWorld.Grains.Access;
using TicketWorld.Grains.Access.Postgres;
using TicketWorld.Grains.Access.Sqlite;
using TicketWorld.Grains.Retrieval.Postgres;
using TicketWorld.Grains.Retrieval.Sqlite;
using TicketWorld.Grains.Runtime;
using TicketWorld.Grains.Runtime.Postgres;
using TicketWorld.Grains.Runtime.Sqlite;
using TicketWorld.Support.Retrieval;

namespace TicketWorld.Grains;

/// <summary>Registration of the grain runtime with a host.</summary>
public static class GrainServices
{
    /// <summary>The name of the runtime's activity source and meter.</summary>
    public const string TelemetryName = GrainTelemetry.Name;

    /// <summary>
    /// Adds <see cref="IGrainFactory"/>, <see cref="IParkedMessages"/> and <see cref="ISilos"/>, and registers grains. May be called several times.
    /// A store is added beside it (<see cref="AddSqliteGrainStore"/>), and <see cref="AddGrainSilo"/> where grains shall run.
    /// </summary>
    public static IServiceCollection AddGrains(this IServiceCollection services, Action<IGrainsBuilder>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMessageIds, RandomMessageIds>();
        services.TryAddSingleton<StoreHints>();
        services.TryAddSingleton<ReplyWaiters>();
        services.TryAddSingleton<GrainCalls>();
        services.TryAddSingleton<LiveEvents>();
        services.TryAddSingleton<IGrainFactory, GrainFactory>();
        services.TryAddSingleton<IParkedMessages, ParkedMessages>();
        services.TryAddSingleton<ISiloRegistry, LocalSilos>();
        services.TryAddSingleton<ISilos>(provider => provider.GetRequiredService<ISiloRegistry>());
        if (services.All(s => s.ServiceType != typeof(IValidateOptions<GrainOptions>)))
        {
            services.AddSingleton<IValidateOptions<GrainOptions>, GrainOptionsValidation>();
            services.AddOptions<GrainOptions>()
                .Configure<IServiceProvider>((options, provider) => provider.GetService<IConfiguration>()?.GetSection(GrainOptions.Section).Bind(options))
                .ValidateOnStart();
        }

        configure?.Invoke(new Builder(services));
        return services;
    }

    /// <summary>Runs the registered grains in this process, from the start of the host to its end.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The silo's name in <see cref="ISilos"/>; null for the machine and the process.</param>
    public static IServiceCollection AddGrainSilo(this IServiceCollection services, string? name = null)
    {
        services.AddGrains();
        var process = $"{Environment.MachineName}-{Environment.ProcessId}";
        services.TryAddSingleton(new SiloName(name ?? process));
        services.TryAddSingleton(_ => new SiloId($"{process}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));
        services.TryAddSingleton<IBackOff>(provider => new ExponentialBackOff(
            provider.GetRequiredService<IOptions<GrainOptions>>(), new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        services.TryAddSingleton<GrainClasses>();
        services.TryAddSingleton<Activations>();
        services.TryAddSingleton<RunningTurns>();
        services.TryAddSingleton<TurnRunner>();
        services.TryAddSingleton<Housekeeping>();
        services.TryAddSingleton<SiloHeartbeat>();
        if (services.All(s => s.ServiceType != typeof(GrainSilo)))
        {
            services.AddSingleton<GrainSilo>();
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<GrainSilo>());
        }

        return services;
    }

    /// <summary>Lets this process call grains that run in others: opens a store that they share, from the start of the host to its end.</summary>
    public static IServiceCollection AddGrainClient(this IServiceCollection services)
    {
        services.AddGrains();
        services.AddHostedService<GrainClient>();
        return services;
    }

    /// <summary>Keeps grains, read model and chunks in SQLite files in a folder that this process then owns.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="folder">Made when it does not exist. A second process that uses it gets an error that names it.</param>
    public static IServiceCollection AddSqliteGrainStore(this IServiceCollection services, string folder)
    {
        services.TryAddSingleton(_ => new SqliteFiles(folder));
        return services.AddSqliteFilesStore();
    }

    /// <summary>Keeps grains, read model and chunks for as long as the process runs: in a folder among the machine's temporary files that goes when the host stops.</summary>
    public static IServiceCollection AddPassingGrainStore(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new SqliteFiles(PassingFolder.Make(provider.GetRequiredService<TimeProvider>().GetUtcNow()), passing: true));
        return services.AddSqliteFilesStore();
    }

    private static IServiceCollection AddSqliteFilesStore(this IServiceCollection services)
    {
        services.AddGrains();
        services.TryAddSingleton(provider => new SqlCatalog("Sqlite", Sources(provider)));
        services.TryAddSingleton<IReadModel, SqliteReadModel>();
        services.TryAddSingleton(provider => new SqliteChunkStore(
            provider.GetRequiredService<SqliteFiles>(),
            new SqlCatalog("SqliteChunks", new SqlSources()),
            provider.GetRequiredService<IReadModel>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IChunkStore>(provider => provider.GetRequiredService<SqliteChunkStore>());
        services.AddArticleEmbedder();
        services.TryAddSingleton(provider => new SqliteArticleIndex(
            provider.GetRequiredService<SqliteFiles>(),
            new SqlCatalog("SqliteArticles", new SqlSources()),
            provider.GetRequiredService<ArticleEmbedder>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddArticleIndex<SqliteArticleIndex>();
        services.TryAddSingleton(provider => ApiKeyStores.SqliteKeys(provider.GetRequiredService<SqliteFiles>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IApiKeys>(provider => provider.GetRequiredService<SqliteApiKeys>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoreCompanion, SqliteApiKeys>(provider => provider.GetRequiredService<SqliteApiKeys>()));
        services.TryAddSingleton<IGrainStore, SqliteGrainStore>();
        return services;
    }

    /// <summary>Keeps grains, read model and chunks in PostgreSQL, which any number of silos may share.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connectionString">Npgsql's; its <c>Search Path</c> names the schema, which is made when it does not exist (default <c>ticketworld</c>).</param>
    public static IServiceCollection AddPostgresGrainStore(this IServiceCollection services, string connectionString) =>
        services.AddPostgresGrainStore(connectionString, StoreClock.Database);

    /// <inheritdoc cref="AddPostgresGrainStore(IServiceCollection, string)"/>
    internal static IServiceCollection AddPostgresGrainStore(this IServiceCollection services, string connectionString, StoreClock clock)
    {
        services.AddGrains();
        services.TryAddSingleton(_ => new PostgresDatabase(connectionString));
        services.TryAddSingleton(provider => new SqlCatalog("Postgres", Sources(provider)));
        services.TryAddSingleton<IReadModel, PostgresReadModel>();
        services.TryAddSingleton<PostgresChunkStore>();
        services.TryAddSingleton<IChunkStore>(provider => provider.GetRequiredService<PostgresChunkStore>());
        services.TryAddSingleton<PostgresNotices>();
        services.Replace(ServiceDescriptor.Singleton<ISiloRegistry, PostgresSilos>());
        services.AddArticleEmbedder();
        services.TryAddSingleton<PostgresArticleIndex>();
        services.AddArticleIndex<PostgresArticleIndex>();
        services.TryAddSingleton<IApiKeys, PostgresApiKeys>();
        services.TryAddSingleton<IGrainStore>(provider => ActivatorUtilities.CreateInstance<PostgresGrainStore>(provider, clock));
        return services;
    }

    private static void AddArticleEmbedder(this IServiceCollection services)
    {
        services.TryAddSingleton<IEmbeddingGenerator<string, Embedding<float>>, HashedEmbedder>();
        services.TryAddSingleton<ArticleEmbedder>();
    }

    private static void AddArticleIndex<TIndex>(this IServiceCollection services)
        where TIndex : class, IArticleIndex, IStoreCompanion
    {
        services.TryAddSingleton<IArticleIndex>(provider => provider.GetRequiredService<TIndex>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoreCompanion, TIndex>(provider => provider.GetRequiredService<TIndex>()));
    }

    private static SqlSources Sources(IServiceProvider provider)
    {
        var sources = new SqlSources();
        foreach (var add in provider.GetServices<Action<SqlSources>>())
            add(sources);
        return sources;
    }

    private sealed class Builder(IServiceCollection services) : IGrainsBuilder
    {
        public IGrainsBuilder Add<TInterface, TGrain>()
            where TInterface : class, IGrainWithStringKey
            where TGrain : Grain, TInterface
        {
            services.AddSingleton(new GrainRegistration(typeof(TInterface), typeof(TGrain)));
            return this;
        }

        public IGrainsBuilder AddSql(Assembly assembly)
        {
            services.AddSingleton<Action<SqlSources>>(sources => sources.Assemblies.Add(assembly));
            return this;
        }

        public IGrainsBuilder AddStatement(string name, string sql)
        {
            services.AddSingleton<Action<SqlSources>>(sources => sources.Statements.Add(name, sql));
            return this;
        }
    }
}
