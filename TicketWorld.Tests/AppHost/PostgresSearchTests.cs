using TicketWorld.AppHost.Servers;
using TicketWorld.ServiceDefaults;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.AppHost;

public sealed class PostgresSearchTests : IDisposable
{
    private readonly TemporaryFolder _system = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _system.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_preferred_version_with_pgvector_is_taken_from_the_system_before_the_folder()
    {
        Install(_system, 18);
        Install(_system, 17, vector: false);
        Assert.Equal((18, _system.Path), Found(Search(isRoot: true)));
        Install(_folder, 17);
        Assert.Equal((17, _folder.Path), Found(Search(isRoot: true)));
        Install(_system, 17);
        Assert.Equal((17, _system.Path), Found(Search(isRoot: true)));
    }

    [Fact]
    public void Data_are_opened_by_the_version_that_made_them()
    {
        Install(_system, 17);
        Install(_system, 16);
        Assert.Equal(16, Search(isRoot: false).Find(16).Version);
        var message = Assert.Throws<StartFaultException>(() => Search(isRoot: false).Find(15)).Message;
        Assert.Contains("made by PostgreSQL 15", message, StringComparison.Ordinal);
        Assert.Contains("--data", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_found_says_where_was_looked_and_what_to_install()
    {
        Install(_system, 17, vector: false);
        var message = Assert.Throws<StartFaultException>(() => Search(isRoot: true).Find(null)).Message;
        foreach (var part in new[] { _folder.Path, "sudo bash eng/servers.sh install", "postgresql-17-pgvector", "ConnectionStrings:ticketdb" })
            Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_is_for_root_alone()
    {
        Install(_folder, 17);
        Assert.Contains("by root alone", Assert.Throws<StartFaultException>(() => Search(isRoot: false).Find(null)).Message, StringComparison.Ordinal);
    }

    private PostgresSearch Search(bool isRoot) => new() { System = _system.Path, Folder = _folder.Path, Path = "", IsRoot = isRoot };

    private static (int Version, string Root) Found(PostgresSearch search) => search.Find(null) is var found ? (found.Version, found.Root) : default;

    private static void Install(TemporaryFolder root, int version, bool vector = true)
    {
        Directory.CreateDirectory(root.File($"usr/lib/postgresql/{version}/bin"));
        File.WriteAllText(root.File($"usr/lib/postgresql/{version}/bin/postgres"), "");
        Directory.CreateDirectory(root.File($"usr/share/postgresql/{version}/extension"));
        if (vector)
            File.WriteAllText(root.File($"usr/share/postgresql/{version}/extension/vector.control"), "");
    }
}
