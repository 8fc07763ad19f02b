using System.Reflection;
using System.Text;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Datasets;

/// <summary>The JSON Schemas (draft 2020-12) of the files that this program writes, as they are embedded in it.</summary>
public static class FileSchemas
{
    private const string Prefix = "schemas/";
    private const string Ending = ".schema.json";

    /// <summary>Names, without their ending.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Ending, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The file name of a schema.</summary>
    public static string FileName(string name) => name + Ending;

    /// <exception cref="WorldException">There is no such schema.</exception>
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + FileName(name))
            ?? throw new WorldException("no_schema", $"There is no schema '{name}'.", $"Name one of: {string.Join(", ", Names)}.", "name", name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
