using System.Buffers;
using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Dilution;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Export;

/// <summary>
/// Exports a set for those who use it: in parts that share no customer, in the layout that their tools read, with the answers or without.
/// The evaluation view holds messages, records and the policy as a document; no answer, nothing that says what a message leaves out, and no seed.
/// </summary>
public sealed class DatasetExporter
{
    public const string AnswersName = "answers.jsonl";
    private static readonly byte[] LineEnd = "\n"u8.ToArray();
    private readonly DatasetReader _set;
    private readonly ExportOptions _options;
    private readonly ExportFolder _folder;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _columns = [];

    private DatasetExporter(DatasetReader set, ExportOptions options, ExportFolder folder, CancellationToken cancellation)
    {
        _set = set;
        _options = options;
        _folder = folder;
        _cancellation = cancellation;
    }

    /// <summary>Writes an export into a folder; an earlier one is replaced when the new one is complete.</summary>
    /// <exception cref="WorldException">The set cannot be read, or the folder holds something else.</exception>
    public static ExportResult Export(DatasetReader set, ExportOptions options, string output, CancellationToken cancellation = default)
    {
        using var folder = ExportFolder.Open(output, options.Gzip);
        return new DatasetExporter(set, options, folder, cancellation).Run();
    }

    private ExportResult Run()
    {
        var (parts, splits) = Part();
        WriteTickets(parts);
        using (var database = _set.Database())
        {
            var records = database.RootElement.EnumerateObject().Where(a => a.Value.ValueKind == JsonValueKind.Array).ToDictionary(a => a.Name, a => a.Value.GetArrayLength(), StringComparer.Ordinal);
            WriteWorld(database.RootElement);
            using var graph = _set.PolicyGraph();
            var company = graph.RootElement.GetProperty("company").GetString()!;
            if (_options.Layout == ExportLayout.HuggingFace)
                _folder.Text("README.md", DatasetCard.Write(_set.Manifest, company, _options.EvaluationView, splits, _folder.NameOf, records));
            _folder.Text(PublicManifest.FileName, PublicManifest.Write(_set.Manifest, company, _options, splits, _folder.Files));
        }

        using (var manifest = _folder.Secret(Manifest.FileName))
        {
            manifest.Content.Write(_set.Manifest.ToBytes());
            manifest.Finish();
        }

        _folder.Commit();
        return new ExportResult(
            _folder.PathOf(ExportFolder.Public),
            _folder.PathOf(ExportFolder.Private, Manifest.FileName),
            _options.EvaluationView ? _folder.PathOf(ExportFolder.Private, AnswersName) : null,
            splits,
            _folder.Files,
            WeakSeed: _options.EvaluationView && _set.Manifest.Options.Seed.IsGuessable);
    }

    /// <summary>Deals the tickets out, and notes the columns that any of them has.</summary>
    private (int[] Parts, ExportedSplit[] Splits) Part()
    {
        var deal = new EntitySplit();
        var customers = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ticket in _set.Tickets())
        {
            _cancellation.ThrowIfCancellationRequested();
            deal.Add(TicketView.Entities(ticket));
            customers.Add(ticket.TryGetProperty("customer_id", out var customer) ? customer.ToString() : "");
            _columns.AddRange(FlatTicket.Cells(ticket).Select(c => c.Column).Where(seen.Add));
        }

