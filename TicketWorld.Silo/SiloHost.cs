using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.Silo;

/// <summary>Runs grains without the HTTP API; answers health requests only.</summary>
internal static class SiloHost
{
    public static HostDescription Description { get; } = new(
        "TicketWorld.Silo",
        "Runs grains against a data folder that no other host holds, without the HTTP API.",
        [
            new("--port", "N", "SILO_PORT", "The port of the health endpoints on 127.0.0.1 (default 8010)."),
            new("--data", "DIR", "DATA_FOLDER", "Where everything is kept (default .ticketworld in the current folder)."),
        ]);

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("silo", "SILO_PORT", 8010);

        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }
}
