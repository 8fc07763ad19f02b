using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace TicketWorld.Worlds.Packs;

/// <summary>Where a pack's files come from: the embedded ones, or a folder.</summary>
public sealed class PackSource
{
    private const long MaximumFileSize = 4 * 1024 * 1024;
    private static readonly string[] FileNames = ["pack.yaml", "policy.yaml", "vocabulary.yaml", "scenarios.yaml", "phrases.yaml", "catalog.yaml", "people.yaml"];
    private readonly Dictionary<string, string> _texts;

    private PackSource(string name, Dictionary<string, string> texts)
    {
        Name = name;
        _texts = texts;
        ContentHash = Hash(texts);
    }

    /// <summary>The name that the user gave: an embedded pack, or a folder.</summary>
    public string Name { get; }

    /// <summary>The name that the pack gives itself, which sets carry.</summary>
    /// <exception cref="PackException">Its pack.yaml has none.</exception>
    public string PackName => Read("pack.yaml")["name"].Text;

    /// <summary>Whether it is part of the program.</summary>
    public bool IsEmbedded => EmbeddedPacks.Contains(Name);

    /// <summary>SHA-256 over names and contents of the files, in hexadecimal.</summary>
    public string ContentHash { get; }

    public static IReadOnlyList<string> EmbeddedPacks { get; } =
    [
        .. typeof(PackSource).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("packs/", StringComparison.Ordinal) && n.EndsWith("/pack.yaml", StringComparison.Ordinal))
            .Select(n => n.Split('/')[1])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Opens an embedded pack by name, or a folder by path.</summary>
    /// <exception cref="PackException">There is no such pack, or a file of it is missing.</exception>
    public static PackSource Open(string nameOrPath)
    {
        if (EmbeddedPacks.Contains(nameOrPath))
            return new PackSource(nameOrPath, FileNames.ToDictionary(f => f, f => ReadEmbedded(nameOrPath, f), StringComparer.Ordinal));
        if (!Directory.Exists(nameOrPath))
            throw new PackException(nameOrPath, 0, "There is no such pack.", $"Name an embedded one ({string.Join(", ", EmbeddedPacks)}), or the path of a folder with a pack.yaml.");
        return new PackSource(nameOrPath, FileNames.ToDictionary(f => f, f => ReadFile(nameOrPath, f), StringComparer.Ordinal));
    }

    internal PackNode Read(string file, PackComplaints? complaints = null) => PackNode.Parse(file, new StringReader(_texts[file]), complaints);

    /// <summary>A file that a pack may have or not, and that does not change what is generated; null when it has none.</summary>
    /// <exception cref="PackException">The file cannot be read, or is not valid.</exception>
    internal PackNode? ReadOptional(string file)
    {
        if (EmbeddedPacks.Contains(Name))
            return Assembly.GetExecutingAssembly().GetManifestResourceInfo($"packs/{Name}/{file}") is null ? null : PackNode.Parse(file, new StringReader(ReadEmbedded(Name, file)));
        return File.Exists(Path.Combine(Name, file)) ? PackNode.Parse(file, new StringReader(ReadFile(Name, file))) : null;
    }

    private static string ReadEmbedded(string pack, string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"packs/{pack}/{file}")
            ?? throw new PackException(file, 0, $"The embedded pack {pack} lacks this file.", "Rebuild the project.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string ReadFile(string folder, string file)
    {
        var info = new FileInfo(Path.Combine(folder, file));
        if (!info.Exists)
            throw new PackException(file, 0, $"The folder {folder} lacks this file.", $"A pack has {string.Join(", ", FileNames)}.");
        if (info.Length > MaximumFileSize)
            throw new PackException(file, 0, $"The file has {info.Length} bytes.", $"At most {MaximumFileSize} are read.");
        try
        {
            return File.ReadAllText(info.FullName, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackException(file, 0, $"The file cannot be read: {e.Message}", "Check its permissions.");
        }
    }

    private static string Hash(Dictionary<string, string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in FileNames)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file + "\0"));
            hash.AppendData(Encoding.UTF8.GetBytes(texts[file] + "\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
