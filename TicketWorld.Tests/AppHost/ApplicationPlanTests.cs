using Microsoft.Extensions.Configuration;
using TicketWorld.AppHost.Model;
using TicketWorld.AppHost.Processes;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.Tests.AppHost;

public sealed class ApplicationPlanTests
{
    [Fact]
    public void References_become_the_environment_variables_of_Aspire()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var database = builder.AddConnectionString("ticketdb");
        var silo = builder.AddProject("silo", "TicketWorld.Silo").WithHttpEndpoint(port: 9100).WithReplicas(2).WithReference(database);
        builder.AddProject("api", "TicketWorld.Api").WithHttpEndpoint(port: 8000, setting: "APP_PORT")
            .WithReference(silo).WithReference(database).WaitFor(silo).WithEnvironment("EXTRA", n => $"e{n}").WithSetting("DATA_FOLDER");
        var plan = Plan(builder, ("ConnectionStrings:ticketdb", "Host=db"), ("APP_PORT", "8123"), ("DATA_FOLDER", "/data"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317"));

        Assert.Equal(["silo-1", "silo-2", "api"], plan.Processes.Select(process => process.Name));
        var api = plan.Processes[2];
        Assert.Equal("http://127.0.0.1:8123", api.Environment["ASPNETCORE_URLS"]);
        Assert.Equal("http://127.0.0.1:9100", api.Environment["services__silo__http__0"]);
        Assert.Equal("http://127.0.0.1:9101", api.Environment["services__silo__http__1"]);
        Assert.Equal("Host=db", api.Environment["ConnectionStrings__ticketdb"]);
        Assert.Equal("e0", api.Environment["EXTRA"]);
        Assert.Equal("/data", api.Environment["DATA_FOLDER"]);
        Assert.Equal("api", api.Environment["OTEL_SERVICE_NAME"]);
        Assert.Equal("http://127.0.0.1:4317", api.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal(["silo-1", "silo-2"], api.WaitsFor);
        Assert.Equal("Host=db", plan.Processes[1].Environment["ConnectionStrings__ticketdb"]);
        Assert.False(plan.Processes[0].Environment.ContainsKey("DATA_FOLDER"));
    }

    [Fact]
    public void Replicas_without_a_port_get_free_ones_each_its_own()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddProject("silo", "TicketWorld.Silo").WithHttpEndpoint().WithReplicas(3);
        Assert.Equal(3, Plan(builder).Processes.Select(process => process.Address!.Port).Distinct().Count());
    }

    [Fact]
    public void A_missing_connection_string_names_its_setting()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddProject("api", "TicketWorld.Api").WithReference(builder.AddConnectionString("redis"));
        Assert.Contains("ConnectionStrings__redis", Assert.Throws<StartFaultException>(() => Plan(builder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_database_silos_run_beside_an_api_that_leaves_the_grains_to_them()
    {
        var plan = Plan(Whole(), ("ConnectionStrings:ticketdb", "Host=db"), ("ConnectionStrings:redis", "cache:6379"), ("SERVERS", "local"), ("SILOS", "2"));
        Assert.Equal(["silo-1", "silo-2", "api"], plan.Processes.Select(process => process.Name));
        Assert.All(plan.Processes, process => Assert.Equal("Host=db", process.Environment["ConnectionStrings__ticketdb"]));
        Assert.All(plan.Processes, process => Assert.Equal("cache:6379", process.Environment["ConnectionStrings__redis"]));
        Assert.All(plan.Processes, process => Assert.Empty(process.WaitsFor));
        Assert.Equal("false", plan.Processes[2].Environment["RUN_GRAINS"]);
        Assert.Equal(2, plan.Processes.Take(2).Select(process => process.Address!.Port).Distinct().Count());

        var scalable = Assert.Single(plan.Scalable);
        Assert.Null(scalable.Refusal);
        var third = scalable.Replica(2);
        Assert.Equal(("silo-3", "silo-3"), (third.Name, third.Environment["SILO_NAME"]));
        Assert.DoesNotContain(third.Address, plan.Processes.Select(process => process.Address));
    }

    [Fact]
    public void The_api_runs_grains_when_there_are_no_silos_or_when_it_is_told_to()
    {
        Assert.False(Plan(Whole(), ("ConnectionStrings:ticketdb", "Host=db")).Processes[0].Environment.ContainsKey("RUN_GRAINS"));
        var told = Plan(Whole(), ("ConnectionStrings:ticketdb", "Host=db"), ("SILOS", "1"), ("RUN_GRAINS", "true"));
        Assert.Equal("true", told.Processes.Single(process => process.Name == "api").Environment["RUN_GRAINS"]);
    }

    [Fact]
    public void By_default_there_is_the_api_alone_and_a_reason_why_it_cannot_be_scaled()
    {
        var plan = Plan(Whole());
        var api = Assert.Single(plan.Processes);
        Assert.Equal(("api", 0), (api.Name, api.WaitsFor.Count));
        Assert.DoesNotContain(api.Environment.Keys, key => key.StartsWith("ConnectionStrings", StringComparison.Ordinal) || key == "RUN_GRAINS");
        Assert.Contains("--servers local", Assert.Single(plan.Scalable).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SILOS", "2", "--servers local")]
    [InlineData("SILOS", "65", "0 to 64")]
    [InlineData("SILOS", "-1", "0 to 64")]
    [InlineData("SILOS", "many", "0 to 64")]
    [InlineData("SERVERS", "remote", "embedded, local")]
    public void Silos_and_servers_that_cannot_be_stop_the_start(string key, string value, string expected)
    {
        var message = Assert.Throws<StartFaultException>(() => Plan(Whole(), (key, value))).Message;
        Assert.Contains($"{key} is \"{value}\"", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_was_not_built_is_named()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddProject("api", "TicketWorld.Nothing");
        Assert.Contains("TicketWorld.Nothing.dll", Assert.Throws<StartFaultException>(Plan(builder).CheckPrograms).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("Api")]
    [InlineData("a b")]
    [InlineData("")]
    public void A_name_must_be_plain_and_unique(string name)
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddProject("api", "TicketWorld.Api");
        Assert.Throws<ArgumentException>(() => builder.AddProject(name, "TicketWorld.Api"));
    }

    [Fact]
    public void The_pause_after_failures_doubles_up_to_half_a_minute() =>
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], new[] { 1, 2, 3, 4, 5, 6, 60 }.Select(failures => (int)Supervisor.PauseAfter(failures).TotalSeconds));

    /// <summary>Servers, silos and API as the AppHost's own program describes them.</summary>
    private static DistributedApplicationBuilder Whole()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var postgres = builder.AddPostgres("postgres");
        var tickets = postgres.AddDatabase("ticketdb");
        var redis = builder.AddRedis("redis");
        var silo = builder.AddProject("silo", "TicketWorld.Silo").WithReplicas(setting: "SILOS", shared: tickets).WithHttpEndpoint()
            .WithReference(tickets).WaitFor(postgres).WithReference(redis).WaitFor(redis).WithEnvironment("SILO_NAME", replica => $"silo-{replica + 1}");
        builder.AddProject("api", "TicketWorld.Api").WithReference(tickets).WaitFor(postgres).WithReference(redis).WaitFor(redis)
            .WithSetting("RUN_GRAINS").LeavesGrainsTo(silo);
        return builder;
    }

    private static ApplicationPlan Plan(DistributedApplicationBuilder builder, params (string Key, string Value)[] pairs)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
        return ApplicationPlan.Create(builder.Build().Resources, configuration, new Settings(configuration));
    }
}
