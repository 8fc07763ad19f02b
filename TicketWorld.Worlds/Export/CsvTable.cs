using System.Text.Json;
using CsvHelper;

namespace TicketWorld.Worlds.Export;

/// <summary>
/// A table of comma-separated values as RFC 4180 has it: a header, CRLF, quotes where they are needed; UTF-8. A missing value is an empty
/// field, an empty text a quoted one.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    private readonly CsvWriter _csv;
    private readonly Dictionary<string, int> _columns;
    private readonly JsonElement?[] _row;

    public CsvTable(Stream output, IReadOnlyList<string> columns)
    {
        _csv = CsvWriter.Create(output, CsvWriterOptions.Default, leaveOpen: true);
        _columns = columns.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);
        _row = new JsonElement?[columns.Count];
        foreach (var column in columns)
            _csv.WriteField(column);
        _csv.EndRecord();
    }

    public void Write(IEnumerable<(string Column, JsonElement Value)> cells)
    {
        Array.Clear(_row);
        foreach (var (column, value) in cells)
            _row[_columns[column]] = value;
        foreach (var value in _row)
        {
            if (value is not { } present || present.ValueKind == JsonValueKind.Null)
                _csv.WriteField("");
            else if (present.ValueKind == JsonValueKind.String && present.GetString() is { } text)
                _csv.WriteField(text, text.Length == 0 ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
            else
                _csv.WriteField(present.GetRawText());
        }

        _csv.EndRecord();
    }

    public void Dispose() => _csv.Dispose();
}
