namespace TicketWorld.AppHost.Model;

/// <summary>Something that the application is made of.</summary>
public interface IResource
{
    /// <summary>Lower-case letters, digits and dashes; unique in the application.</summary>
    string Name { get; }
}

/// <summary>A server that runs elsewhere, known by its connection string.</summary>
public sealed class ConnectionStringResource(string name) : IResource
{
    /// <inheritdoc/>
    public string Name { get; } = name;
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

    internal List<IResource> References { get; } = [];

    internal List<ProjectResource> WaitsFor { get; } = [];

    internal Dictionary<string, Func<int, string>> Environment { get; } = new(StringComparer.Ordinal);

    internal List<string> Settings { get; } = [];
}

/// <summary>Where a project listens.</summary>
/// <param name="Port">The port of the first replica, and the following ones for the others; null takes free ones.</param>
/// <param name="Setting">The setting that changes the port.</param>
internal sealed record HttpEndpoint(int? Port, string? Setting);
