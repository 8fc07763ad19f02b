using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.AppHost.Servers;

/// <summary>A PostgreSQL with pgvector on this machine.</summary>
/// <param name="Version">The major version.</param>
/// <param name="Programs">The folder of its programs, inside of <paramref name="Root"/>.</param>
/// <param name="Root">The folder to change the root to; <c>/</c> for an installation of the system itself.</param>
internal sealed partial record PostgresInstallation(int Version, string Programs, string Root)
{
    /// <summary>The variable with the folder in which <c>eng/servers.sh install</c> puts PostgreSQL where the system has none.</summary>
    public const string FolderVariable = "TICKETWORLD_SERVERS";

    private const string DefaultFolder = "/var/lib/ticketworld/servers";
    private static readonly int[] Preferred = [17, 18, 16];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Finds the one to use: of the version that made the data when there are data, else 17, 18 or 16, the first that is there.</summary>
    /// <param name="madeBy">The version of existing data; null when there are none.</param>
    /// <param name="isRoot">Whether the caller may change its root.</param>
    /// <exception cref="StartFaultException">There is none; the message says what to install.</exception>
    public static PostgresInstallation Find(int? madeBy, bool isRoot)
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } set ? set : DefaultFolder;
        var system = Under("/").Concat(OnPath()).ToList();
        var all = isRoot ? [.. system, .. Under(folder)] : system;
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

        if (!isRoot && Under(folder).Count > 0)
            throw new StartFaultException($"The PostgreSQL in {folder} can be used by root alone. {Advice("Start the AppHost as root", madeBy)}");
        throw new StartFaultException(
            $"PostgreSQL {(madeBy is { } wanted ? wanted.ToString(CultureInfo.InvariantCulture) : "16, 17 or 18")} with pgvector was not found in /usr/lib/postgresql, in {folder} or on the PATH. {Advice("Run 'sudo bash eng/servers.sh install' (Debian)", madeBy)}");
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
    private static IEnumerable<PostgresInstallation> OnPath() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct()
        where File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_config"))
        let version = VersionOf(Path.Combine(folder, "postgres"))
        where version is not null
        let shared = Output(Path.Combine(folder, "pg_config"), "--sharedir")
        where shared is not null && File.Exists(Path.Combine(shared, "extension", "vector.control"))
        select new PostgresInstallation(version.Value, Path.GetFullPath(folder), "/");

    private static int? VersionOf(string program) =>
        Output(program, "--version") is { } text && MajorVersion().Match(text) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    private static string? Output(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = process.StandardOutput.ReadToEnd().Trim();
            return process.WaitForExit(Patience) && process.ExitCode == 0 ? text : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"PostgreSQL\) (\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex MajorVersion();
}
