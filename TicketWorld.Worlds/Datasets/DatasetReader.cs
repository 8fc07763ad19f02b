using System.Text.Json;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Datasets;

/// <summary>
/// Reads the files of a set as JSON, whatever keys they carry. Tickets are streamed; the records are read at once.
/// </summary>
public sealed class DatasetReader
{
    public const string TicketLines = "support_tickets.jsonl";
    public const string DatabaseName = "customer_database.json";
    public const string PolicyTextName = "company_policy.txt";
    public const string PolicyGraphName = "policy_graph.json";

    private DatasetReader(string folder, Manifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
    }

    public string Folder { get; }

    public Manifest Manifest { get; }

    /// <summary>Opens the set in a folder; a switch that an earlier command committed is finished.</summary>
    /// <exception cref="WorldException">The folder holds no set.</exception>
    public static DatasetReader Open(string folder)
    {
        DatasetFolder.RefuseNoSet(folder);
        DatasetFolder.Recover(folder);
        var manifest = DatasetFolder.ReadManifest(folder)
            ?? throw new WorldException("no_set", $"{folder} holds no set: {Manifest.FileName} is missing.", "Name the folder of a set; ticketworld generate makes one.", "dir", folder);
        var reader = new DatasetReader(folder, manifest);
        foreach (var name in (string[])[TicketLines, DatabaseName, PolicyTextName, PolicyGraphName])
        {
            if (!File.Exists(reader.PathOf(name)))
                throw reader.Damaged(name, "is missing", null);
        }

        return reader;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The tickets as lines of JSON, in the order of the file.</summary>
    public IEnumerable<string> Lines() => File.ReadLines(PathOf(TicketLines)).Where(line => line.Length > 0);

    /// <summary>The tickets, in the order of the file. Each is valid until the next is read.</summary>
    /// <exception cref="WorldException">A line is no ticket.</exception>
    public IEnumerable<JsonElement> Tickets()
    {
        var number = 0;
        foreach (var line in Lines())
        {
            using var document = ParseTicket(line, ++number);
            yield return document.RootElement;
        }
    }

    /// <summary>A line of the ticket file as JSON.</summary>
    /// <param name="number">Number of the line, from 1.</param>
    /// <exception cref="WorldException">The line is no ticket.</exception>
    public JsonDocument ParseTicket(string line, int number)
    {
        try
        {
            var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && Array.TrueForAll(["ticket_id", "subject", "body"], key => document.RootElement.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String))
                return document;
            document.Dispose();
            throw Damaged(TicketLines, $"has no ticket on line {number}: ticket_id, subject or body is missing", null);
        }
        catch (JsonException e)
        {
            throw Damaged(TicketLines, $"has no JSON on line {number}", e);
        }
    }

    /// <summary>The records: an object with an array for each kind.</summary>
    public JsonDocument Database() => Parse(DatabaseName);

    public JsonDocument PolicyGraph() => Parse(PolicyGraphName);

    public string PolicyText() => File.ReadAllText(PathOf(PolicyTextName));

    private JsonDocument Parse(string name)
    {
        using var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        try
        {
            var document = JsonDocument.Parse(file);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw Damaged(name, "is no JSON object", null);
        }
        catch (JsonException e)
        {
            throw Damaged(name, "is no JSON", e);
        }
    }

    private WorldException Damaged(string name, string problem, Exception? cause) =>
        new("invalid_set", $"{PathOf(name)} {problem}{(cause is null ? "" : ": " + cause.Message)}.", "Run ticketworld verify on the folder, and generate the set again.", "dir", Folder);
}
