using System.Globalization;
using System.Text.Json;
using TicketWorld.Worlds.Authorship;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Datasets;

/// <summary>A file of a set.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
public sealed record DatasetFile(string Name, long Size, string Sha256);

/// <summary>What defines a set: <c>manifest.json</c>.</summary>
public sealed record Manifest
{
    /// <summary>Version of the formats of all files of a set.</summary>
    public const int CurrentSchema = 2;

    /// <summary>Version of the rules by which options become bytes; it changes whenever they do.</summary>
    public const string CurrentEngine = "1.0.0";

    /// <summary>Names of the files of a set, in the order of the manifest.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["support_tickets.json", "support_tickets.jsonl", "customer_database.json", "company_policy.txt", "policy_graph.json"];

    /// <summary>The pairs of twins; only where there are twins, and debug keys.</summary>
    public const string TwinsName = "twins.jsonl";

    public const string FileName = "manifest.json";

    /// <summary>Names of the files of a set made with such options.</summary>
    public static IReadOnlyList<string> FileNamesOf(WorldOptions options) => options is { Twins: > 0, Debug: true } ? [.. FileNames, TwinsName] : FileNames;

    public required int SchemaVersion { get; init; }
    public required string EngineVersion { get; init; }
    public required string PackName { get; init; }
    public required string PackVersion { get; init; }
    public required string PackContentHash { get; init; }

    /// <summary>The options, with the pack as it was named.</summary>
    public required WorldOptions Options { get; init; }
    public required int Tickets { get; init; }
    public required DateTime GeneratedAt { get; init; }
    public required DatasetFile[] Files { get; init; }

    /// <summary>Who wrote the texts.</summary>
    public WriterIdentity Writer { get; init; } = WriterIdentity.Grammar;

    public static Manifest Of(World world, DatasetFile[] files) => new()
    {
        SchemaVersion = CurrentSchema,
        EngineVersion = CurrentEngine,
        PackName = world.Pack.Settings.Name,
        PackVersion = world.Pack.Settings.Version,
        PackContentHash = world.Pack.Source.ContentHash,
        Options = world.Options,
        Tickets = world.TicketCount,
        GeneratedAt = world.Now,
        Files = files,
    };

    public byte[] ToBytes()
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Json.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema_version", SchemaVersion);
            json.WriteString("engine_version", EngineVersion);
            json.WriteStartObject("pack");
            json.WriteString("name", PackName);
            json.WriteString("version", PackVersion);
            json.WriteString("content_hash", PackContentHash);
            json.WriteEndObject();
            WriteOptions(json);
            json.WriteStartObject("counts");
            json.WriteNumber("tickets", Tickets);
            json.WriteNumber("customers", Options.Customers);
            json.WriteNumber("products", Options.Products);
            json.WriteNumber("orders", Options.Orders);
            json.WriteEndObject();
            json.WriteTime("generated_at"u8, GeneratedAt);
            json.WriteStartObject("writer");
            json.WriteString("kind", Writer.Kind);
            json.WriteString("model", Writer.Model);
            json.WriteString("prompts", Writer.Prompts);
            json.WriteEndObject();
            json.WriteStartArray("files");
            foreach (var file in Files)
            {
                json.WriteStartObject();
                json.WriteString("name", file.Name);
                json.WriteNumber("size", file.Size);
                json.WriteString("sha256", file.Sha256);
                json.WriteNumber("schema_version", SchemaVersion);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private void WriteOptions(Utf8JsonWriter json)
    {
        json.WriteStartObject("options");
        json.WriteNumber("tickets", Options.Tickets);
        json.WriteNumber("customers", Options.Customers);
        json.WriteNumber("products", Options.Products);
        json.WriteNumber("orders", Options.Orders);
        if (Options.Seed.IsGuessable)
            json.WriteNumber("seed", (ulong)Options.Seed.Value);
        else
            json.WriteString("seed", Options.Seed.ToString());
        json.WriteDate("as_of"u8, Options.AsOf);
        json.WriteString("company_name", Options.CompanyName);
        json.WriteBoolean("debug", Options.Debug);
        if (Options.Twins > 0)
            json.WriteNumber("twins", Options.Twins);
        json.WriteStartArray("appended");
        foreach (var count in Options.Appended)
            json.WriteNumberValue(count);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="WorldException">It is not one that this program can use.</exception>
    public static Manifest Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            var pack = root.GetProperty("pack");
            var options = root.GetProperty("options");
            return new Manifest
            {
                SchemaVersion = root.GetProperty("schema_version").GetInt32(),
                EngineVersion = Text(root, "engine_version"),
                PackName = Text(pack, "name"),
                PackVersion = Text(pack, "version"),
                PackContentHash = Text(pack, "content_hash"),
                Options = new WorldOptions
                {
                    Pack = Text(pack, "name"),
                    Tickets = options.GetProperty("tickets").GetInt32(),
                    Customers = options.GetProperty("customers").GetInt32(),
                    Products = options.GetProperty("products").GetInt32(),
                    Orders = options.GetProperty("orders").GetInt32(),
                    Seed = ReadSeed(options.GetProperty("seed")),
                    AsOf = DateOnly.ParseExact(Text(options, "as_of"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    CompanyName = options.GetProperty("company_name").GetString(),
                    Debug = options.GetProperty("debug").GetBoolean(),
                    Twins = options.TryGetProperty("twins", out var twins) ? twins.GetInt32() : 0,
                    Appended = [.. options.GetProperty("appended").EnumerateArray().Select(a => a.GetInt32())],
                },
                Tickets = root.GetProperty("counts").GetProperty("tickets").GetInt32(),
                GeneratedAt = root.GetProperty("generated_at").GetDateTime(),
                Writer = new WriterIdentity(Text(root.GetProperty("writer"), "kind"), root.GetProperty("writer").GetProperty("model").GetString(), root.GetProperty("writer").GetProperty("prompts").GetString()),
                Files = [.. root.GetProperty("files").EnumerateArray().Select(f => new DatasetFile(Text(f, "name"), f.GetProperty("size").GetInt64(), Text(f, "sha256")))],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new WorldException("invalid_manifest", $"{path} is no manifest of a set: {e.Message}", "Generate the set again.", "output_dir", path);
        }
    }

    private static WorldSeed ReadSeed(JsonElement seed) =>
        WorldSeed.TryParse(seed.ToString(), out var read) ? read : throw new FormatException("The seed is none.");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");
}
