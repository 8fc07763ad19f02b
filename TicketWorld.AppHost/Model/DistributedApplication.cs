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

    internal DistributedApplication(string[] args, IReadOnlyList<ProjectResource> projects) => (_args, Projects) = (args, projects);

    internal IReadOnlyList<ProjectResource> Projects { get; }

    internal static HostDescription Description { get; } = new()
    {
        Name = "apphost",
        Command = "TicketWorld.AppHost",
        Summary = "Starts the TicketWorld API with its silo, watches them, and shows them on a dashboard.",
        PortKey = "DASHBOARD_PORT",
        DefaultPort = 18888,
        Options =
        [
            new("--port", "N", "APP_PORT", "The API's port on 127.0.0.1 (default 8000)."),
            new("--dashboard-port", "N", "DASHBOARD_PORT", "The dashboard's port on 127.0.0.1 (default 18888)."),
            new("--data", "DIR", "DATA_FOLDER", "Where everything is kept (default .ticketworld in the current folder)."),
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
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults(Description);

        var settings = new Settings(builder.Configuration);
        var plan = ApplicationPlan.Create(Projects, builder.Configuration, settings);
        settings.ThrowIfFaulty();

        builder.Services.AddSingleton(plan);
        builder.Services.AddSingleton<LogStore>();
        builder.Services.AddSingleton<ConsoleStream>();
        builder.Services.AddSingleton<ResourceBoard>();
        builder.Services.AddHostedService<Orchestrator>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Supervisor.StopPatience + TimeSpan.FromSeconds(5));
        DashboardEndpoints.AddServices(builder.Services);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        DashboardEndpoints.Map(app);
        return app;
    }
}
