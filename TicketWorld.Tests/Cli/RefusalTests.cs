using TicketWorld.ServiceDefaults.Health;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Tests.Cli;

/// <summary>What a command cannot do it says in a line, with the remedy in another, and it makes nothing.</summary>
[Collection(ConsoleTestGroup.Name)]
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("There is no command 'genrate'.", "Did you mean 'generate'?", "genrate")]
    [InlineData("There is no command 'to-sqllite'.", "Did you mean 'to-sqlite'?", "to-sqllite", "set")]
    [InlineData("There is no command 'zzz'.", "Try 'ticketworld --help'.", "zzz")]
    [InlineData("'--ticket'", "Did you mean '--tickets'?", "generate", "--ticket", "5")]
    public async Task A_word_that_is_not_known_is_told_with_the_nearest_one(string problem, string remedy, params string[] arguments)
    {
        var (exit, output, error) = await ConsoleCapture.RunAsync(arguments);
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("ticketworld: ", error, StringComparison.Ordinal);
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.Contains("\n" + remedy, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Required command", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "There is no folder")]
    [InlineData("empty", "holds no set")]
    [InlineData("file.txt", "is a file, and a set is a folder")]
    public async Task Where_there_is_no_set_there_is_nothing_to_verify(string path, string problem)
    {
        MakePlaces();
        await AssertRefused([problem, "ticketworld generate makes one"], "verify", _folder.File(path));
        await AssertRefused([problem, "ticketworld generate makes one"], "stats", _folder.File(path));
    }

    [Theory]
    [InlineData("nowhere/x", "There is no folder", "Make the folder first")]
    [InlineData("empty", "is a folder, and a file is to be written", "Name a file")]
    public async Task A_file_that_cannot_be_where_it_is_asked_for_is_refused(string path, string problem, string remedy)
    {
        MakePlaces();
        await MakeSet();
        foreach (var command in (string[])["to-sqlite", "dilute"])
            await AssertRefused([problem, remedy], command, _folder.File("set"), "--output", _folder.File(path));
        await AssertRefused([problem, remedy], "graph", "technest", "--output", _folder.File(path));
        Assert.False(Directory.Exists(_folder.File("nowhere")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_where_it_is_asked_for_is_refused()
    {
        MakePlaces();
        await MakeSet();
        var file = _folder.File("file.txt");
        await AssertRefused(["is a file, and a folder is to be written", "--output-dir"], "generate", "--tickets", "5", "--output-dir", file);
        await AssertRefused(["is a file, and a folder is to be written", "--output-dir"], "audit", _folder.File("set"), "--output-dir", file);
        await AssertRefused(["is a file, and a folder is to be written", "--output"], "export", _folder.File("set"), "--output", file);
        await AssertRefused(["is a file, and a folder is to be written", "--output"], "schema", "--output", file);
        await AssertRefused([$"cannot be made in {file}", "Name another folder with --output-dir"], "generate", "--tickets", "5", "--output-dir", Path.Combine(file, "below"));
    }

    /// <summary>A path that SQLite cannot open: the records are not at fault.</summary>
    [Fact]
    public async Task A_database_that_cannot_be_opened_is_not_laid_to_the_records()
    {
        await MakeSet();
        // No permission binds root, so it is sent where the system itself lets nobody create anything.
        var folder = Environment.IsPrivilegedProcess ? "/proc" : _folder.File("read-only");
        if (!Environment.IsPrivilegedProcess)
            new DirectoryInfo(Directory.CreateDirectory(folder).FullName).Attributes |= FileAttributes.ReadOnly;
        await AssertRefused(["cannot be written", "Check the folder's permissions"], "to-sqlite", _folder.File("set"), "--output", Path.Combine(folder, "x.db"));
    }

    [Fact]
    public async Task The_command_and_the_interface_report_one_version()
    {
        var (exit, output, _) = await CommandProcess.RunAsync(_folder.Path, "--version");
        Assert.Equal((0, HealthFact.InterfaceVersion), (exit, output.Trim()));
    }

    private static async Task AssertRefused(string[] parts, params string[] arguments)
    {
        var (exit, output, error) = await ConsoleCapture.RunAsync(arguments);
        Assert.Equal((1, ""), (exit, output));
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(parts, part => Assert.Contains(part, error, StringComparison.Ordinal));
    }

    private void MakePlaces()
    {
        Directory.CreateDirectory(_folder.File("empty"));
        File.WriteAllText(_folder.File("file.txt"), "");
    }

    private async Task MakeSet()
    {
        Assert.Equal(0, (await ConsoleCapture.RunAsync("generate", "--tickets", "10", "--orders", "20", "--customers", "10", "--products", "20", "--output-dir", _folder.File("set"))).Exit);
        Assert.NotNull(DatasetFolder.ReadManifest(_folder.File("set")));
    }
}
