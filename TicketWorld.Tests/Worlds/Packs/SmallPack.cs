using System.Text.RegularExpressions;
using TicketWorld.Tests.ServiceDefaults;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>The pack that docs/packs.md builds, taken from the page itself, in a folder that goes with the test.</summary>
internal sealed partial class SmallPack : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallPack()
    {
        using var page = typeof(SmallPack).Assembly.GetManifestResourceStream("docs/packs.md")!;
        using var reader = new StreamReader(page);
        foreach (Match block in Blocks().Matches(reader.ReadToEnd()))
            File.WriteAllText(_folder.File(block.Groups["name"].Value), block.Groups["text"].Value);
    }

    public string Path => _folder.Path;

    public string OutputFolder => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    /// <summary>Replaces a text that stands in a file once.</summary>
    /// <returns>The line, 1-based, where the replacement begins.</returns>
    public int Replace(string file, string old, string other)
    {
        var text = File.ReadAllText(_folder.File(file));
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0 && text.IndexOf(old, at + 1, StringComparison.Ordinal) < 0, $"'{old}' does not stand once in {file}.");
        File.WriteAllText(_folder.File(file), string.Concat(text.AsSpan(0, at), other, text.AsSpan(at + old.Length)));
        return text.AsSpan(0, at).Count('\n') + 1;
    }

    /// <summary>The one line, 1-based, that holds a text.</summary>
    public int LineOf(string file, string text) =>
        Assert.Single(File.ReadAllLines(_folder.File(file)).Index(), line => line.Item.Contains(text, StringComparison.Ordinal)).Index + 1;

    [GeneratedRegex(@"```yaml (?<name>\S+)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blocks();
}
