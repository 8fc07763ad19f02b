using Microsoft.Extensions.Configuration;
using TicketWorld.ServiceDefaults;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.Tests.ServiceDefaults;

public sealed class DotEnvTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  export A = 1  ", "1")]
    [InlineData("A=", "")]
    [InlineData("A=one two # three", "one two")]
    [InlineData("A=#no value", "")]
    [InlineData("A=x#y", "x#y")]
    [InlineData("A='as # it is\\n'", "as # it is\\n")]
    [InlineData("A=\"line\\nbreak \\\"q\\\" \\\\\" # comment", "line\nbreak \"q\" \\")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("\uFEFFA=1", "1")]
    [InlineData("A=1\r", "1")]
    public void A_line_gives_its_value(string line, string value) => Assert.Equal(value, DotEnv.Parse(".env", [line])["A"]);

    [Fact]
    public void Two_underscores_separate_sections_and_a_later_line_wins()
    {
        var pairs = DotEnv.Parse(".env", ["# a comment", "", "Grains__Concurrency=1", "GRAINS__CONCURRENCY=2"]);
        Assert.Equal("2", Assert.Single(pairs).Value);
        Assert.Equal("Grains:Concurrency", pairs.Keys.Single());
    }

    [Theory]
    [InlineData("just some words")]
    [InlineData("=secret-value")]
    [InlineData("1A=secret-value")]
    [InlineData("A B=secret-value")]
    [InlineData("A=\"secret-value")]
    [InlineData("A='secret-value' more")]
    public void A_malformed_line_is_named_without_its_value(string line)
    {
        var fault = Assert.Throws<StartFaultException>(() => DotEnv.Parse("/x/.env", ["OK=1", line]));
        Assert.StartsWith("/x/.env:2 ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-value", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_stands_above_appsettings_and_below_the_environment_and_the_command_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(".env"), "TW_TEST_A=env-file\nTW_TEST_B=env-file\nTW_TEST_C=env-file\nTW_TEST_D=env-file\n");
        File.WriteAllText(folder.File("appsettings.json"), """{"TW_TEST_A": "json", "TW_TEST_E": "json"}""");
        Environment.SetEnvironmentVariable("TW_TEST_B", "environment");
        Environment.SetEnvironmentVariable("TW_TEST_C", "environment");
        var configuration = new ConfigurationManager();
        configuration.AddJsonFile(folder.File("appsettings.json")).AddEnvironmentVariables().AddCommandLine(["--TW_TEST_C=command line"]);
        DotEnvSource.Insert(configuration, folder.File(".env"));
        Assert.Equal(
            ["env-file", "environment", "command line", "env-file", "json"],
            new[] { "A", "B", "C", "D", "E" }.Select(name => configuration["TW_TEST_" + name]));
    }
}
