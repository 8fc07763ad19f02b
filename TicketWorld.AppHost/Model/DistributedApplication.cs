using TicketWorld.AppHost.Dashboard;
using TicketWorld.AppHost.Logs;
using TicketWorld.AppHost.Processes;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.AppHost.Model;

/// <summary>The application: its resources as running processes, and the dashboard that shows them.</summary>
public sealed class DistributedApplication
{
    private readonly string[] _args;

    internal DistributedApplication(string[] args, IReadOnlyList<IResource> resources) => (_args, Resources) = (args, resources);

    internal IReadOnlyList<IResource> Resources { get; }

    internal static HostDescription Description { get; } = new()
    {
        Name = "apphost",
        Command = "TicketWorld.AppHost",
        Summary = "Starts the TicketWorld API with its silo, watches them, and shows them on a dashboard.",
        PortKey = "DASHBOARD_PORT",
        DefaultPort = 18888,
        KeepsLogFile = false,
        Options =
        [
            new("--port", "N", "APP_PORT", "The API's port on 127.0.0.1 (default 8000)."),
            new("--dashboard-port", "N", "DASHBOARD_PORT", "The dashboard's port on 127.0.0.1 (default 18888)."),
            new("--data", "DIR", "DATA_FOLDER", "Where everything is kept (default .ticketworld in the current folder)."),
            new("--servers", "WHICH", ApplicationPlan.ServersKey, "embedded: no server, everything in the data folder (default). local: starts PostgreSQL and Redis of this machine."),
            new("--silos", "N", "SILOS", "Silos beside the API, 0 to 64 (default 0); they need a database that they share."),
        ],
    };

    /// <summary>Begins the description of an application.</summary>
    public static DistributedApplicationBuilder CreateBuilder(string[] args) => new(args);

    /// <summary>Runs until Ctrl-C, SIGTERM or the end of the parent, and sets the exit code of the process.</summary>
    public void Run() => Environment.ExitCode = RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until Ctrl-C, SIGTERM or the end of the parent.</summary>
    /// <returns>The exit code: 0 after a clean stop, 1 after a start fault, 2 after a wrong command line.</returns>
    public Task<int> RunAsync() => HostRun.RunAsync(Description, _args, BuildHost);

    internal WebApplication BuildHost(string[] args)
    {
        var builder = ServiceDefaultsExtensions.CreateHostBuilder(args);
        builder.AddServiceDefaults(Description);

        var plan = ApplicationPlan.Create(Resources, builder.Configuration, new Settings(builder.Configuration));
        builder.Services.AddSingleton(_ => plan);
        builder.Services.AddSingleton<LogStore>();
        builder.Services.AddSingleton<ConsoleStream>();
        builder.Services.AddSingleton<ResourceBoard>();
        builder.Services.AddHostedService<Orchestrator>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Orchestrator.StopPatience + TimeSpan.FromSeconds(5));
        DashboardEndpoints.AddServices(builder.Services);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        DashboardEndpoints.Map(app);
        return app;
    }
}
