using System.IO.Compression;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Export;

/// <summary>
/// The folder of an export: <c>public/</c>, to publish, and <c>private/</c>, to keep. Both are written aside and put in place when they are
/// complete. A folder that holds anything else than an export is refused.
/// </summary>
internal sealed class ExportFolder : IDisposable
{
    public const string Public = "public";
    public const string Private = "private";
    private const string Staged = ".ticketworld-new";
    private readonly string _path;
    private readonly bool _gzip;
    private readonly List<ExportedFile> _files = [];

    private ExportFolder(string path, bool gzip)
    {
        _path = path;
        _gzip = gzip;
    }

    /// <summary>Public files so far.</summary>
    public IReadOnlyList<ExportedFile> Files => _files;

    /// <exception cref="WorldException">The folder holds something else.</exception>
    public static ExportFolder Open(string path, bool gzip)
    {
        var full = Path.GetFullPath(path);
        OutputFolder.Create(full, "output");
        foreach (var entry in Directory.GetFileSystemEntries(full).Select(e => Path.GetFileName(e)))
        {
            if (entry is not (Public or Private or Staged) || (entry == Public && !File.Exists(Path.Combine(full, Public, PublicManifest.FileName))))
                throw new WorldException("output_in_use", $"{full} holds {entry}, which is no part of an export.", "Name an empty folder, a new one, or one with an earlier export.", "output", path);
        }

        var folder = new ExportFolder(full, gzip);
        folder.Dispose();
        Directory.CreateDirectory(Path.Combine(full, Staged, Public));
        Directory.CreateDirectory(Path.Combine(full, Staged, Private));
        return folder;
    }

    /// <summary>Name of a file of data, with the ending of a compressed one where the export is compressed.</summary>
    public string NameOf(string name) => _gzip ? name + ".gz" : name;

    /// <summary>Begins a file of data in the public folder.</summary>
    public ExportStream Data(string name, string? schema)
    {
        var path = Path.Combine(_path, Staged, Public, NameOf(name));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new HashedFile(path, HashedFile.Create);
        return new ExportStream(_gzip ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : file, file, done => _files.Add(new ExportedFile(NameOf(name), done.Size, done.Sha256, schema)));
    }

    /// <summary>Writes a text in the public folder, never compressed.</summary>
    public void Text(string name, byte[] content)
    {
        using var file = new HashedFile(Path.Combine(_path, Staged, Public, name), HashedFile.Create);
        file.Write(content);
        var done = file.Finish();
        _files.Add(new ExportedFile(name, done.Size, done.Sha256, null));
    }

    /// <summary>Begins a file in the private folder.</summary>
    public ExportStream Secret(string name)
    {
        var file = new HashedFile(Path.Combine(_path, Staged, Private, name), HashedFile.Create);
        return new ExportStream(file, file, _ => { });
    }

    /// <summary>Puts what was written in the place of an earlier export.</summary>
    public void Commit()
    {
        foreach (var part in (string[])[Public, Private])
        {
            var place = Path.Combine(_path, part);
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
            Directory.Move(Path.Combine(_path, Staged, part), place);
        }
    }

    public string PathOf(string part, string name = "") => Path.Combine(_path, part, name);

    /// <summary>Removes what was not put in place.</summary>
    public void Dispose()
    {
        var staged = Path.Combine(_path, Staged);
        if (Directory.Exists(staged))
            Directory.Delete(staged, recursive: true);
    }
}

/// <summary>A file of an export while it is written.</summary>
internal sealed class ExportStream(Stream content, HashedFile file, Action<DatasetFile> done) : IDisposable
{
    private bool _ended;

    public Stream Content => content;

    /// <summary>Ends the file and counts it among those of the export.</summary>
    public void Finish()
    {
        if (content != file)
            content.Dispose();
        done(file.Finish());
        _ended = true;
    }

    public void Dispose()
    {
        if (_ended)
            return;
        if (content != file)
            content.Dispose();
        file.Dispose();
    }
}
