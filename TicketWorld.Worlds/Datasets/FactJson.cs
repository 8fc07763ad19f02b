using System.Text;
using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Datasets;

/// <summary>Writes facts as name, value and source; what is the same for every ticket is put into bytes once. Immutable.</summary>
internal sealed class FactJson
{
    private readonly string[] _symbols;
    private readonly byte[][] _beforeValue;
    private readonly byte[][] _afterValue;

    public FactJson(PolicyDocument policy)
    {
        _symbols = policy.Symbols;
        _beforeValue = Array.ConvertAll(policy.Facts, fact => Encoding.UTF8.GetBytes($"\"name\":\"{fact.Name}\",\"value\":"));
        _afterValue = Array.ConvertAll(Enum.GetValues<FactSource>(), source => Encoding.UTF8.GetBytes($"\"source\":\"{Snake.Name(source)}\""));
    }

    /// <summary>The members of the object that a fact is.</summary>
    public void Write(JsonText json, FactDefinition fact, long value, FactSet facts)
    {
        json.WriteRawName(_beforeValue[fact.Index]);
        WriteValue(json, value, fact.Type);
        json.WriteRaw(_afterValue[(int)facts.SourceOf(fact)]);
    }

    /// <summary>A value as <see cref="Values.Format"/> words it.</summary>
    private void WriteValue(JsonText json, long value, FactType type)
    {
        switch (type)
        {
            case FactType.Boolean:
                json.WriteRaw(value != 0 ? "\"true\""u8 : "\"false\""u8);
                break;
            case FactType.Money:
                json.WriteQuoted(new Money(value));
                break;
            case FactType.Symbol:
                json.WriteStringValue(_symbols[value]);
                break;
            default:
                json.WriteQuoted(value);
                break;
        }
    }
}
