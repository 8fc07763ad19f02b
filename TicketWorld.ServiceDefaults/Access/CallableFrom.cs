using System.Collections.Frozen;
using TicketWorld.ServiceDefaults.Configuration;
using TicketWorld.ServiceDefaults.Loopback;

namespace TicketWorld.ServiceDefaults.Access;

/// <summary>Under which names a host may be addressed, and from pages of which sites a browser may call it.</summary>
public sealed class CallableFrom
{
    /// <summary>The setting with the names beside those of this machine.</summary>
    public const string HostsKey = "ALLOWED_HOSTS";

    /// <summary>The setting with the origins.</summary>
    public const string OriginsKey = "CORS_ORIGINS";

    private static readonly char[] Separators = [',', ' '];
    private readonly FrozenSet<string> _hosts;
    private readonly FrozenSet<string> _origins;

    private CallableFrom(IEnumerable<string> hosts, IEnumerable<string> origins)
    {
        _hosts = hosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _origins = origins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads both settings, each a list with commas; faults are added to the settings'.</summary>
    public static CallableFrom Read(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var hosts = List(settings, HostsKey);
        foreach (var host in hosts.Where(host => Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown))
            settings.Fault(HostsKey, host, "names or addresses without scheme and port, with commas between them, such as desk.example.com", "this machine's own");
        var origins = List(settings, OriginsKey);
        foreach (var origin in origins.Where(origin => !IsOrigin(origin)))
            settings.Fault(OriginsKey, origin, "exact origins with commas between them, such as https://desk.example.com or http://localhost:3000; * is not one", "none");
        return new(hosts, origins);
    }

    /// <summary>Whether the Host header of a request, without its port, names this host.</summary>
    public bool IsHost(string host) => LoopbackRequestGuard.IsLoopbackName(host) || _hosts.Contains(host);

    /// <summary>Whether pages of an origin may call: those that are listed, and while no keys are asked for those of this machine.</summary>
    public bool IsOriginAllowed(string origin, bool keysRequired) =>
        _origins.Contains(origin) || (!keysRequired && LoopbackRequestGuard.IsLoopbackOrigin(origin));

    private static string[] List(Settings settings, string key) => settings.Text(key, "").Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase) && uri.UserInfo.Length == 0;
}
