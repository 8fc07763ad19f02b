namespace TicketWorld.AppHost.Model;

/// <summary>Something that the application is made of.</summary>
public interface IResource
{
    /// <summary>Lower-case letters, digits and dashes; unique in the application.</summary>
    string Name { get; }
}

/// <summary>Something that a project reaches by a connection string, the setting <c>ConnectionStrings:NAME</c>.</summary>
public interface IConnectionResource : IResource
{
    /// <summary>The server that is started here when the setting names none and <c>--servers local</c> asks for it; null for one that runs elsewhere.</summary>
    ServerResource? Server { get; }
}

/// <summary>A server that runs elsewhere, known by its connection string.</summary>
public sealed class ConnectionStringResource(string name) : IConnectionResource
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public ServerResource? Server => null;
}

/// <summary>A server that the AppHost can start as a private instance.</summary>
public abstract class ServerResource(string name) : IResource
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>The connection string that makes it unnecessary, by its name.</summary>
    internal string ConnectionName { get; set; } = name;
}

/// <summary>A PostgreSQL server with pgvector and the database <c>ticketworld</c>.</summary>
public sealed class PostgresServerResource(string name) : ServerResource(name);

/// <summary>The database of a PostgreSQL server.</summary>
public sealed class PostgresDatabaseResource(string name, PostgresServerResource server) : IConnectionResource
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public ServerResource Server { get; } = server;
}

/// <summary>A Redis server.</summary>
public sealed class RedisResource(string name) : ServerResource(name), IConnectionResource
{
    /// <inheritdoc/>
    public ServerResource Server => this;
}

/// <summary>A project of this solution that the AppHost runs as a process, or as several.</summary>
public sealed class ProjectResource(string name, string assembly) : IResource
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>The name of its assembly, which the build puts beside the AppHost's.</summary>
    public string Assembly { get; } = assembly;

    internal HttpEndpoint? Endpoint { get; set; }

    internal string? HealthPath { get; set; }

    internal int Replicas { get; set; } = 1;

    internal ReplicaSetting? ReplicaSetting { get; set; }

    internal ProjectResource? GrainsRunIn { get; set; }

    internal List<IResource> References { get; } = [];

    internal List<IResource> WaitsFor { get; } = [];

    internal Dictionary<string, Func<int, string>> Environment { get; } = new(StringComparer.Ordinal);

    internal List<string> Settings { get; } = [];
}

/// <summary>Where a project listens.</summary>
/// <param name="Port">The port of the first replica, and the following ones for the others; null takes free ones.</param>
/// <param name="Setting">The setting that changes the port.</param>
internal sealed record HttpEndpoint(int? Port, string? Setting);

/// <summary>A number of replicas that is set at the start and changed while they run.</summary>
/// <param name="Setting">The setting with their number.</param>
/// <param name="Shared">What they must share; without it there can be none.</param>
internal sealed record ReplicaSetting(string Setting, IConnectionResource Shared)
{
    /// <summary>The most replicas.</summary>
    public const int Most = 64;
}
