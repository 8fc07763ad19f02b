using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Health;

namespace TicketWorld.Api;

/// <summary>The HTTP API with a silo inside.</summary>
internal static class ApiHost
{
    public static HostDescription Description { get; } = new(
        "TicketWorld.Api",
        "Serves the TicketWorld API and runs its grains, with all data in one folder.",
        [
            new("--port", "N", "APP_PORT", "The port on 127.0.0.1 (default 8000)."),
            new("--data", "DIR", "DATA_FOLDER", "Where everything is kept (default .ticketworld in the current folder)."),
        ]);

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("api", "APP_PORT", 8000);
        builder.Services.AddSingleton(new HealthFact("ai_enabled", () => false));

        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }
}
