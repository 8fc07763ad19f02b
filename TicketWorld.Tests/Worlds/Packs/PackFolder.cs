using System.Text.RegularExpressions;
using TicketWorld.Tests.ServiceDefaults;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>A copy of the technest pack in a folder that goes with the test, for changing.</summary>
internal sealed class PackFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackFolder()
    {
        const string prefix = "packs/technest/";
        var assembly = typeof(Pack).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            using var source = assembly.GetManifestResourceStream(name)!;
            using var target = File.Create(_folder.File(name[prefix.Length..]));
            source.CopyTo(target);
        }
    }

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    public string Read(string file) => File.ReadAllText(_folder.File(file));

    public void Write(string file, string text) => File.WriteAllText(_folder.File(file), text);

    public void Delete(string file) => File.Delete(_folder.File(file));

    /// <summary>Replaces a text that stands in a file once, or at the first place after another text.</summary>
    /// <returns>The line, 1-based, where the replacement begins.</returns>
    public int Replace(string file, string old, string other, string? after = null)
    {
        var text = Read(file);
        var from = after is null ? 0 : Found(text.IndexOf(after, StringComparison.Ordinal), after);
        var at = Found(text.IndexOf(old, from, StringComparison.Ordinal), old);
        if (after is null)
            Assert.Equal(-1, text.IndexOf(old, at + 1, StringComparison.Ordinal));
        Write(file, string.Concat(text.AsSpan(0, at), other, text.AsSpan(at + old.Length)));
        return text.AsSpan(0, at).Count('\n') + 1;
    }

    /// <summary>Replaces every match of a pattern.</summary>
    public void ReplaceAll(string file, string pattern, string other)
    {
        var text = Read(file);
        var changed = Regex.Replace(text, pattern, other, RegexOptions.Multiline, TimeSpan.FromSeconds(5));
        Assert.NotEqual(text, changed);
        Write(file, changed);
    }

    private static int Found(int at, string text) => at >= 0 ? at : throw new ArgumentException($"The pack has no '{text}'.", nameof(text));
}
