using System.Text;

namespace TicketWorld.ServiceDefaults.Configuration;

/// <summary>An option that a host takes on its command line.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">How help names its value.</param>
/// <param name="Key">The setting that it sets.</param>
/// <param name="Meaning">For help, with the default.</param>
public sealed record HostOption(string Name, string Value, string Key, string Meaning);

/// <summary>What a host says about itself, and the options it takes.</summary>
public sealed record HostDescription
{
    /// <summary>Its name in telemetry.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its program, for help and errors.</summary>
    public required string Command { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The setting that holds its port.</summary>
    public required string PortKey { get; init; }

    /// <summary>The port when neither that setting nor <c>urls</c> is given.</summary>
    public required int DefaultPort { get; init; }

    /// <summary>The setting that holds the address it listens on; null for a host that listens on 127.0.0.1 only.</summary>
    public string? AddressKey { get; init; }

    /// <summary>Whether <c>LOG_FILE</c> is the host's own file, and not meant for what it starts.</summary>
    public bool KeepsLogFile { get; init; } = true;

    /// <summary>Its options beside <c>--help</c>, <c>--urls</c> and <c>--Section:Key</c>.</summary>
    public required IReadOnlyList<HostOption> Options { get; init; }

    /// <summary>Exceptions of other libraries whose messages are meant for the person who starts the host.</summary>
    public IReadOnlyList<Type> StartFaults { get; init; } = [];

    private static readonly HostOption Urls =
        new("--urls", "URL", "urls", "The address to listen on. Wins over the port.");

    /// <summary>
    /// Turns the command line into configuration arguments. An option that the host does not know is a fault, since a
    /// misspelled one would be lost in silence otherwise; <c>--Section:Key value</c> sets any setting.
    /// </summary>
    /// <returns>The arguments, or null when help was asked for.</returns>
    /// <exception cref="StartFaultException">An unknown option, or one without its value; exit code 2.</exception>
    public string[]? Parse(IReadOnlyList<string> args)
    {
        var parsed = new List<string>(args.Count);
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h" or "-?")
                return null;
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            var key = Options.Append(Urls).FirstOrDefault(option => option.Name == name)?.Key
                ?? (name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal) ? name[2..] : null);
            if (key is null)
                throw Usage($"{Command} does not know \"{name}\". It knows {string.Join(", ", Options.Append(Urls).Select(option => option.Name))} and --help.");
            if (equals < 0 && ++i == args.Count)
                throw Usage($"{name} needs a value. Write {name} VALUE, or see --help.");
            parsed.Add($"--{key}={(equals < 0 ? args[i] : args[i][(equals + 1)..])}");
        }
        return [.. parsed];
    }

    /// <summary>The text of <c>--help</c>.</summary>
    public string Help()
    {
        var text = new StringBuilder();
        text.AppendLine(Summary).AppendLine().AppendLine($"Usage: {Command} [options]").AppendLine().AppendLine("Options:");
        foreach (var option in Options.Append(Urls))
            text.AppendLine($"  {option.Name + " " + option.Value,-24} {option.Meaning}");
        text.AppendLine($"  {"--Section:Key VALUE",-24} Any other setting (docs/configuration.md).");
        text.AppendLine($"  {"--help",-24} This text.");
        return text.ToString();
    }

    private static StartFaultException Usage(string message) => new(message) { ExitCode = 2 };
}
