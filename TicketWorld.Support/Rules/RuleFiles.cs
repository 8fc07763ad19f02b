using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Rules;

/// <summary>
/// The YAML files that say how tickets are understood, answered and routed. A file of the user's folder stands in place of the one
/// of the same name that the program carries.
/// </summary>
/// <param name="folder">The user's folder; null for the program's files alone.</param>
public sealed class RuleFiles(string? folder = null)
{
    private const string Prefix = "rules/";

    /// <summary>The names of all rule files, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(RuleFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text that the program carries for a file.</summary>
    /// <exception cref="ArgumentException">There is no rule file of this name.</exception>
    public static Stream OpenOwn(string name) =>
        typeof(RuleFiles).Assembly.GetManifestResourceStream(Prefix + name)
        ?? throw new ArgumentException($"There is no rule file '{name}'. There are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>Refuses files of the folder that are no rule files: one with a misspelled name would change nothing, and nobody would know.</summary>
    /// <exception cref="PackException">Names the file, and those that there are.</exception>
    public void ThrowIfUnknown()
    {
        if (folder is null || !Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.y*ml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!Names.Contains(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), StringComparer.Ordinal))
                throw new PackException(file, 0, "There is no rule file of this name.", $"Correct its name, or remove it; there are {string.Join(", ", Names)}.");
        }
    }

    /// <summary>The root of a file.</summary>
    /// <exception cref="PackException">It cannot be read or is not YAML; names file and line.</exception>
    internal PackNode Read(string name)
    {
        using var reader = Open(name, out var file);
        return PackNode.Parse(file, reader);
    }

    /// <summary>The text of a file that is too long to be read as YAML at every start.</summary>
    /// <exception cref="PackException">It cannot be read; names the file.</exception>
    internal string ReadText(string name, out string file)
    {
        using var reader = Open(name, out file);
        return reader.ReadToEnd();
    }

    private StringReader Open(string name, out string file)
    {
        var own = folder is null ? null : Path.Combine(folder, name);
        if (own is null || !File.Exists(own))
        {
            file = name;
            using var carried = new StreamReader(OpenOwn(name));
            return new StringReader(carried.ReadToEnd());
        }

        file = own;
        try
        {
            return new StringReader(File.ReadAllText(own));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackException(own, 0, $"The file cannot be read: {e.Message}", "Make it readable, or remove it for the rules that the program carries.");
        }
    }
}
