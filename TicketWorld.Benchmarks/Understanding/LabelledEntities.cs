using System.Text.Json;
using TicketWorld.Support.Analysis;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>A field of a labelled message.</summary>
/// <param name="Text">The text as it stands in the message.</param>
internal readonly record struct LabelledEntity(string Field, string Text);

/// <summary>A labelled message, with no more than extraction needs.</summary>
internal sealed record LabelledEntities(string Id, TicketText Text, IReadOnlySet<LabelledEntity> Entities)
{
    /// <summary>Reads JSON Lines; the labelling guide beside the files names the keys.</summary>
    /// <exception cref="InvalidDataException">A line is not a labelled message; names file and line.</exception>
    public static IReadOnlyList<LabelledEntities> Read(string path)
    {
        var messages = new List<LabelledEntities>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                messages.Add(Read(document.RootElement));
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidDataException($"{path}:{number} is no labelled message: {e.Message} The labelling guide beside it names the keys.", e);
            }
        }

        return messages;
    }

    private static LabelledEntities Read(JsonElement root)
    {
        var sender = root.TryGetProperty("sender", out var from) ? from.GetString() : null;
        var text = new TicketText(root.GetProperty("subject").GetString() ?? "", root.GetProperty("body").GetString() ?? "", sender);
        var entities = new HashSet<LabelledEntity>();
        foreach (var entity in root.GetProperty("entities").EnumerateArray())
            entities.Add(new(entity.GetProperty("field").GetString() ?? "", entity.GetProperty("text").GetString() ?? ""));
        return new(root.GetProperty("id").GetString() ?? "", text, entities);
    }
}
