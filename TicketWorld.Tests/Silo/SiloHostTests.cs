using System.Net;
using System.Net.Sockets;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Silo;

public sealed class SiloHostTests
{
    [Fact]
    public async Task A_second_silo_on_the_same_folder_is_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        await using var first = HostProcess.Start("TicketWorld.Silo", folder.Path, ["--port", "0"]);
        await first.LineAsync(line => line.Contains("runs grains", StringComparison.Ordinal));
        await using var second = HostProcess.Start("TicketWorld.Silo", folder.Path, ["--port", "0"]);
        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains(folder.File(".ticketworld"), Assert.Single(Lines(second)), StringComparison.Ordinal);
        Assert.Contains("in use by another process", second.Error, StringComparison.Ordinal);

        first.Terminate();
        Assert.Equal(0, await first.ExitAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_with_the_remedy()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        foreach (var option in new[] { new[] { "--port", $"{port}" }, ["--urls", $"http://localhost:{port}"] })
        {
            await using var silo = HostProcess.Start("TicketWorld.Silo", folder.Path, option);
            Assert.Equal(1, await silo.ExitAsync());
            var line = Assert.Single(silo.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains($"127.0.0.1:{port} is in use", line, StringComparison.Ordinal);
            Assert.Contains("SILO_PORT", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Wrong_settings_stop_the_start_and_name_where_they_stand()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File(".env"), "LOG_LEVEL=loud\nSILO_PORT=70000\nLOG_FORMAT=xml\n");
        await using var silo = HostProcess.Start("TicketWorld.Silo", folder.Path, [], ("SILO_PORT", "70001"));
        Assert.Equal(1, await silo.ExitAsync());
        var lines = Lines(silo);
        Assert.Equal(3, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("LOG_LEVEL is \"loud\" (.env)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("SILO_PORT is \"70001\" (environment)", StringComparison.Ordinal) && line.Contains("from 0 to 65535", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("LOG_FORMAT is \"xml\"", StringComparison.Ordinal) && line.Contains("text, json", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Grains:MaxAttempts", "0", "Grains:MaxAttempts")]
    [InlineData("Grains:MaxAttempts", "many", "Grains:MaxAttempts")]
    [InlineData("Grains:MaxAttemps", "3", "MaxAttemps")]
    [InlineData("Http:Retries", "0", "Http:Retries")]
    [InlineData("name", "a b", "SILO_NAME")]
    [InlineData("ConnectionStrings:ticketdb", "Host=x;Password=hush", "ConnectionStrings:ticketdb")]
    public async Task A_setting_that_this_version_cannot_follow_stops_the_start(string key, string value, string named)
    {
        using var folder = new TemporaryFolder();
        await using var silo = HostProcess.Start("TicketWorld.Silo", folder.Path, [$"--{key}", value]);
        Assert.Equal(1, await silo.ExitAsync());
        Assert.Contains(named, Assert.Single(Lines(silo)), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", silo.Error + silo.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--prot")]
    [InlineData("extra")]
    [InlineData("--port")]
    public async Task A_wrong_command_line_is_a_usage_error(string argument)
    {
        using var folder = new TemporaryFolder();
        await using var silo = HostProcess.Start("TicketWorld.Silo", folder.Path, [argument]);
        Assert.Equal(2, await silo.ExitAsync());
        Assert.Contains(argument, Assert.Single(Lines(silo)), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static string[] Lines(HostProcess process) =>
        (process.Error + process.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
