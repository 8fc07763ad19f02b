using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace TicketWorld.Tests.Deployment;

/// <summary>What can be said of compose.yaml and the Dockerfile without an engine that runs them.</summary>
public sealed class ComposeTests
{
    private static readonly string Root = FindRoot();
    private readonly Dictionary<object, object> _services = Map(Read()["services"]);

    [Fact]
    public void Hosts_get_settings_that_exist_and_loopback_addresses_alone()
    {
        var documented = File.ReadAllText(Path.Combine(Root, "docs", "configuration.md"));
        foreach (var host in new[] { "api", "silo" })
        {
            var service = Map(_services[host]);
            Assert.Equal("host", service["network_mode"]);
            var environment = Map(service["environment"]);
            Assert.Contains("ConnectionStrings__ticketdb", environment.Keys);
            Assert.All(environment.Keys, key => Assert.Contains($"`{((string)key).Replace("__", ":", StringComparison.Ordinal)}`", documented, StringComparison.Ordinal));
            Assert.DoesNotContain(environment.Values, value => ((string)value).Contains("0.0.0.0", StringComparison.Ordinal));
            // Filled in as compose does.
            var connection = new Npgsql.NpgsqlConnectionStringBuilder(Defaults((string)environment["ConnectionStrings__ticketdb"]));
            Assert.Equal(("127.0.0.1", 5432, "secret"), (connection.Host, connection.Port, connection.Password));
        }
        Assert.Equal("false", Map(Map(_services["api"])["environment"])["RUN_GRAINS"]);
        Assert.Equal("0", Map(Map(_services["silo"])["environment"])["SILO_PORT"]);
        foreach (var server in new[] { "postgres", "redis" })
            Assert.All((List<object>)Map(_services[server])["ports"], port => Assert.StartsWith("127.0.0.1:", (string)port, StringComparison.Ordinal));
    }

    [Fact]
    public void Images_are_built_from_targets_and_paths_that_exist_and_do_not_run_as_root()
    {
        var file = File.ReadAllText(Path.Combine(Root, "Dockerfile"));
        var stages = ("\n" + file).Split("\nFROM ").Skip(1).ToDictionary(stage => Single(stage, @"^\S+ AS (?<found>\w+)"));
        foreach (var host in new[] { "api", "silo" })
        {
            var stage = stages[(string)Map(Map(_services[host])["build"])["target"]];
            Assert.Contains("USER $APP_UID", stage, StringComparison.Ordinal);
            var program = Single(stage, "ENTRYPOINT \\[\"dotnet\", \"(?<found>.+)\\.dll\"\\]");
            Assert.True(File.Exists(Path.Combine(Root, program, program + ".csproj")), program);
            Assert.Contains($"dotnet publish {program} ", stages["build"], StringComparison.Ordinal);
        }
        var copied = All(stages["build"], @"^COPY (?<found>.+) \S+$").SelectMany(paths => paths.Split(' ')).ToList();
        Assert.Contains("TicketWorld.Worlds/", copied);
        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(Root, path)), path));
        // Every project that the published ones refer to is copied.
        var references = copied.Where(path => path.StartsWith("TicketWorld.", StringComparison.Ordinal))
            .SelectMany(path => All(File.ReadAllText(Directory.GetFiles(Path.Combine(Root, path), "*.csproj").Single()), "ProjectReference Include=\"\\.\\./(?<found>[^/]+)/"))
            .Select(reference => reference + "/").Distinct();
        Assert.All(references, reference => Assert.Contains(reference, copied));
    }

    private static Dictionary<object, object> Read() =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(
            new MergingParser(new Parser(new StringReader(File.ReadAllText(Path.Combine(Root, "compose.yaml"))))));

    private static Dictionary<object, object> Map(object value) => Assert.IsType<Dictionary<object, object>>(value);

    /// <summary>A value as compose fills it in when only the password is set.</summary>
    private static string Defaults(string value) => Regex.Replace(
        Regex.Replace(value, @"\$\{\w+:-(?<fallback>[^}]*)\}", "${fallback}", RegexOptions.NonBacktracking), @"\$\{\w+:\?[^}]*\}", "secret", RegexOptions.NonBacktracking);

    private static string Single(string text, string pattern) => Assert.Single(All(text, pattern));

    /// <summary>The group <c>found</c> of every match; <c>^</c> and <c>$</c> are ends of lines.</summary>
    private static IEnumerable<string> All(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.Multiline | RegexOptions.NonBacktracking).Select(match => match.Groups["found"].Value);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "compose.yaml")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
