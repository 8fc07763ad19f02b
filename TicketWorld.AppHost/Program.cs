using TicketWorld.AppHost.Model;

var builder = DistributedApplication.CreateBuilder(args);

var postgres = builder.AddPostgres("postgres");
var tickets = postgres.AddDatabase("ticketdb");
var redis = builder.AddRedis("redis");

var silo = builder.AddProject("silo", "TicketWorld.Silo")
    .WithReplicas(setting: "SILOS", shared: tickets)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(tickets).WaitFor(postgres)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("SILO_NAME", replica => $"silo-{replica + 1}")
    .WithEnvironment("LOG_FILE", "");

builder.AddProject("api", "TicketWorld.Api")
    .WithHttpEndpoint(port: 8000, setting: "APP_PORT")
    .WithHttpHealthCheck("/health")
    .WithReference(tickets).WaitFor(postgres)
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("SILO_NAME", "api")
    .WithInternalKey()
    .WithSetting("LOG_FILE")
    .WithSetting("ALLOWED_HOSTS")
    .WithSetting("CORS_ORIGINS")
    .WithSetting("RATE_LIMIT_PER_MINUTE")
    .WithSetting("DATA_FOLDER")
    .WithSetting("DATABASE_URL")
    .WithSetting("RUN_GRAINS")
    .LeavesGrainsTo(silo);

builder.Build().Run();
