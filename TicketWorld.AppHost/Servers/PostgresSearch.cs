using System.Globalization;
using System.Text.RegularExpressions;
using TicketWorld.ServiceDefaults;
using SystemPath = System.IO.Path;

namespace TicketWorld.AppHost.Servers;

/// <summary>Looks for PostgreSQL with pgvector on this machine.</summary>
internal sealed partial class PostgresSearch
{
    private const string FolderVariable = "TICKETWORLD_SERVERS";
    private const string DefaultFolder = "/var/lib/ticketworld/servers";
    private static readonly int[] Preferred = [17, 18, 16];

    /// <summary>The root of the system.</summary>
    public string System { get; init; } = "/";

    /// <summary>Where <c>eng/servers.sh install</c> puts PostgreSQL when the system has none.</summary>
    public string Folder { get; init; } = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } set ? set : DefaultFolder;

    /// <summary>The folders of programs, as in the variable PATH.</summary>
    public string Path { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>Whether the caller may change its root.</summary>
    public bool IsRoot { get; init; } = Environment.IsPrivilegedProcess;

    /// <summary>Finds the one to use: of the version that made the data when there are data, else 17, 18 or 16, the first that is there.</summary>
    /// <param name="madeBy">The version of existing data; null when there are none.</param>
    /// <exception cref="StartFaultException">There is none; the message says what to install.</exception>
    public PostgresInstallation Find(int? madeBy)
    {
        var all = Under(System).Concat(OnPath()).Concat(IsRoot ? Under(Folder) : []).ToList();
        foreach (var version in madeBy is { } one ? [one] : Preferred)
        {
            if (all.Find(found => found.Version == version) is { } chosen)
                return chosen;
        }

        if (madeBy is not null && all.Count > 0)
        {
            throw new StartFaultException(
                $"The database was made by PostgreSQL {madeBy}, and this machine has PostgreSQL {string.Join(", ", all.Select(found => found.Version))} with pgvector. Install PostgreSQL {madeBy} with pgvector, or choose another data folder with --data.");
        }

        if (!IsRoot && Under(Folder).Count > 0)
            throw new StartFaultException($"The PostgreSQL in {Folder} can be used by root alone. {Advice("Start the AppHost as root", madeBy)}");
        throw new StartFaultException(
            $"PostgreSQL {(madeBy is { } wanted ? wanted.ToString(CultureInfo.InvariantCulture) : "16, 17 or 18")} with pgvector was not found in /usr/lib/postgresql, in {Folder} or on the PATH. {Advice("Run 'sudo bash eng/servers.sh install' (Debian)", madeBy)}");
    }

    private static string Advice(string first, int? version) =>
        $"{first}, or install PostgreSQL {version ?? 17} with pgvector (on Debian 13 the packages postgresql-{version ?? 17} and postgresql-{version ?? 17}-pgvector), or name a running database in ConnectionStrings:ticketdb.";

    /// <summary>Installations laid out as Debian does it.</summary>
    private static List<PostgresInstallation> Under(string root) =>
    [
        .. from version in Preferred
           let programs = $"/usr/lib/postgresql/{version}/bin"
           let inside = root.TrimEnd('/')
           where File.Exists($"{inside}{programs}/postgres") && File.Exists($"{inside}/usr/share/postgresql/{version}/extension/vector.control")
           select new PostgresInstallation(version, programs, root),
    ];

    /// <summary>Installations that the PATH leads to, such as Homebrew's.</summary>
    private IEnumerable<PostgresInstallation> OnPath() =>
        from folder in Path.Split(SystemPath.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct()
        where File.Exists(SystemPath.Combine(folder, "postgres")) && File.Exists(SystemPath.Combine(folder, "initdb")) && File.Exists(SystemPath.Combine(folder, "pg_config"))
        let version = VersionOf(SystemPath.Combine(folder, "postgres"))
        where version is not null
        let shared = Programs.Output(SystemPath.Combine(folder, "pg_config"), "--sharedir")
        where shared is not null && File.Exists(SystemPath.Combine(shared, "extension", "vector.control"))
        select new PostgresInstallation(version.Value, SystemPath.GetFullPath(folder), "/");

    private static int? VersionOf(string program) =>
        Programs.Output(program, "--version") is { } text && MajorVersion().Match(text) is { Success: true } match
            ? int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"PostgreSQL\) (?<major>\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex MajorVersion();
}
