using System.Globalization;
using StackExchange.Redis;
using TicketWorld.ServiceDefaults.Configuration;

namespace TicketWorld.ServiceDefaults.Redis;

/// <summary>
/// Which Redis is used: <c>HOST:PORT[,password=…][,ssl=true]…</c> as its client writes it, or <c>redis://[:PASSWORD@]HOST[:PORT][/DATABASE]</c>
/// (<c>rediss</c> for TLS). No text form of it shows the password, and neither does an error about it.
/// </summary>
internal sealed class RedisAddress
{
    /// <summary>The setting that holds it.</summary>
    public const string Key = "ConnectionStrings:redis";

    private const string Expected = "the address of a Redis, such as HOST:6379,password=… or redis://:PASSWORD@HOST:6379";
    private const int UsualPort = 6379;

    private RedisAddress(ConfigurationOptions options)
    {
        Options = options;
        Place = string.Join(", ", options.EndPoints.Select(point => point is System.Net.DnsEndPoint dns ? $"{dns.Host}:{(dns.Port == 0 ? UsualPort : dns.Port)}" : point.ToString()));
    }

    /// <summary>For the client.</summary>
    public ConfigurationOptions Options { get; }

    /// <summary>Host and port, for people.</summary>
    public string Place { get; }

    /// <summary>The address that is set, or null when none is. Faults are collected in <paramref name="settings"/>.</summary>
    public static RedisAddress? Read(Settings settings)
    {
        var text = settings.Text(Key, "");
        if (text.Length == 0)
            return null;
        try
        {
            return Parse(text);
        }
        catch (FormatException exception)
        {
            settings.Secret(Key, $"{Expected}: {exception.Message}");
            return null;
        }
    }

    /// <exception cref="FormatException">Says what is wrong, and nothing of the text, any part of which may belong to the password.</exception>
    public static RedisAddress Parse(string text)
    {
        var options = text.Contains("://", StringComparison.Ordinal) ? OfUrl(text) : OfList(text);

        // A Redis that is away is waited for, and never held on to once it is silent.
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 2000;
        options.ConnectRetry = 1;
        options.SyncTimeout = 1000;
        options.KeepAlive = 5;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(1000);
        options.ClientName = "ticketworld";
        return new(options);
    }

    public override string ToString() => Place;

    private static ConfigurationOptions OfUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw new FormatException("it cannot be read as a URL. Write characters of the password that have a meaning in URLs as %XX");
        if (url.Scheme is not ("redis" or "rediss"))
            throw new FormatException("its scheme is not redis or rediss");
        if (url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new FormatException("it goes on after the database, and nothing may stand there");
        var options = new ConfigurationOptions { Ssl = url.Scheme == "rediss" };
        if (options.Ssl)
            options.SslHost = url.Host;
        options.EndPoints.Add(url.Host.Trim('[', ']'), url.Port > 0 ? url.Port : UsualPort);
        var user = url.UserInfo.Split(':', 2);
        if (user[0] is not ("" or "default"))
            throw new FormatException("it names a user, and this client signs in with a password alone");
        if (user.Length == 2)
            options.Password = Uri.UnescapeDataString(user[1]);
        var database = url.AbsolutePath.Trim('/');
        if (database.Length == 0)
            return options;
        if (!int.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new FormatException("its path is not the number of a database");
        options.DefaultDatabase = number;
        return options;
    }

    private static ConfigurationOptions OfList(string text)
    {
        var servers = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(part => !part.Contains('=', StringComparison.Ordinal)).ToList();
        if (servers.Count == 0)
            throw new FormatException("it names no server");
        if (!servers.TrueForAll(IsServer))
            throw new FormatException("a part without = is not HOST or HOST:PORT with a port from 1 to 65535");
        return Options(text) ?? throw new FormatException("an option of it is not known, or has a value that it cannot have");

        // The client's error repeats parts of the text, so it goes no further.
        static ConfigurationOptions? Options(string text)
        {
            try
            {
                return ConfigurationOptions.Parse(text);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
            {
                return null;
            }
        }
    }

    private static bool IsServer(string text)
    {
        var colon = text.LastIndexOf(':');
        var (host, port) = colon < 0 || text.EndsWith(']') ? (text, null) : (text[..colon], text[(colon + 1)..]);
        return Uri.CheckHostName(host.Trim('[', ']')) != UriHostNameType.Unknown
            && (port is null || (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535));
    }
}
