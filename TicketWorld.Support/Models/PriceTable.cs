using System.Text.Json;

namespace TicketWorld.Support.Models;

/// <summary>US dollars for a million tokens.</summary>
public readonly record struct ModelPrice(decimal Input, decimal Output)
{
    public decimal Of(long inputTokens, long outputTokens) => (inputTokens * Input + outputTokens * Output) / 1_000_000m;
}

/// <summary>Prices of models, from <c>prices.json</c>. A name matches with or without the provider in front of it (<c>openai/gpt-4o-mini</c>).</summary>
public sealed class PriceTable
{
    private static readonly Lazy<PriceTable> BuiltIn = new(() =>
    {
        using var stream = typeof(PriceTable).Assembly.GetManifestResourceStream("models/prices.json")
            ?? throw new InvalidOperationException("The price table is not part of the assembly.");
        return Read(stream);
    });

    private readonly Dictionary<string, ModelPrice> _prices;

    private PriceTable(Dictionary<string, ModelPrice> prices) => _prices = prices;

    /// <summary>The table that the program carries.</summary>
    public static PriceTable Default => BuiltIn.Value;

    public static PriceTable Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        return new PriceTable(document.RootElement.GetProperty("usd_per_million_tokens").EnumerateObject().ToDictionary(
            p => p.Name,
            p => new ModelPrice(p.Value.GetProperty("input").GetDecimal(), p.Value.GetProperty("output").GetDecimal()),
            StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The model's price, or null when the table has none.</summary>
    public ModelPrice? Find(string model)
    {
        if (_prices.TryGetValue(model, out var price))
            return price;
        return model.LastIndexOf('/') is >= 0 and var slash && _prices.TryGetValue(model[(slash + 1)..], out price) ? price : null;
    }
}
