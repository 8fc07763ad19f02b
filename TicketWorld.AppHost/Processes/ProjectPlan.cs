using System.Globalization;
using TicketWorld.AppHost.Model;
using TicketWorld.AppHost.Servers;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Lifetime;

namespace TicketWorld.AppHost.Processes;

/// <summary>Everything that a project can be connected with.</summary>
internal sealed record Wiring(IReadOnlyList<ProjectPlan> Projects, IReadOnlyDictionary<ServerResource, LocalServer> Servers, IConfiguration Configuration)
{
    public ProjectPlan this[ProjectResource project] => Projects.Single(plan => plan.Project == project);
}

/// <summary>A project with its settings read: how often it runs, where, and whether it can be scaled.</summary>
internal sealed class ProjectPlan
{
    /// <summary>Settings that every process gets, wherever the AppHost has them from.</summary>
    private static readonly string[] HandedOn =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS", "LOG_LEVEL", "LOG_FORMAT"];

    private const string RunsGrainsKey = "RUN_GRAINS";

    private readonly int _replicas;
    private readonly string? _refusal;
    private readonly IReadOnlyList<Uri> _addresses;

    private ProjectPlan(ProjectResource project, int replicas, string? refusal, IReadOnlyList<Uri> addresses) =>
        (Project, _replicas, _refusal, _addresses) = (project, replicas, refusal, addresses);

    public ProjectResource Project { get; }

    public static ProjectPlan Read(ProjectResource project, IConfiguration configuration, Settings settings, IReadOnlyList<ServerResource> started)
    {
        var (replicas, refusal) = (project.Replicas, (string?)null);
        if (project.ReplicaSetting is { } scale)
        {
            replicas = settings.Int(scale.Setting, 0, 0, ReplicaSetting.Most);
            var shared = !string.IsNullOrWhiteSpace(configuration.GetConnectionString(scale.Shared.Name)) || (scale.Shared.Server is { } server && started.Contains(server));
            refusal = shared ? null
                : $"several processes cannot share a data folder: they need a database. --servers local starts one, and ConnectionStrings:{scale.Shared.Name} names one that runs already";
            if (replicas > 0 && !shared)
                settings.Fault(scale.Setting, replicas.ToString(CultureInfo.InvariantCulture), $"0, because {refusal}", "0");
        }

        return new(project, replicas, refusal, Addresses(project, replicas, settings));
    }

    public IEnumerable<ProcessPlan> Replicas(Wiring wiring) => Enumerable.Range(0, _replicas).Select(replica => Replica(replica, wiring));

    public ScalablePlan Scalable(Wiring wiring) => new(Project.Name, ReplicaSetting.Most, _refusal, replica => Replica(replica, wiring));

    private static List<Uri> Addresses(ProjectResource project, int replicas, Settings settings)
    {
        if (project.Endpoint is not { } endpoint)
            return [];
        var first = endpoint.Port;
        if (endpoint is { Setting: { } setting, Port: { } fallback })
            first = settings.Int(setting, fallback, 1, 65535 - Math.Max(0, replicas - 1));
        return [.. Enumerable.Range(0, replicas).Select(replica => Address(first + replica ?? LoopbackPorts.Free()))];
    }

    private static Uri Address(int port) => new($"http://127.0.0.1:{port}");

    private string NameOf(int replica) =>
        _replicas == 1 && Project.ReplicaSetting is null ? Project.Name : string.Create(CultureInfo.InvariantCulture, $"{Project.Name}-{replica + 1}");

    private ProcessPlan Replica(int replica, Wiring wiring)
    {
        var address = Project.Endpoint is null ? null : replica < _addresses.Count ? _addresses[replica] : Address(LoopbackPorts.Free());
        return new()
        {
            Name = NameOf(replica),
            Resource = Project.Name,
            Command = ProcessCommand.ForAssembly(Project.Assembly),
            Replica = replica,
            Address = address,
            HealthAddress = address is not null && Project.HealthPath is { } path ? new Uri(address, path) : null,
            WaitsFor = [.. Project.WaitsFor.SelectMany(other => NamesOf(other, wiring))],
            Environment = Variables(replica, address, wiring),
        };
    }

    private static IEnumerable<string> NamesOf(IResource resource, Wiring wiring) => resource switch
    {
        ProjectResource project => Enumerable.Range(0, wiring[project]._replicas).Select(wiring[project].NameOf),
        ServerResource server when wiring.Servers.ContainsKey(server) => [server.Name],
        _ => [],
    };

    private Dictionary<string, string> Variables(int replica, Uri? address, Wiring wiring)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ParentWatch.Variable] = "stdin",
            ["OTEL_SERVICE_NAME"] = Project.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={NameOf(replica)}",
        };
        if (address is not null)
            variables["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        if (Project.GrainsRunIn is { } silo && wiring[silo]._replicas > 0)
            variables[RunsGrainsKey] = "false";
        foreach (var name in HandedOn.Concat(Project.Settings))
        {
            if (wiring.Configuration[name] is { } value)
                variables[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        foreach (var reference in Project.References)
        {
            switch (reference)
            {
                case ProjectResource other:
                    var addresses = wiring[other]._addresses;
                    for (var i = 0; i < addresses.Count; i++)
                        variables[string.Create(CultureInfo.InvariantCulture, $"services__{other.Name}__http__{i}")] = addresses[i].GetLeftPart(UriPartial.Authority);
                    break;
                case IConnectionResource server when ConnectionString(server, wiring) is { } connection:
                    variables[$"ConnectionStrings__{server.Name}"] = connection;
                    break;
            }
        }
        foreach (var (name, value) in Project.Environment)
            variables[name] = value(replica);
        return variables;
    }

    /// <summary>The configured one, or that of the server that is started here; null when a server is neither.</summary>
    private string? ConnectionString(IConnectionResource server, Wiring wiring)
    {
        if (wiring.Configuration.GetConnectionString(server.Name) is { } configured && !string.IsNullOrWhiteSpace(configured))
            return configured;
        if (server.Server is { } local)
            return wiring.Servers.TryGetValue(local, out var started) ? started.ConnectionString : null;
        throw new StartFaultException(
            $"ConnectionStrings:{server.Name} is not set, and {Project.Name} needs it. Set ConnectionStrings__{server.Name} in the environment or in .env.");
    }
}
