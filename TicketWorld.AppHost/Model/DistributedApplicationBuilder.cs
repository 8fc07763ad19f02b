namespace TicketWorld.AppHost.Model;

/// <summary>Collects the resources of the application.</summary>
public sealed class DistributedApplicationBuilder
{
    private readonly string[] _args;
    private readonly List<ProjectResource> _projects = [];

    internal DistributedApplicationBuilder(string[] args) => _args = args;

    /// <summary>Adds a project of this solution.</summary>
    /// <param name="name">Its name in logs, on the dashboard and in service discovery.</param>
    /// <param name="assembly">The name of its assembly.</param>
    public IResourceBuilder<ProjectResource> AddProject(string name, string assembly)
    {
        if (name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"The resource name \"{name}\" is not made of lower-case letters, digits and dashes.", nameof(name));
        if (_projects.Exists(project => project.Name == name))
            throw new ArgumentException($"There are two resources named \"{name}\". Give each its own name.", nameof(name));
        var project = new ProjectResource(name, assembly);
        _projects.Add(project);
        return new ResourceBuilder<ProjectResource>(project);
    }

    /// <summary>Adds a server that runs elsewhere; its connection string is the setting <c>ConnectionStrings:NAME</c>.</summary>
    public IResourceBuilder<ConnectionStringResource> AddConnectionString(string name) =>
        new ResourceBuilder<ConnectionStringResource>(new ConnectionStringResource(name));

    /// <summary>Closes the description.</summary>
    public DistributedApplication Build() => new(_args, [.. _projects]);
}
