using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TicketWorld.AppHost.Model;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Lifetime;

namespace TicketWorld.AppHost.Processes;

/// <summary>One process to run: a replica of a project with everything that it is started with.</summary>
internal sealed record ProcessPlan
{
    public required string Name { get; init; }

    public required string Resource { get; init; }

    /// <summary>The assembly to run. The build puts it beside the AppHost's own.</summary>
    public required string Program { get; init; }

    public required int Replica { get; init; }

    /// <summary>Null for a project without an endpoint.</summary>
    public required Uri? Address { get; init; }

    /// <summary>Null for a project without a health check; it counts as healthy while it runs.</summary>
    public required Uri? HealthAddress { get; init; }

    /// <summary>The names of the processes that must be healthy before this one starts.</summary>
    public required IReadOnlyList<string> WaitsFor { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}

/// <summary>
/// The described application with its replicas spelled out, ports chosen and environment variables filled in.
/// The names of the variables are those of .NET Aspire, so that a host cannot tell which of the two started it.
/// </summary>
internal sealed record ApplicationPlan(IReadOnlyList<ProcessPlan> Processes)
{
    /// <summary>Settings that every process gets, wherever the AppHost has them from.</summary>
    private static readonly string[] HandedOn =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS", "LOG_LEVEL", "LOG_FORMAT"];

    public static ApplicationPlan Create(IReadOnlyList<ProjectResource> projects, IConfiguration configuration, Settings settings)
    {
        var addresses = projects.ToDictionary(project => project, project => Addresses(project, settings));
        var plans =
            from project in projects
            from replica in Enumerable.Range(0, project.Replicas)
            let address = addresses[project].ElementAtOrDefault(replica)
            select new ProcessPlan
            {
                Name = NameOf(project, replica),
                Resource = project.Name,
                Program = Path.Combine(AppContext.BaseDirectory, project.Assembly + ".dll"),
                Replica = replica,
                Address = address,
                HealthAddress = address is not null && project.HealthPath is { } path ? new Uri(address, path) : null,
                WaitsFor = [.. project.WaitsFor.SelectMany(other => Enumerable.Range(0, other.Replicas).Select(n => NameOf(other, n)))],
                Environment = Variables(project, replica, address, addresses, configuration),
            };
        return new([.. plans]);
    }

    /// <summary>Stops the start when a program was not built.</summary>
    public void CheckPrograms()
    {
        foreach (var process in Processes.Where(process => !File.Exists(process.Program)))
            throw new StartFaultException($"{process.Name} cannot start: {process.Program} does not exist. Reference its project in the AppHost's and build the solution.");
    }

    /// <summary>Stops the start when a port that is to be handed to a resource is taken already.</summary>
    public void CheckPorts()
    {
        foreach (var process in Processes)
        {
            if (process.Address is not { } address)
                continue;
            var endpoint = new IPEndPoint(IPAddress.Loopback, address.Port);
            try
            {
                using var probe = new TcpListener(endpoint);
                probe.Start();
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new StartFaultException(
                    $"The address {endpoint}, meant for {process.Name}, is in use by another process. Stop that process, or choose another port: APP_PORT for the API.", exception);
            }
        }
    }

    private static string NameOf(ProjectResource project, int replica) =>
        project.Replicas == 1 ? project.Name : $"{project.Name}-{replica}";

    private static List<Uri> Addresses(ProjectResource project, Settings settings)
    {
        if (project.Endpoint is not { } endpoint)
            return [];
        var first = endpoint.Port;
        if (endpoint is { Setting: { } setting, Port: { } fallback })
            first = settings.Int(setting, fallback, 1, 65535 - project.Replicas + 1);
        return [.. Enumerable.Range(0, project.Replicas).Select(replica => new Uri($"http://127.0.0.1:{first + replica ?? FreePort()}"))];
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static Dictionary<string, string> Variables(
        ProjectResource project, int replica, Uri? address, Dictionary<ProjectResource, List<Uri>> addresses, IConfiguration configuration)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ParentWatch.Variable] = "stdin",
            ["OTEL_SERVICE_NAME"] = project.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={NameOf(project, replica)}",
        };
        if (address is not null)
            variables["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        foreach (var name in HandedOn.Concat(project.Settings))
        {
            if (configuration[name] is { } value)
                variables[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        foreach (var reference in project.References)
        {
            switch (reference)
            {
                case ProjectResource other:
                    for (var i = 0; i < addresses[other].Count; i++)
                        variables[string.Create(CultureInfo.InvariantCulture, $"services__{other.Name}__http__{i}")] = addresses[other][i].GetLeftPart(UriPartial.Authority);
                    break;
                case ConnectionStringResource server:
                    variables[$"ConnectionStrings__{server.Name}"] = configuration.GetConnectionString(server.Name)
                        ?? throw new StartFaultException(
                            $"ConnectionStrings:{server.Name} is not set, and {project.Name} needs it. Set ConnectionStrings__{server.Name} in the environment or in .env.");
                    break;
            }
        }
        foreach (var (name, value) in project.Environment)
            variables[name] = value(replica);
        return variables;
    }
}
