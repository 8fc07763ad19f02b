using System.Text.Json;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Worlds.Export;

/// <summary>What the public folder says of itself: <c>dataset.json</c>. It names no seed.</summary>
internal static class PublicManifest
{
    public const string FileName = "dataset.json";

    /// <summary>Stands in every public export, so that a corpus that took one in can be recognised.</summary>
    public const string Canary = "TICKETWORLD CANARY 6f0d7a52-3c1e-4b86-9a57-e21b84c70d39";

    public static byte[] Write(Manifest manifest, string company, ExportOptions options, IReadOnlyList<ExportedSplit> splits, IReadOnlyList<ExportedFile> files)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Json.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema_version", Manifest.CurrentSchema);
            json.WriteString("company", company);
            json.WriteString("engine_version", manifest.EngineVersion);
            json.WriteStartObject("pack");
            json.WriteString("name", manifest.PackName);
            json.WriteString("version", manifest.PackVersion);
            json.WriteEndObject();
            json.WriteTime("generated_at"u8, manifest.GeneratedAt);
            json.WriteString("layout", options.Layout.ToString().ToLowerInvariant());
            json.WriteBoolean("evaluation_view", options.EvaluationView);
            json.WriteString("canary", Canary);
            json.WriteNumber("tickets", splits.Sum(s => s.Tickets));
            json.WriteStartArray("splits");
            foreach (var split in splits)
            {
                json.WriteStartObject();
                json.WriteString("name", split.Name);
                json.WriteNumber("tickets", split.Tickets);
                json.WriteNumber("customers", split.Customers);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("files");
            foreach (var file in files)
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteNumber("size", file.Size);
                json.WriteString("sha256", file.Sha256);
                json.WriteString("schema", file.Schema);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }
}
