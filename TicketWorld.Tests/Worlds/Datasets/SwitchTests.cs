using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Tests.Worlds.Datasets;

/// <summary>The switch from one set to the next: whatever happens on the way, the next command finds the old set or the new one.</summary>
public sealed class SwitchTests : IDisposable
{
    private const string Staged = ".ticketworld-new";
    private const string Committed = ".ticketworld-switch";
    private static readonly WorldOptions Old = new() { Tickets = 30, Orders = 30, Seed = 1 };
    private static readonly WorldOptions New = new() { Tickets = 40, Orders = 40, Seed = 2 };
    private static readonly Lazy<SortedDictionary<string, byte[]>> OldFiles = new(() => FilesOf(Old));
    private static readonly Lazy<SortedDictionary<string, byte[]>> NewFiles = new(() => FilesOf(New));
    private readonly TemporaryFolder _folder = new();
    private readonly DatasetGenerator _generator = new(threads: 1);

    public void Dispose() => _folder.Dispose();

    /// <summary>States that a kill leaves: files of the new set that are staged, and how many of them are in place.</summary>
    public static TheoryData<bool, string, int, bool> Kills
    {
        get
        {
            var kills = new TheoryData<bool, string, int, bool>();
            foreach (var overOldSet in (bool[])[true, false])
            {
                for (var written = 0; written <= 6; written++)
                    kills.Add(overOldSet, Staged, written, false);
                for (var moved = 0; moved <= 6; moved++)
                    kills.Add(overOldSet, Committed, moved, true);
            }

            return kills;
        }
    }

    [Theory, MemberData(nameof(Kills))]
    public void A_kill_at_any_step_leaves_the_old_set_or_the_new_one(bool overOldSet, string place, int files, bool isNew)
    {
        if (overOldSet)
            Put(OldFiles.Value, _folder.Path);
        var (old, next) = (overOldSet ? OldFiles.Value : [], NewFiles.Value);
        var inOrder = next.Keys.OrderBy(f => f == Manifest.FileName).ThenBy(f => f, StringComparer.Ordinal).ToList();
        Directory.CreateDirectory(_folder.File(place));
        foreach (var (index, name) in inOrder.Index())
        {
            if (place == Committed)
                File.WriteAllBytes(index < files ? _folder.File(name) : Path.Combine(_folder.File(place), name), next[name]);
            else if (index <= files)
                File.WriteAllBytes(Path.Combine(_folder.File(place), name), index < files ? next[name] : next[name][..100]);
        }

        DatasetFolder.Open(_folder.Path).Dispose();
        AssertHolds(isNew ? next : old);
    }

    [Theory]
    [InlineData("company_policy.txt")]
    [InlineData("policy_graph.json")]
    [InlineData("support_tickets.jsonl")]
    [InlineData("manifest.json")]
    public void A_switch_that_is_interrupted_between_two_files_is_finished_by_the_next_command(string blocked)
    {
        // A folder in the place of a file stops the switch there.
        Directory.CreateDirectory(Path.Combine(_folder.File(blocked), "in-the-way"));
        var error = Assert.Throws<WorldException>(() => _generator.Create(New, _folder.Path));
        Assert.Equal("output_unwritable", error.Code);
        Directory.Delete(_folder.File(blocked), recursive: true);

        DatasetFolder.Open(_folder.Path).Dispose();
        AssertHolds(NewFiles.Value);
    }

    [Fact]
    public void Cancelling_leaves_the_old_set_and_nothing_else()
    {
        Put(OldFiles.Value, _folder.Path);
        for (var stop = 0; stop < 4; stop++)
        {
            using var cancellation = new CancellationTokenSource();
            var reports = 0;
            var generator = new DatasetGenerator(2, _ => Stop());
            Assert.ThrowsAny<OperationCanceledException>(() => generator.Create(New with { Tickets = 2500, Orders = 2500 }, _folder.Path, cancellation.Token));
            Assert.ThrowsAny<OperationCanceledException>(() => generator.Append(2500, _folder.Path, cancellation: cancellation.Token));
            AssertHolds(OldFiles.Value);

            void Stop()
            {
                if (reports++ == stop)
                    cancellation.Cancel();
            }
        }
    }

