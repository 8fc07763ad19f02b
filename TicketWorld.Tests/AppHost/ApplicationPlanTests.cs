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

        Assert.Equal(["silo-0", "silo-1", "api"], plan.Processes.Select(process => process.Name));
        var api = plan.Processes[2];
        Assert.Equal("http://127.0.0.1:8123", api.Environment["ASPNETCORE_URLS"]);
        Assert.Equal("http://127.0.0.1:9100", api.Environment["services__silo__http__0"]);
        Assert.Equal("http://127.0.0.1:9101", api.Environment["services__silo__http__1"]);
        Assert.Equal("Host=db", api.Environment["ConnectionStrings__ticketdb"]);
        Assert.Equal("e0", api.Environment["EXTRA"]);
        Assert.Equal("/data", api.Environment["DATA_FOLDER"]);
        Assert.Equal("api", api.Environment["OTEL_SERVICE_NAME"]);
        Assert.Equal("http://127.0.0.1:4317", api.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal(["silo-0", "silo-1"], api.WaitsFor);
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

    private static ApplicationPlan Plan(DistributedApplicationBuilder builder, params (string Key, string Value)[] pairs)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
        var settings = new Settings(configuration);
        var plan = ApplicationPlan.Create(builder.Build().Projects, configuration, settings);
        settings.ThrowIfFaulty();
        return plan;
    }
}
