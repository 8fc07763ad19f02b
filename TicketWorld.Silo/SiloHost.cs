using TicketWorld.Grains;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.Silo;

/// <summary>Runs grains without the HTTP API; answers health requests only.</summary>
internal static class SiloHost
{
    public static HostDescription Description { get; } = new()
    {
        Name = "silo",
        Command = "TicketWorld.Silo",
        Summary = "Runs grains of a database that silos share (ConnectionStrings:ticketdb), or of a data folder that no other host holds.",
        PortKey = "SILO_PORT",
        DefaultPort = 8010,
        Options =
        [
            new("--port", "N", "SILO_PORT", "The port of the health endpoints on 127.0.0.1 (default 8010)."),
            new("--name", "NAME", GrainHosting.SiloNameKey, "The silo's name in the list of silos (default: machine and process)."),
            new("--data", "DIR", GrainHosting.FolderKey, "Where everything is kept (default .ticketworld in the current folder)."),
        ],
        StartFaults = [typeof(GrainStoreException), typeof(Worlds.Packs.PackException)],
    };

    public static WebApplication Build(string[] args)
    {
        var builder = ServiceDefaultsExtensions.CreateHostBuilder(args);
        builder.AddServiceDefaults(Description);
        builder.AddGrainHosting();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }
}