    [Theory]
    [InlineData("support_tickets.json", 0)]
    [InlineData("support_tickets.jsonl", 40_000)]
    [InlineData("customer_database.json", 5_000)]
    [InlineData("policy_graph.json", 0)]
    [InlineData("manifest.json", 0)]
    public void A_full_disk_is_told_with_the_remedy_and_leaves_the_old_set(string file, int room)
    {
        Put(OldFiles.Value, _folder.Path);
        var full = new DatasetGenerator(2, null, null, path => Path.GetFileName(path) == file ? new FullDisk(path, room) : HashedFile.Create(path));
        AssertFull(() => full.Create(New, _folder.Path));
        if (file is not ("customer_database.json" or "policy_graph.json"))
            AssertFull(() => full.Append(50, _folder.Path));

        void AssertFull(Func<object> write)
        {
            var error = Assert.Throws<WorldException>(write);
            Assert.Equal("output_unwritable", error.Code);
            Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
            Assert.Contains("free space", error.Remedy, StringComparison.Ordinal);
            AssertHolds(OldFiles.Value);
        }
    }

    [TmpfsFact]
    public void A_disk_that_is_really_full_leaves_the_old_set()
    {
        using var disk = new Tmpfs(_folder.Path, kilobytes: 1024);
        Put(OldFiles.Value, _folder.Path);
        var error = Assert.Throws<WorldException>(() => _generator.Create(New with { Tickets = 3000, Orders = 3000 }, _folder.Path));
        Assert.Equal("output_unwritable", error.Code);
        AssertHolds(OldFiles.Value);
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_told()
    {
        File.WriteAllText(_folder.File("taken"), "x");
        foreach (var path in (string[])[_folder.File("taken"), Path.Combine(_folder.File("taken"), "below")])
            Assert.Equal("output_unwritable", Assert.Throws<WorldException>(() => _generator.Create(New, path)).Code);
        Assert.Equal("x", File.ReadAllText(_folder.File("taken")));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_told()
    {
        // No permission binds root, so it is sent where the system itself lets nobody create anything.
        var path = Environment.IsPrivilegedProcess ? "/proc/read-only" : _folder.File("read-only");
        if (!Environment.IsPrivilegedProcess)
            new DirectoryInfo(Directory.CreateDirectory(path).FullName).Attributes |= FileAttributes.ReadOnly;
        Assert.Equal("output_unwritable", Assert.Throws<WorldException>(() => _generator.Create(New, path)).Code);
        Assert.Equal("output_unwritable", Assert.Throws<WorldException>(() => _generator.Create(New, Path.Combine(path, "below"))).Code);
    }

    [Fact]
    public void A_folder_that_another_command_works_on_is_told_and_left()
    {
        Put(OldFiles.Value, _folder.Path);
        using (DatasetFolder.Open(_folder.Path))
        {
            var error = Assert.Throws<WorldException>(() => _generator.Create(New, _folder.Path));
            Assert.Equal(("output_in_use", true), (error.Code, error.Remedy.Contains("Wait", StringComparison.Ordinal)));
            Assert.Equal("output_in_use", Assert.Throws<WorldException>(() => _generator.Append(5, _folder.Path)).Code);
        }

        Assert.Equal(Old.Seed, TestWorlds.AssertComplete(_folder.Path).Options.Seed);
    }

    [Fact]
    public void A_folder_with_a_set_but_no_manifest_is_told_and_left()
    {
        Put(OldFiles.Value, _folder.Path);
        File.Delete(_folder.File(Manifest.FileName));
        var before = TestWorlds.Digests(_folder.Path);
        var error = Assert.Throws<WorldException>(() => _generator.Create(New, _folder.Path));
        Assert.Equal("output_half_written", error.Code);
        Assert.Contains("support_tickets.json", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, TestWorlds.Digests(_folder.Path));
    }

    [Fact]
    public void Other_files_in_the_folder_are_left()
    {
        File.WriteAllText(_folder.File("notes.txt"), "mine");
        _generator.Create(New, _folder.Path);
        Assert.Equal("mine", File.ReadAllText(_folder.File("notes.txt")));
        File.Delete(_folder.File("notes.txt"));
        TestWorlds.AssertComplete(_folder.Path);
    }

    private static SortedDictionary<string, byte[]> FilesOf(WorldOptions options)
    {
        using var folder = new TemporaryFolder();
        new DatasetGenerator(1).Create(options, folder.Path);
        TestWorlds.AssertComplete(folder.Path);
        return new(Directory.GetFiles(folder.Path).ToDictionary(f => Path.GetFileName(f)!, File.ReadAllBytes), StringComparer.Ordinal);
    }

    private static void Put(SortedDictionary<string, byte[]> files, string folder)
    {
        foreach (var (name, bytes) in files)
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    /// <summary>Asserts that the folder holds these files and nothing else.</summary>
    private void AssertHolds(SortedDictionary<string, byte[]> files)
    {
        Assert.Equal(files.Keys, Directory.GetFileSystemEntries(_folder.Path).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.Equal(f.Value, File.ReadAllBytes(_folder.File(f.Key))));
    }
}
