using System.Text;
using System.Text.Json.Nodes;
using TicketWorld.Worlds.Records;
using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Worlds.Auditing.Mutations;

/// <summary>
/// <c>customer_database.json</c> as its lines, one a record, of which some may be replaced. Immutable: a change gives another text.
/// </summary>
internal sealed class DatabaseText
{
    private static readonly string[] Keys = ["customer_id", "product_id", "order_id", "payment_id"];

    private readonly string[] _lines;
    private readonly Dictionary<string, int> _places;
    private readonly string[] _tiers;

    public DatabaseText(string text, string[] tiers)
    {
        _lines = text.Split('\n');
        _tiers = tiers;
        _places = new(StringComparer.Ordinal);
        for (var i = 0; i < _lines.Length; i++)
        {
            if (IdOf(_lines[i]) is { } id)
                _places[id] = i;
        }
    }

    private DatabaseText(DatabaseText other, string[] lines)
    {
        (_lines, _places, _tiers) = (lines, other._places, other._tiers);
    }

    public JsonObject Record(string id) => JsonNode.Parse(_lines[_places[id]].TrimEnd(','))!.AsObject();

    /// <summary>Ids of the payments of an order.</summary>
    public string[] PaymentsOf(string order)
    {
        var marker = $"\"order_id\":\"{order}\"";
        return [.. _lines.Where(l => l.StartsWith("{\"payment_id\"", StringComparison.Ordinal) && l.Contains(marker, StringComparison.Ordinal)).Select(l => IdOf(l)!)];
    }

    public DatabaseText With(string id, JsonObject record)
    {
        var lines = (string[])_lines.Clone();
        var place = _places[id];
        lines[place] = record.ToJsonString(MutatedTicket.Json) + (_lines[place].EndsWith(',') ? "," : "");
        return new DatabaseText(this, lines);
    }

    /// <summary>The records that bear on one customer, as far as they can be read.</summary>
    public RecordBook BookOf(string customer)
    {
        var owner = $"\"customer_id\":\"{customer}\"";
        var kept = _lines.Where(l => l.StartsWith("{\"product_id\"", StringComparison.Ordinal) || (IdOf(l) is not null && l.Contains(owner, StringComparison.Ordinal))).ToList();
        var orders = kept.Where(l => l.StartsWith("{\"order_id\"", StringComparison.Ordinal)).Select(l => IdOf(l)!).ToHashSet(StringComparer.Ordinal);
        var payments = _lines.Where(l => l.StartsWith("{\"payment_id\"", StringComparison.Ordinal) && orders.Any(o => l.Contains(o, StringComparison.Ordinal)));
        var text = new StringBuilder("{");
        foreach (var (section, key) in ((string, string)[])[("customers", "customer_id"), ("products", "product_id"), ("orders", "order_id")])
            text.Append($"\"{section}\": [").AppendJoin(",\n", kept.Where(l => l.StartsWith($"{{\"{key}\"", StringComparison.Ordinal)).Select(l => l.TrimEnd(','))).Append("],\n");
        text.Append("\"payments\": [").AppendJoin(",\n", payments.Select(l => l.TrimEnd(','))).Append("]}");
        return Database.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), _tiers, new VerificationReport(0)).Book();
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Join('\n', _lines));

    private static string? IdOf(string line)
    {
        foreach (var key in Keys)
        {
            if (line.StartsWith($"{{\"{key}\":\"", StringComparison.Ordinal))
                return line[(key.Length + 5)..line.IndexOf('"', key.Length + 5)];
        }

        return null;
    }
}
