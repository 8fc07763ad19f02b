using System.Security.Cryptography;

namespace TicketWorld.AppHost.Model;

/// <summary>Describes one resource, call by call.</summary>
/// <typeparam name="T">The kind of resource.</typeparam>
public interface IResourceBuilder<out T> where T : IResource
{
    /// <summary>The resource that is described.</summary>
    T Resource { get; }
}

internal sealed record ResourceBuilder<T>(T Resource) : IResourceBuilder<T> where T : IResource;

/// <summary>The words in which the AppHost's Program describes the application; they are those of .NET Aspire.</summary>
public static class ResourceBuilderExtensions
{
    /// <summary>The variable with the key by which the AppHost reads from a project.</summary>
    internal const string InternalKeySetting = "TICKETWORLD_INTERNAL_KEY";

    /// <summary>The project answers HTTP on 127.0.0.1.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="port">The port of the first replica; null takes a free one.</param>
    /// <param name="setting">The setting that changes the port.</param>
    public static IResourceBuilder<ProjectResource> WithHttpEndpoint(
        this IResourceBuilder<ProjectResource> builder, int? port = null, string? setting = null)
    {
        builder.Resource.Endpoint = new(port, setting);
        return builder;
    }

    /// <summary>The project is healthy when this path of its HTTP endpoint answers 2xx.</summary>
    public static IResourceBuilder<ProjectResource> WithHttpHealthCheck(this IResourceBuilder<ProjectResource> builder, string path)
    {
        builder.Resource.HealthPath = path;
        return builder;
    }

    /// <summary>Runs the project this many times.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(replicas, 64);
        builder.Resource.Replicas = replicas;
        return builder;
    }

    /// <summary>Runs the project as many times as a setting says, 0 to 64, and lets the number be changed while they run.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="setting">The setting; 0 without it.</param>
    /// <param name="shared">What the replicas need in common.</param>
    public static IResourceBuilder<ProjectResource> WithReplicas(
        this IResourceBuilder<ProjectResource> builder, string setting, IResourceBuilder<IConnectionResource> shared)
    {
        builder.Resource.ReplicaSetting = new(setting, shared.Resource);
        return builder;
    }

    /// <summary>The project runs no grains itself when the other one runs at least once, unless RUN_GRAINS says otherwise.</summary>
    public static IResourceBuilder<ProjectResource> LeavesGrainsTo(
        this IResourceBuilder<ProjectResource> builder, IResourceBuilder<ProjectResource> silo)
    {
        builder.Resource.GrainsRunIn = silo.Resource;
        return builder;
    }

    /// <summary>Names the database of a server; its connection string is the setting <c>ConnectionStrings:NAME</c>.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, string name)
    {
        builder.Resource.ConnectionName = name;
        return new ResourceBuilder<PostgresDatabaseResource>(new(name, builder.Resource));
    }

    /// <summary>
    /// Tells the project where another resource is: a project as <c>services__NAME__http__0</c>, one for each replica that runs
    /// from the start, a connection string as <c>ConnectionStrings__NAME</c>. A server that is neither named nor started is left out.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithReference(
        this IResourceBuilder<ProjectResource> builder, IResourceBuilder<IResource> other)
    {
        builder.Resource.References.Add(other.Resource);
        return builder;
    }

    /// <summary>
    /// Starts the project only when the server or every replica of the project is healthy, as far as the AppHost starts it, and
    /// stops it first.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WaitFor(
        this IResourceBuilder<ProjectResource> builder, IResourceBuilder<IResource> other)
    {
        builder.Resource.WaitsFor.Add(other.Resource);
        return builder;
    }

    /// <summary>Sets an environment variable of the project.</summary>
    public static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> builder, string name, string value) => builder.WithEnvironment(name, _ => value);

    /// <summary>Sets an environment variable of the project, for each replica by its number from 0.</summary>
    public static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> builder, string name, Func<int, string> value)
    {
        builder.Resource.Environment[name] = value;
        return builder;
    }

    /// <summary>Gives the project a key by which the AppHost reads from it also when it asks callers for keys. It is made anew for each run.</summary>
    public static IResourceBuilder<ProjectResource> WithInternalKey(this IResourceBuilder<ProjectResource> builder)
    {
        var key = $"tw_apphost_{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz023456789", 40)}";
        return builder.WithEnvironment(InternalKeySetting, key);
    }

    /// <summary>Hands a setting of the AppHost on to the project, when it is set.</summary>
    public static IResourceBuilder<ProjectResource> WithSetting(this IResourceBuilder<ProjectResource> builder, string key)
    {
        builder.Resource.Settings.Add(key);
        return builder;
    }
}
