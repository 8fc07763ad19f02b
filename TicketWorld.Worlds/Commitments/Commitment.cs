using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Worlds.Commitments;

/// <summary>
/// A commitment to a set that is held out: its hash is published now, and what it was made of is shown later, so that everybody can check
/// that the set was fixed at the time and not chosen after the results were known.
/// </summary>
/// <remarks>
/// The hash is SHA-256 over lines of UTF-8 text, each <c>name=value</c> and ended by a line feed, in the order of <see cref="Canonical"/>. It binds, since nobody
/// finds another text with the same hash; and it hides, since the text holds a nonce of 256 bits from the system's generator.
/// </remarks>
public sealed record Commitment
{
    public const int SchemaVersion = 1;
    private const int NonceSize = 32;

    /// <summary>The difference of a set to which tickets were appended, which no commitment is to.</summary>
    public const string Appended = "appended";

    public required string EngineVersion { get; init; }
    public required string PackName { get; init; }
    public required string PackVersion { get; init; }
    public required string PackContentHash { get; init; }

    /// <summary>The options that the set is created with.</summary>
    public required WorldOptions Options { get; init; }

    /// <summary>In lower-case hexadecimal.</summary>
    public required string Nonce { get; init; }

    /// <summary>The hash to publish, in lower-case hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical())));

    /// <summary>A commitment to what a pack and options make, with a nonce of its own.</summary>
    public static Commitment To(Pack pack, WorldOptions options) => new()
    {
        EngineVersion = Manifest.CurrentEngine,
        PackName = pack.Settings.Name,
        PackVersion = pack.Settings.Version,
        PackContentHash = pack.Source.ContentHash,
        Options = options with { Pack = pack.Settings.Name, Appended = [] },
        Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceSize)),
    };

    /// <summary>What is hashed.</summary>
    public string Canonical()
    {
        var text = new StringBuilder("ticketworld commitment 1\n");
        foreach (var (name, value) in Lines())
            text.Append(name).Append('=').Append(value).Append('\n');
        return text.Append("nonce=").Append(Nonce).Append('\n').ToString();
    }

    /// <summary>In what a set differs from the one committed to; nothing when it was made so.</summary>
    public IEnumerable<string> Differences(Manifest manifest)
    {
        var made = this with
        {
            EngineVersion = manifest.EngineVersion,
            PackName = manifest.PackName,
            PackVersion = manifest.PackVersion,
            PackContentHash = manifest.PackContentHash,
            Options = manifest.Options,
        };
        foreach (var ((name, value), (_, other)) in Lines().Zip(made.Lines()))
        {
            if (value != other && name != "twins")
                yield return name;
        }

        if (manifest.Options.Twins != Options.Twins)
            yield return "twins";
        if (manifest.Options.Appended.Length > 0)
            yield return Appended;
    }

    /// <summary>The private file.</summary>
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
            json.WriteStartObject("options");
            json.WriteNumber("tickets", Options.Tickets);
            json.WriteNumber("customers", Options.Customers);
            json.WriteNumber("products", Options.Products);
            json.WriteNumber("orders", Options.Orders);
            json.WriteString("seed", Options.Seed.ToString());
            json.WriteDate("as_of"u8, Options.AsOf);
            json.WriteString("company_name", Options.CompanyName);
            json.WriteBoolean("debug", Options.Debug);
            if (Options.Twins > 0)
                json.WriteNumber("twins", Options.Twins);
            json.WriteEndObject();
            json.WriteString("nonce", Nonce);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    /// <summary>Reads the private file.</summary>
    /// <exception cref="WorldException">It is none.</exception>
    public static Commitment Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            var pack = root.GetProperty("pack");
            var options = root.GetProperty("options");
            if (root.GetProperty("schema_version").GetInt32() is var version && version != SchemaVersion)
                throw new FormatException($"It has schema version {version}, this program reads {SchemaVersion}.");
            return new Commitment
            {
                EngineVersion = root.GetProperty("engine_version").GetString()!,
                PackName = pack.GetProperty("name").GetString()!,
                PackVersion = pack.GetProperty("version").GetString()!,
                PackContentHash = pack.GetProperty("content_hash").GetString()!,
                Options = new WorldOptions
                {
                    Pack = pack.GetProperty("name").GetString()!,
                    Tickets = options.GetProperty("tickets").GetInt32(),
                    Customers = options.GetProperty("customers").GetInt32(),
                    Products = options.GetProperty("products").GetInt32(),
                    Orders = options.GetProperty("orders").GetInt32(),
                    Seed = WorldSeed.TryParse(options.GetProperty("seed").GetString(), out var seed) ? seed : throw new FormatException("The seed is none."),
                    AsOf = DateOnly.ParseExact(options.GetProperty("as_of").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    CompanyName = options.GetProperty("company_name").GetString(),
                    Debug = options.GetProperty("debug").GetBoolean(),
                    Twins = options.TryGetProperty("twins", out var twins) ? twins.GetInt32() : 0,
                },
                Nonce = root.GetProperty("nonce").GetString()!,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            throw new WorldException("invalid_commitment", $"{path} is no file of a commitment: {e.Message}", "Name the file that generate --commit wrote.", "file", path);
        }
    }

    private IEnumerable<(string Name, string Value)> Lines()
    {
        yield return ("engine_version", EngineVersion);
        yield return ("pack_name", PackName);
        yield return ("pack_version", PackVersion);
        yield return ("pack_content_hash", PackContentHash);
        yield return ("tickets", Number(Options.Tickets));
        yield return ("customers", Number(Options.Customers));
        yield return ("products", Number(Options.Products));
        yield return ("orders", Number(Options.Orders));
        yield return ("seed", Options.Seed.Value.ToString("x32", CultureInfo.InvariantCulture));
        yield return ("as_of", Options.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        yield return ("company_name", Options.CompanyName ?? "");
        yield return ("debug", Options.Debug ? "true" : "false");
        if (Options.Twins > 0)
            yield return ("twins", Number(Options.Twins));

        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
