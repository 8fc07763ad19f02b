using System.Text.Json;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>A record of a database as far as it can be read.</summary>
/// <param name="Record">The customer, product, order or payment; null when it cannot be read.</param>
internal readonly record struct ReadRecord(object? Record, RecordCheck Check);

/// <summary>Records cut from a database, which are read together.</summary>
internal sealed class DatabaseBlock
{
    private const int Most = 512;

    private readonly ByteRoom _room = new();
    private readonly List<(int Section, int Index, ReadOnlyMemory<byte> Element)> _elements = new(Most);

    public bool IsFull => _elements.Count == Most;

    public bool IsEmpty => _elements.Count == 0;

    /// <summary>What was read, in the order of the file.</summary>
    public List<ReadRecord> Records { get; } = new(Most);

    public void Clear()
    {
        _elements.Clear();
        _room.Clear();
        Records.Clear();
    }

    public void Add(int section, int index, ReadOnlySpan<byte> element) => _elements.Add((section, index, _room.Keep(element)));

    public void Read(string[] tiers)
    {
        foreach (var (section, index, element) in _elements)
        {
            var check = new RecordCheck(Database.FileName, $"{Database.Sections[section]}[{index}]");
            Records.Add(new ReadRecord(Read(section, element, tiers, check), check));
        }
    }

    private static object? Read(int section, ReadOnlyMemory<byte> element, string[] tiers, RecordCheck check)
    {
        try
        {
            using var document = JsonDocument.Parse(element);
            return section switch
            {
                0 => RecordFormats.ReadCustomer(document.RootElement, check, tiers),
                1 => RecordFormats.ReadProduct(document.RootElement, check),
                2 => ReadOrder(document.RootElement, check),
                _ => OrderFormats.ReadPayment(document.RootElement, check),
            };
        }
        catch (JsonException e)
        {
            check.Add(VerificationLayer.Files, "(record)", $"this is not valid JSON: {e.Message}", "", "a JSON object");
            return null;
        }
    }

    private static Order? ReadOrder(JsonElement element, RecordCheck check)
    {
        var order = OrderFormats.ReadOrder(element, check, out var claims);
        if (order is not null && claims is not null)
            OrderRules.CheckClaims(order, claims, check);
        return order;
    }
}
