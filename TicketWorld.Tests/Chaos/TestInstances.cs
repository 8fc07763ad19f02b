using System.Diagnostics;
using Npgsql;
using TicketWorld.Tests.Grains.Runtime;

namespace TicketWorld.Tests.Chaos;

/// <summary>The private servers of <c>eng/servers.sh run</c>, which a chaos run ends and starts.</summary>
internal static class TestInstances
{
    public static string Redis => Environment.GetEnvironmentVariable("TICKETWORLD_TEST_REDIS") ?? "";

    /// <summary>The connection string of the database, its port replaced by that of a proxy.</summary>
    public static string Database(string schema, int? port = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(TestServers.PostgresConnectionString) { SearchPath = schema };
        settings.Port = port ?? settings.Port;
        return settings.ConnectionString;
    }

    public static int PostgresPort => new NpgsqlConnectionStringBuilder(TestServers.PostgresConnectionString).Port;

    /// <summary>Runs <c>eng/servers.sh control</c>.</summary>
    public static async Task ControlAsync(params string[] action)
    {
        using var control = Process.Start("bash", [Path.Combine(Repository.Folder, "eng", "servers.sh"), "control", .. action]);
        await control.WaitForExitAsync();
        if (control.ExitCode != 0)
            throw new InvalidOperationException($"servers.sh control {string.Join(' ', action)} ended with {control.ExitCode}.");
    }
}
