using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using TicketWorld.AppHost.Model;
using TicketWorld.AppHost.Processes;
using TicketWorld.ServiceDefaults;

namespace TicketWorld.AppHost.Servers;

/// <summary>
/// PostgreSQL and Redis of this machine as private instances: data, password and port of their own in a folder that one
/// AppHost holds at a time. They listen on 127.0.0.1 only, and end when the AppHost ends, however it ends (keep.sh).
/// </summary>
internal sealed class LocalServers : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly List<NpgsqlDataSource> _connections = [];

    private LocalServers(string folder, FileStream held) => (_folder, _lock) = (folder, held);

    /// <summary>Takes the folder <c>servers</c> of the data folder.</summary>
    /// <exception cref="StartFaultException">Another AppHost has it, it cannot be written, or the system is not one that servers run on.</exception>
    public static LocalServers Take(string dataFolder)
    {
        if (OperatingSystem.IsWindows())
            throw new StartFaultException("--servers local needs Linux or macOS. Name running servers in ConnectionStrings:ticketdb and ConnectionStrings:redis instead.");
        var folder = Path.Combine(Path.GetFullPath(dataFolder), "servers");
        try
        {
            Directory.CreateDirectory(folder);
            return new(folder, new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException(
                File.Exists(Path.Combine(folder, "lock")) && exception is IOException
                    ? $"The servers in {folder} are in use by another AppHost. Stop that one, or start this one with another folder: --data."
                    : $"The folder {folder} cannot be written: {exception.Message} Choose another one with --data, or give this user the right to write there.",
                exception);
        }
    }

    /// <summary>Prepares a server; nothing is started yet.</summary>
    /// <exception cref="StartFaultException">It is not on this machine; the message says what to install.</exception>
    public LocalServer Prepare(ServerResource server) => server switch
    {
        PostgresServerResource => Postgres(Folder(server.Name)),
        RedisResource => Redis(Folder(server.Name)),
        _ => throw new ArgumentException($"{server.Name} is of a kind that cannot be started here.", nameof(server)),
    };

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        _lock.Dispose();
    }

    private LocalServer Postgres(string folder)
    {
        var isRoot = Environment.IsPrivilegedProcess;
        var installation = new PostgresSearch().Find(MadeBy(Path.Combine(folder, "data", "PG_VERSION")));
        if (isRoot)
            CheckRoot(installation);
        var password = Password(Path.Combine(folder, "password"));
        var port = LoopbackPorts.Free();
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = "ticketworld",
            Username = "ticketworld",
            Password = password,
        }.ConnectionString;
        // A connection of its own, so that a check never waits for those that work.
        var probe = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
        {
            MaxPoolSize = 1,
            Timeout = (int)ConnectPatience.TotalSeconds,
            CommandTimeout = (int)ConnectPatience.TotalSeconds,
            ApplicationName = "ticketworld apphost",
        });
        _connections.Add(probe);
        return new()
        {
            ConnectionString = connection,
            Address = new($"postgresql://127.0.0.1:{port}"),
            Command = ProcessCommand.ForScript(
                isRoot ? [.. OwnSession(), "unshare", "--mount", "--propagation", "private"] : OwnSession(),
                "postgres.sh", installation.Programs, installation.Root, isRoot ? "postgres" : "", folder, port.ToString(CultureInfo.InvariantCulture)),
            Check = cancellation => AnswersAsync(probe, cancellation),
        };
    }

    private static LocalServer Redis(string folder)
    {
        var program = Programs.OnPath("redis-server") ?? throw new StartFaultException(
            "redis-server was not found on the PATH. Run 'sudo bash eng/servers.sh install' (Debian), or install Redis 7 (on Debian the package redis-server), or name a running one in ConnectionStrings:redis.");
        var password = Password(Path.Combine(folder, "password"));
        var port = LoopbackPorts.Free();
        // In a file, because a command line can be read by every user of the machine. What is cached is lost without harm, so it is
        // saved now and then and pushed out when memory is full.
        WritePrivately(Path.Combine(folder, "redis.conf"), $"""
            bind 127.0.0.1
            port {port}
            requirepass {password}
            save 60 1
            stop-writes-on-bgsave-error no
            maxmemory 256mb
            maxmemory-policy allkeys-lru

            """);
        return new()
        {
            ConnectionString = $"127.0.0.1:{port},password={password}",
            Address = new($"redis://127.0.0.1:{port}"),
            Command = ProcessCommand.ForScript(OwnSession(), "redis.sh", program, folder),
            Check = cancellation => AnswersAsync(port, password, cancellation),
        };
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Ctrl-C goes to every process of a terminal's session; servers are to outlive those that use them.</summary>
    private static string[] OwnSession() => Programs.OnPath("setsid") is { } program ? [program] : [];

    /// <summary>PostgreSQL refuses to run as root; for root it runs as the user postgres, in mounts that nobody else sees.</summary>
    private static void CheckRoot(PostgresInstallation installation)
    {
        var users = Path.Combine(installation.Root, "etc/passwd");
        if (!File.Exists(users) || !File.ReadLines(users).Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)))
            throw new StartFaultException($"PostgreSQL does not run as root, and {users} has no user postgres. Add one, or start the AppHost as another user.");
        if (Programs.Output("unshare", "--mount", "true") is null)
        {
            throw new StartFaultException(
                "Root needs the right to mount folders (unshare --mount) to run PostgreSQL as the user postgres, and does not have it here. Start the AppHost as another user, or name a running database in ConnectionStrings:ticketdb.");
        }
    }

    private static int? MadeBy(string file) => File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;

    /// <summary>The server's password, made at its first start; only the server's user can read the file.</summary>
    private static string Password(string file)
    {
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } kept)
            return kept;
        var made = RandomNumberGenerator.GetHexString(32, lowercase: true);
        WritePrivately(file, made);
        return made;
    }

    private static void WritePrivately(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var fresh = file + ".new";
        File.Delete(fresh);
        using (var stream = new FileStream(fresh, options))
            stream.Write(Encoding.UTF8.GetBytes(text));
        File.Move(fresh, file, overwrite: true);
    }

    private static async Task<bool> AnswersAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellation);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or IOException or TimeoutException)
        {
            return false;
        }
    }

    private static async Task<bool> AnswersAsync(int port, string password, CancellationToken cancellation)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellation);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {password}\r\nPING\r\n"), cancellation);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(cancellation) == "+OK" && await reader.ReadLineAsync(cancellation) == "+PONG";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
