using TicketWorld.AppHost.Model;

var builder = DistributedApplication.CreateBuilder(args);

builder.AddProject("api", "TicketWorld.Api")
    .WithHttpEndpoint(port: 8000, setting: "APP_PORT")
    .WithHttpHealthCheck("/health")
    .WithSetting("DATA_FOLDER")
    .WithSetting("DATABASE_URL")
    .WithSetting("ConnectionStrings:ticketdb")
    .WithSetting("RUN_GRAINS");

builder.Build().Run();
