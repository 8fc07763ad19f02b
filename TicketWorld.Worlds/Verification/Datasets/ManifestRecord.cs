using System.Text.Json;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>A file that a manifest lists.</summary>
internal sealed record ManifestFile(string Name, long Size, string Hash);

/// <summary>What a manifest says of its dataset, as far as it can be read.</summary>
internal sealed record ManifestRecord
{
    public const string FileName = "manifest.json";

    /// <summary>The version of the formats that this verifier reads.</summary>
    private const int SchemaVersion = 2;

    private static readonly JsonKeys Keys = ["schema_version", "engine_version", "pack", "options", "counts", "generated_at", "writer", "files"];
    private static readonly JsonKeys OptionKeys = ["tickets", "customers", "products", "orders", "seed", "as_of", "company_name", "debug", "appended"];
    private static readonly JsonKeys OptionKeysOfTwins = [.. OptionKeys, "twins"];
    private static readonly JsonKeys CountKeys = ["tickets", "customers", "products", "orders"];

    public string? EngineVersion { get; private init; }

    public string? PackName { get; private init; }

    /// <summary>Where the pack lies, which no manifest says; null for an embedded one.</summary>
    public string? PackFolder { get; init; }

    public string? PackVersion { get; private init; }

    public string? PackHash { get; private init; }

    public DateOnly? AsOf { get; private init; }

    public string? Company { get; private init; }

    public bool? Debug { get; private init; }

    /// <summary>The seed as written.</summary>
    public string? Seed { get; private init; }

    /// <summary>Tickets, customers, products, orders of the first block, as the options ask for.</summary>
    public int?[] Options { get; private init; } = [null, null, null, null];

    /// <summary>Twins asked for; there may be fewer.</summary>
    public int Twins { get; private init; }

    /// <summary>Tickets of each block appended.</summary>
    public int[] Appended { get; private init; } = [];

    /// <summary>Tickets, customers, products, orders that the files are said to hold.</summary>
    public int?[] Counts { get; private init; } = [null, null, null, null];

    /// <summary>The model that wrote the texts; null when the grammar did.</summary>
    public string? TextModel { get; private init; }

    public ManifestFile[] Files { get; private init; } = [];

    public static ManifestRecord? Read(JsonElement element, RecordCheck check)
    {
        if (JsonRecord.Of(element, check, "", Keys) is not { } record)
            return null;
        if (record.Integer("schema_version", 0, int.MaxValue) is { } version && version != SchemaVersion)
            check.Add(VerificationLayer.Schema, "schema_version", "the set has another schema", $"{version}", $"{SchemaVersion}");
        var pack = record.Object("pack", ["name", "version", "content_hash"]);
        var options = record.Object("options", record.Member("options") is { ValueKind: JsonValueKind.Object } asked && asked.TryGetProperty("twins", out _) ? OptionKeysOfTwins : OptionKeys);
        var counts = record.Object("counts", CountKeys);
        var read = new ManifestRecord
        {
            EngineVersion = record.Text("engine_version"),
            PackName = pack?.Text("name"),
            PackVersion = pack?.Text("version"),
            PackHash = pack?.Text("content_hash"),
            AsOf = options?.Date("as_of"),
            Company = options?.TextOrNull("company_name"),
            Debug = options?.Boolean("debug"),
            Seed = options?.Member("seed")?.ToString(),
            Options = Numbers(options),
            Appended = options is { } o ? ReadAppended(o) : [],
            Twins = options?.Integer("twins", 1, int.MaxValue) ?? 0,
            Counts = Numbers(counts),
            TextModel = ReadWriter(record.Object("writer", ["kind", "model", "prompts"])),
            Files = [.. record.Array("files").Select((file, i) => ReadFile(file, check, $"files[{i}]")).OfType<ManifestFile>()],
        };
        CheckCounts(read, check);
        var generated = record.Time("generated_at");
        if (generated is { } at && read.AsOf is { } asOf && DateOnly.FromDateTime(at) != asOf)
            check.Add(VerificationLayer.Files, "generated_at", "a world has its own clock", at.ToString("yyyy-MM-dd"), asOf.ToString("yyyy-MM-dd"));
        return read;
    }

    private static string? ReadWriter(JsonRecord? writer)
    {
        if (writer is not { } record)
            return null;
        var kind = record.Text("kind");
        var model = record.TextOrNull("model");
        record.TextOrNull("prompts");
        if (kind is not null && kind != (model is null ? "grammar" : "model"))
            record.Report(VerificationLayer.Schema, "kind", "a model writes exactly when one is named", kind, model is null ? "grammar" : "model");
        return model;
    }

    private static void CheckCounts(ManifestRecord read, RecordCheck check)
    {
        for (var i = 0; i < CountKeys.Length; i++)
        {
            var expected = read.Options[i] + (i == 0 ? read.Appended.Sum() : 0);
            if (expected is { } asked && read.Counts[i] is { } counted && asked != counted && !(i == 0 && counted > asked && counted - asked <= read.Twins))
                check.Add(VerificationLayer.Files, $"counts.{CountKeys[i]}", "the count is not what the options ask for", $"{counted}", $"{asked}");
        }
    }

    private static int?[] Numbers(JsonRecord? record) =>
        [.. CountKeys.Select(key => record?.Integer(key, 0, int.MaxValue))];

    private static int[] ReadAppended(JsonRecord options)
    {
        var elements = options.Array("appended");
        var counts = new List<int>(elements.Length);
        foreach (var element in elements)
        {
            if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var count) && count > 0)
                counts.Add(count);
            else
                options.Report(VerificationLayer.Schema, "appended", "this is no count of tickets", element.GetRawText(), "a whole number above 0");
        }

        return [.. counts];
    }

    private static ManifestFile? ReadFile(JsonElement element, RecordCheck check, string path)
    {
        if (JsonRecord.Of(element, check, path, ["name", "size", "sha256", "schema_version"]) is not { } record)
            return null;
        var name = record.Text("name");
        var hash = record.Text("sha256");
        var size = record.Number("size", 0, long.MaxValue);
        if (record.Integer("schema_version", 0, int.MaxValue) is { } version && version != SchemaVersion)
            check.Add(VerificationLayer.Schema, $"{path}.schema_version", "the file has another schema", $"{version}", $"{SchemaVersion}");
        return name is null || hash is null || size is null ? null : new ManifestFile(name, (long)size.Value, hash);
    }
}