        var parts = deal.Deal(_options.Splits);
        var splits = _options.Splits.Select((split, i) =>
        {
            var members = Enumerable.Range(0, parts.Length).Where(t => parts[t] == i).ToArray();
            return new ExportedSplit(split.Name, split.Percent, members.Length, parts.Length == 0 ? 0 : (double)members.Length / parts.Length, members.Select(t => customers[t]).Distinct().Count());
        }).ToArray();
        return (parts, splits);
    }

    private void WriteTickets(int[] parts)
    {
        var csv = _options.Layout == ExportLayout.Csv;
        var prefix = _options.Layout == ExportLayout.HuggingFace ? "data/" : "";
        var schema = csv || _options.Layout == ExportLayout.HuggingFace ? null : _options.EvaluationView ? "support_tickets#/$defs/message" : "support_tickets#/$defs/ticket";
        var files = _options.Splits.Select(s => _folder.Data($"{prefix}{s.Name}.{(csv ? "csv" : "jsonl")}", schema)).ToArray();
        using var answers = _options.EvaluationView ? _folder.Secret(AnswersName) : null;
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(buffer, Json.Options);
        CsvTable[] tables = csv ? [.. files.Select(f => new CsvTable(f.Content, TicketColumns()))] : [];
        try
        {
            var index = 0;
            foreach (var ticket in _set.Tickets())
            {
                _cancellation.ThrowIfCancellationRequested();
                var part = parts[index++];
                if (csv)
                    tables[part].Write(FlatTicket.Cells(ticket).Where(c => _columns.Contains(c.Column)));
                else
                    Line(files[part].Content, () => WriteRow(json, ticket));
                if (answers is not null)
                    Line(answers.Content, () => TicketView.WriteAnswer(json, ticket, _options.Splits[part].Name));
            }

            foreach (var table in tables)
                table.Dispose();
            foreach (var file in files)
                file.Finish();
            answers?.Finish();
        }
        finally
        {
            foreach (var file in files)
                file.Dispose();
        }

        void Line(Stream output, Action write)
        {
            buffer.ResetWrittenCount();
            json.Reset(buffer);
            write();
            json.Flush();
            output.Write(buffer.WrittenSpan);
            output.Write(LineEnd);
        }
    }

    private List<string> TicketColumns()
    {
        if (_options.EvaluationView)
            _columns.RemoveAll(c => !TicketView.IsMessage(c));
        return _columns;
    }

    private void WriteRow(Utf8JsonWriter json, JsonElement ticket)
    {
        if (_options.EvaluationView)
            TicketView.WriteMessage(json, ticket);
        else if (_options.Layout == ExportLayout.HuggingFace)
            TicketView.WriteColumnar(json, ticket);
        else
            ticket.WriteTo(json);
    }

    /// <summary>The records and the policy. The policy as data derives answers, so an evaluation view has it as a document only.</summary>
    private void WriteWorld(JsonElement database)
    {
        var prefix = _options.Layout == ExportLayout.HuggingFace ? "environment/" : "";
        if (_options.Layout == ExportLayout.Csv)
            WriteTables(database);
        else
            Copy(prefix, DatasetReader.DatabaseName, "customer_database");
        if (!_options.EvaluationView)
            Copy(prefix, DatasetReader.PolicyGraphName, "policy_graph");
        foreach (var name in (string[])[DatasetReader.PolicyTextName, PolicyDilution.FileName])
        {
            if (!File.Exists(_set.PathOf(name)))
                continue;
            RefuseAnotherPolicy(name);
            _folder.Text(prefix + name, File.ReadAllBytes(_set.PathOf(name)));
        }
    }

    /// <summary>A diluted policy that was made before the set was replaced would be another policy.</summary>
    private void RefuseAnotherPolicy(string name)
    {
        var lines = File.ReadAllText(_set.PathOf(name)).Split('\n').ToHashSet(StringComparer.Ordinal);
        if (!Array.TrueForAll(_set.PolicyText().Split('\n'), lines.Contains))
            throw new WorldException("other_policy", $"{_set.PathOf(name)} was made from another policy than the set's.", "Run ticketworld dilute on the set again, or remove the file.", "dir", _set.Folder);
    }

    private void Copy(string prefix, string name, string schema)
    {
        using var file = _folder.Data(prefix + name, schema);
        using (var source = File.OpenRead(_set.PathOf(name)))
            source.CopyTo(file.Content);
        file.Finish();
    }

    private void WriteTables(JsonElement database)
    {
        var columns = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var row in RecordTables.Rows(database))
        {
            if (!columns.TryGetValue(row.Table, out var known))
                columns[row.Table] = known = [];
            foreach (var (column, _) in row.Cells)
            {
                if (!known.Contains(column))
                    known.Add(column);
            }
        }

        foreach (var name in RecordTables.Names.Where(columns.ContainsKey))
        {
            using var file = _folder.Data(name + ".csv", null);
            using (var table = new CsvTable(file.Content, columns[name]))
            {
                foreach (var row in RecordTables.Rows(database).Where(r => r.Table == name))
                    table.Write(row.Cells);
            }

            file.Finish();
        }
    }
}
