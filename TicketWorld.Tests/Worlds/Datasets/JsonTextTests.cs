using System.Buffers;
using System.Text;
using System.Text.Json;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Quantities;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Tests.Worlds.Datasets;

/// <summary>The writer of the large files gives the bytes that System.Text.Json gives.</summary>
public class JsonTextTests
{
    [Fact]
    public void Every_character_is_written_as_the_library_writes_it_wherever_it_stands()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            Same(new string((char)c, 1));
            Same($"twenty characters and{(char)c}then more of them");
        }
    }

    [Fact]
    public void Text_of_every_length_is_written_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 40).Select(i => $"line {i} \"quoted\" back\\slash £{i}.50 café ≥ 😀\n\t"));
        for (var length = 0; length < text.Length; length++)
        {
            Same(text[..length]);
            Same(text[length..]);
        }
    }

    [Fact]
    public void Structure_is_written_as_the_library_writes_it()
    {
        var time = new DateTime(2026, 1, 4, 9, 2, 44, DateTimeKind.Utc);
        var json = new JsonText();
        json.WriteStartObject();
        json.WriteString("none"u8, (string?)null);
        json.WriteStartArray("empty"u8);
        json.WriteEndArray();
        json.WriteStrings("texts"u8, ["a", "b"]);
        json.WriteStartObject("inner"u8);
        json.WriteString("na\"me", "value");
        json.WriteBoolean("yes"u8, true);
        json.WriteNumber("number"u8, -7);
        json.WriteNumber("missing"u8, null);
        json.WriteDecimal("weight"u8, 1.25m);
        json.WriteEndObject();
        json.WriteMoney("money"u8, new Money(-1205));
        json.WriteTime("at"u8, time);
        json.WriteTime("never"u8, null);
        json.WriteDate("on"u8, DateOnly.FromDateTime(time));
        json.WriteId("customer"u8, new CustomerId(7));
        json.WriteId("product"u8, new ProductId(10_001));
        json.WriteId("payment"u8, new PaymentId(1_234_567));
        json.WriteId("order"u8, new OrderId(new DateOnly(2026, 1, 4), 1001));
        json.WriteEndObject();
        Assert.Equal(
            """{"none":null,"empty":[],"texts":["a","b"],"inner":{"na\"me":"value","yes":true,"number":-7,"missing":null,"weight":1.25},"money":-12.05,"at":"2026-01-04T09:02:44Z","never":null,"on":"2026-01-04","customer":"CUST-0007","product":"PROD-10001","payment":"PAY-1234567","order":"ORD-20260104-1001"}""",
            Encoding.UTF8.GetString(json.Written));
    }

    private static void Same(string text)
    {
        var expected = new ArrayBufferWriter<byte>();
        using (var library = new Utf8JsonWriter(expected, TicketWorld.Worlds.Datasets.Json.Options))
            library.WriteStringValue(text);
        var json = new JsonText();
        json.WriteStringValue(text);
        Assert.True(expected.WrittenSpan.SequenceEqual(json.Written), $"U+{(int)text.FirstOrDefault():X4} in '{text}'");
    }
}
