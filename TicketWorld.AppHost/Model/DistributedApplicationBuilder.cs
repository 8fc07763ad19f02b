namespace TicketWorld.AppHost.Model;

/// <summary>Collects the resources of the application.</summary>
public sealed class DistributedApplicationBuilder
{
    private readonly string[] _args;
    private readonly List<IResource> _resources = [];

    internal DistributedApplicationBuilder(string[] args) => _args = args;

    /// <summary>Adds a project of this solution.</summary>
    /// <param name="name">Its name in logs, on the dashboard and in service discovery.</param>
    /// <param name="assembly">The name of its assembly.</param>
    public IResourceBuilder<ProjectResource> AddProject(string name, string assembly) => Add(new ProjectResource(name, assembly));

    /// <summary>Adds a PostgreSQL server, which is started when <c>--servers local</c> asks for it and no connection string names another.</summary>
    public IResourceBuilder<PostgresServerResource> AddPostgres(string name) => Add(new PostgresServerResource(name));

    /// <summary>Adds a Redis server, which is started when <c>--servers local</c> asks for it and no connection string names another.</summary>
    public IResourceBuilder<RedisResource> AddRedis(string name) => Add(new RedisResource(name));

    /// <summary>Adds a server that runs elsewhere; its connection string is the setting <c>ConnectionStrings:NAME</c>.</summary>
    public IResourceBuilder<ConnectionStringResource> AddConnectionString(string name) =>
        new ResourceBuilder<ConnectionStringResource>(new ConnectionStringResource(name));

    /// <summary>Closes the description.</summary>
    public DistributedApplication Build() => new(_args, [.. _resources]);

    private ResourceBuilder<T> Add<T>(T resource) where T : IResource
    {
        var name = resource.Name;
        if (name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"The resource name \"{name}\" is not made of lower-case letters, digits and dashes.", nameof(resource));
        if (_resources.Exists(other => other.Name == name))
            throw new ArgumentException($"There are two resources named \"{name}\". Give each its own name.", nameof(resource));
        _resources.Add(resource);
        return new(resource);
    }
}
