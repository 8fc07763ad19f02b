using System.Diagnostics;

namespace TicketWorld.Tests.Worlds.Datasets;

/// <summary>A file on a disk that has room for some bytes and then is full.</summary>
internal sealed class FullDisk(string path, int room) : Stream
{
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write);
    private long _room = room;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => _file.CanWrite;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        const int noSpace = 28;
        var fits = (int)Math.Min(_room, buffer.Length);
        _file.Write(buffer[..fits]);
        _room -= fits;
        if (fits < buffer.Length)
            throw new IOException($"No space left on device : '{_file.Name}'", noSpace);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A small disk of its own, mounted on a folder.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly string _folder;

    public Tmpfs(string folder, int kilobytes)
    {
        _folder = folder;
        if (!TryRun("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder))
            throw new InvalidOperationException($"No tmpfs can be mounted on {folder}.");
    }

    /// <summary>Whether this user may mount one here.</summary>
    public static bool IsPossible { get; } = Probe();

    public void Dispose() => TryRun("umount", _folder);

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return false;
        var folder = Directory.CreateTempSubdirectory("ticketworld-mount-");
        try
        {
            return TryRun("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.FullName) && TryRun("umount", folder.FullName);
        }
        finally
        {
            folder.Delete();
        }
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that mounts a disk of its own; skipped where this user may not.</summary>
public sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute()
    {
        if (!Tmpfs.IsPossible)
            Skip = "This user may not mount a tmpfs here.";
    }
}
