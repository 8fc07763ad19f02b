using System.CommandLine;
using System.CommandLine.Help;
using TicketWorld.Cli;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Cli;

/// <summary>What holds for every command, found by walking the command tree: help, and refusals that are no dump.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class EveryCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Paths => [.. Walk(CommandLine.Root(), []).Select(c => string.Join(' ', c.Path))];

    private string Nonsense => _folder.File("no such thing");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Help_is_given(string path)
    {
        foreach (var help in (string[])["--help", "-h", "-?"])
        {
            var (exit, output, error) = await ConsoleCapture.RunAsync([.. Words(path), help]);
            Assert.Equal((0, ""), (exit, error));
            Assert.Contains("Usage:", output, StringComparison.Ordinal);
            Assert.All(Named(path).Options, o => Assert.Contains(o.Name, output, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Arguments_that_name_nothing_are_refused(string path)
    {
        // This one makes the folder that its argument names.
        if (path == "rules")
            return;
        var command = Named(path);
        string[] values = [.. command.Arguments.Select(_ => Nonsense), .. command.Options.Where(o => o.Name.StartsWith("--pack", StringComparison.Ordinal)).SelectMany(o => new[] { o.Name, Nonsense })];
        var seen = await ConsoleCapture.RunAsync([.. Words(path), .. values]);
        Assert.True(seen.Exit is CommandLine.Failed or CommandLine.WrongUsage, $"exit {seen.Exit}: {seen.Output}");
        AssertTold(seen);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    /// <summary>The unknown option keeps a command from running where the nonsense suits it.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Wrong_usage_is_refused(string path)
    {
        var command = Named(path);
        string[][] wrong =
        [
            [],
            ["\0", "", "  "],
            ["a", "b", "c", "d", "e"],
            .. command.Options.Where(o => o is not (HelpOption or VersionOption)).SelectMany(o => new string[][] { [o.Name], [o.Name, "%nonsense%"], [o.Name, ""], [o.Name, "-1"], [o.Name, "99999999999999999999"], [o.Name, "1", o.Name, "2"] }),
        ];
        foreach (var arguments in wrong)
        {
            var seen = await ConsoleCapture.RunAsync([.. Words(path), .. command.Arguments.Select(_ => Nonsense), "--no-such-option", .. arguments]);
            Assert.True(seen.Exit == CommandLine.WrongUsage, $"{string.Join(' ', arguments)}: exit {seen.Exit}: {seen.Output}{seen.Error}");
            AssertTold(seen);
        }
    }

    [Fact]
    public async Task What_no_command_foresees_is_told_in_one_line()
    {
        var command = new Command("break", "Throws.");
        command.SetAction((Func<ParseResult, int>)(_ => throw new InvalidTimeZoneException("first\nsecond")));
        var (exit, output, error) = await ConsoleCapture.RunAsync(new RootCommand { command }, "break");
        Assert.Equal((CommandLine.Failed, ""), (exit, output));
        Assert.Contains("unexpected InvalidTimeZoneException: first second", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static void AssertTold(CommandResult seen)
    {
        var all = seen.Output + seen.Error;
        Assert.DoesNotContain("   at ", all, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", all, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(all));
    }

    private static string[] Words(string path) => path.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Command Named(string path) => Walk(CommandLine.Root(), []).Single(c => string.Join(' ', c.Path) == path).Command;

    private static IEnumerable<(string[] Path, Command Command)> Walk(Command command, string[] path) =>
        command.Subcommands.SelectMany(c => Walk(c, [.. path, c.Name])).Prepend((path, command));
}
