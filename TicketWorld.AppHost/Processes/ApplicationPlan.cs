using System.Net;
using System.Net.Sockets;
using TicketWorld.AppHost.Model;
using TicketWorld.AppHost.Servers;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.AppHost.Processes;

/// <summary>One process to run: a server, or a replica of a project, with everything that it is started with.</summary>
internal sealed record ProcessPlan
{
    public required string Name { get; init; }

    public required string Resource { get; init; }

    public required ProcessCommand Command { get; init; }

    /// <summary>From 0.</summary>
    public required int Replica { get; init; }

    /// <summary>Null for a project without an endpoint.</summary>
    public required Uri? Address { get; init; }

    /// <summary>Null for a project without a health check; it counts as healthy while it runs.</summary>
    public Uri? HealthAddress { get; init; }

    /// <summary>Tells whether a server answers; null for a project.</summary>
    public Func<CancellationToken, Task<bool>>? Check { get; init; }

    /// <summary>The names of the processes that must be healthy before this one starts, and that stop after it.</summary>
    public required IReadOnlyList<string> WaitsFor { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}

/// <summary>A project whose number of replicas can be changed while they run.</summary>
/// <param name="Resource">The project's name.</param>
/// <param name="Most">The most replicas.</param>
/// <param name="Refusal">Why there can be none; null when there can.</param>
/// <param name="Replica">The plan of a replica by its number from 0.</param>
internal sealed record ScalablePlan(string Resource, int Most, string? Refusal, Func<int, ProcessPlan> Replica);

/// <summary>
/// The described application with its servers chosen, its replicas spelled out, ports chosen and environment variables
/// filled in. The names of the variables are those of .NET Aspire, so that a host cannot tell which of the two started it.
/// </summary>
internal sealed record ApplicationPlan : IDisposable
{
    /// <summary>The setting that says which servers are used when no connection string names them.</summary>
    public const string ServersKey = "SERVERS";

    private const string DataFolderKey = "DATA_FOLDER";

    private static readonly IReadOnlyDictionary<string, bool> StartsServers =
        new Dictionary<string, bool>(StringComparer.Ordinal) { ["embedded"] = false, ["local"] = true };

    private readonly IDisposable? _servers;

    private ApplicationPlan(IDisposable? servers) => _servers = servers;

    public required IReadOnlyList<ProcessPlan> Processes { get; init; }

    public required IReadOnlyList<ScalablePlan> Scalable { get; init; }

    /// <summary>The names of all resources that can have processes, in the order of their description.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <exception cref="StartFaultException">A setting is wrong, or a server that is to be started is not on this machine.</exception>
    public static ApplicationPlan Create(IReadOnlyList<IResource> resources, IConfiguration configuration, Settings settings)
    {
        var started = settings.Choice(ServersKey, "embedded", StartsServers)
            ? resources.OfType<ServerResource>().Where(server => string.IsNullOrWhiteSpace(configuration.GetConnectionString(server.ConnectionName))).ToList()
            : [];
        var projects = resources.OfType<ProjectResource>().Select(project => ProjectPlan.Read(project, configuration, settings, started)).ToList();
        settings.ThrowIfFaulty();

        var folder = configuration[DataFolderKey] is { Length: > 0 } set ? set : ".ticketworld";
        var servers = started.Count == 0 ? null : LocalServers.Take(folder);
        try
        {
            return Create(resources, projects, started.ToDictionary(server => server, server => servers!.Prepare(server)), configuration, servers);
        }
        catch
        {
            servers?.Dispose();
            throw;
        }
    }

    /// <summary>Stops the start when a program was not built.</summary>
    public void CheckPrograms()
    {
        foreach (var process in Processes.Where(process => !File.Exists(process.Command.Program)))
            throw new StartFaultException($"{process.Name} cannot start: {process.Command.Program} does not exist. Reference its project in the AppHost's and build the solution.");
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

    public void Dispose() => _servers?.Dispose();

    private static ApplicationPlan Create(
        IReadOnlyList<IResource> resources, IReadOnlyList<ProjectPlan> projects, Dictionary<ServerResource, LocalServer> servers,
        IConfiguration configuration, IDisposable? held)
    {
        var wiring = new Wiring(projects, servers, configuration);
        var processes = resources.SelectMany(resource => resource switch
        {
            ServerResource server when servers.TryGetValue(server, out var local) => [Plan(server, local)],
            ProjectResource project => projects.Single(plan => plan.Project == project).Replicas(wiring),
            _ => Enumerable.Empty<ProcessPlan>(),
        });
        return new(held)
        {
            Processes = [.. processes],
            Scalable = [.. projects.Where(plan => plan.Project.ReplicaSetting is not null).Select(plan => plan.Scalable(wiring))],
            Resources = [.. resources.Select(resource => resource.Name)],
        };
    }

    private static ProcessPlan Plan(ServerResource server, LocalServer local) => new()
    {
        Name = server.Name,
        Resource = server.Name,
        Command = local.Command,
        Replica = 0,
        Address = local.Address,
        Check = local.Check,
        WaitsFor = [],
        Environment = new Dictionary<string, string>(),
    };
}
