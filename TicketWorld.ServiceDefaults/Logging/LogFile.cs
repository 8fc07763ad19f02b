using System.Text;

namespace TicketWorld.ServiceDefaults.Logging;

/// <summary>
/// A file of log lines that stays small: when a line would carry it over its size it becomes <c>NAME.1</c>, the older ones move up, and the oldest goes.
/// A line is with the operating system when it is written. One process writes the file.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly long _largest;
    private readonly int _older;
    private FileStream? _file;

    /// <param name="path">The file; its folder is made.</param>
    /// <param name="largest">Bytes of each file.</param>
    /// <param name="older">How many older files are kept.</param>
    /// <exception cref="StartFaultException">The file cannot be written.</exception>
    public LogFile(string path, long largest, int older)
    {
        (_path, _largest, _older) = (Path.GetFullPath(path), largest, older);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            _file = Open();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"LOG_FILE {_path} cannot be written: {error.Message} Name another file, or give this user the right to write there.", error);
        }
    }

    /// <summary>Adds an entry, which ends with a line feed. A disk that is full loses entries and stops nothing: what is said on the console is said there.</summary>
    public void Write(string entry)
    {
        var bytes = Encoding.UTF8.GetBytes(entry);
        lock (_gate)
        {
            try
            {
                if (_file is { Length: > 0 } full && full.Length + bytes.Length > _largest)
                    Rotate();
                _file ??= Open();
                _file.Write(bytes);
                _file.Flush();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _file?.Dispose();
                _file = null;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private FileStream Open() => new(_path, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);

    private void Rotate()
    {
        _file?.Dispose();
        _file = null;
        for (var number = _older; number >= 1; number--)
        {
            var from = number == 1 ? _path : Numbered(number - 1);
            if (File.Exists(from))
                File.Move(from, Numbered(number), overwrite: true);
        }
        if (_older == 0)
            File.Delete(_path);
    }

    private string Numbered(int number) => $"{_path}.{number}";
}
