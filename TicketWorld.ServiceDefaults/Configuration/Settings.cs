using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace TicketWorld.ServiceDefaults.Configuration;

/// <summary>
/// Reads settings with their ranges and collects every fault, so that one failed start names them all.
/// An empty value counts as not set: templates of <c>.env</c> files leave names empty.
/// </summary>
public sealed class Settings(IConfiguration configuration)
{
    private readonly List<string> _faults = [];
    private readonly SortedDictionary<string, string?> _read = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values that were read so far, by their keys. Secrets are among them: it is for comparing, not for showing.</summary>
    public IReadOnlyDictionary<string, string?> Values => _read;

    /// <summary>A whole number within a range.</summary>
    public int Int(string key, int fallback, int min, int max)
    {
        if (Read(key) is not { } text)
            return fallback;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        Fault(key, text, $"a whole number from {min} to {max}", fallback.ToString(CultureInfo.InvariantCulture));
        return fallback;
    }

    /// <summary>A time in seconds, with decimals allowed, within a range.</summary>
    public TimeSpan Seconds(string key, double fallback, double min, double max)
    {
        if (Read(key) is not { } text)
            return TimeSpan.FromSeconds(fallback);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return TimeSpan.FromSeconds(value);
        Fault(key, text, FormattableString.Invariant($"seconds from {min} to {max}"), fallback.ToString(CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds(fallback);
    }

    /// <summary>A number within a range, or null when not set.</summary>
    public decimal? Decimal(string key, decimal min, decimal max)
    {
        if (Read(key) is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        Fault(key, text, FormattableString.Invariant($"a number from {min} to {max}"), "not set");
        return null;
    }

    /// <summary>One of a few words, in any case, mapped to its value.</summary>
    public T Choice<T>(string key, string fallback, IReadOnlyDictionary<string, T> choices)
    {
        if (Read(key) is not { } text)
            return choices[fallback];
        foreach (var (word, value) in choices)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        Fault(key, text, $"one of {string.Join(", ", choices.Keys)}", fallback);
        return choices[fallback];
    }

    /// <summary>An absolute http or https address, or null when not set.</summary>
    public Uri? Url(string key)
    {
        if (Read(key) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        const string expected = "an absolute http or https address such as http://127.0.0.1:4317";
        if (text.AsSpan().ContainsAny('@', '?'))
            Secret(key, expected);
        else
            Fault(key, text, expected, "not set");
        return null;
    }

    /// <summary>An IP address, or <c>localhost</c>.</summary>
    public IPAddress Address(string key, IPAddress fallback)
    {
        ArgumentNullException.ThrowIfNull(fallback);
        if (Read(key) is not { } text)
            return fallback;
        if (string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase))
            return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address))
            return address;
        Fault(key, text, "an IP address, such as 127.0.0.1, or 0.0.0.0 for every address of this machine", fallback.ToString());
        return fallback;
    }

    /// <summary>Whether the setting has a value.</summary>
    public bool Has(string key) => Read(key) is not null;

    /// <summary>A text, or the default when not set.</summary>
    public string Text(string key, string fallback) => Read(key) ?? fallback;

    /// <summary>Refuses keys of a section that are no settings: a misspelled one would do nothing, and nobody would know.</summary>
    /// <param name="section">The section, such as <c>Agents:Response</c>.</param>
    /// <param name="known">The keys that it may have.</param>
    public void Only(string section, params IReadOnlyList<string> known)
    {
        foreach (var child in configuration.GetSection(section).GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            _faults.Add($"{Printable(child.Path)} is not a setting. Correct its name or remove it; {section} knows {string.Join(", ", known)}.");
    }

    /// <summary>Adds a fault that a host found itself.</summary>
    public void Fault(string key, string value, string expected, string fallback) =>
        _faults.Add($"{key} is \"{Printable(value)}\" ({Origin(key)}): expected {expected}. Correct it, or remove it for the default ({fallback}).");

    /// <summary>Adds the fault that a setting is needed and not set.</summary>
    public void Missing(string key, string expected) => _faults.Add($"{key} is not set: expected {expected}.");

    /// <summary>Adds a fault of a setting whose value must not be shown.</summary>
    public void Secret(string key, string expected) => _faults.Add($"{key} ({Origin(key)}) is not {expected}. Correct it.");

    /// <summary>Adds the faults of other settings, so that one failed start names them too.</summary>
    public void Include(Settings others)
    {
        ArgumentNullException.ThrowIfNull(others);
        _faults.AddRange(others._faults);
    }

    /// <summary>Stops the start when any setting read so far was wrong.</summary>
    /// <exception cref="StartFaultException">Names each wrong setting, its value, where it stands, its range and the default.</exception>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
            throw new StartFaultException(string.Join(Environment.NewLine, _faults));
    }

    private string? Read(string key) => _read[key] = configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static string Printable(string value)
    {
        var cut = value.Length <= 100 ? value : value[..100] + "…";
        return string.Concat(cut.Select(c => char.IsControl(c) ? '?' : c));
    }

    private string Origin(string key)
    {
        var provider = (configuration as IConfigurationRoot)?.Providers.LastOrDefault(p => p.TryGet(key, out _));
        return provider switch
        {
            null => "configuration",
            CommandLineConfigurationProvider => "command line",
            EnvironmentVariablesConfigurationProvider => "environment",
            JsonConfigurationProvider json => json.Source.Path ?? "appsettings.json",
            _ when provider.ToString() == ".env" => ".env",
            _ => "configuration",
        };
    }
}
