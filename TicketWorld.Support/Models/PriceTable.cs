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

    /// <exception cref="FormatException">It is no table of prices; the message says what is wrong.</exception>
    public static PriceTable Read(Stream json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var prices = new Dictionary<string, ModelPrice>(StringComparer.OrdinalIgnoreCase);
            foreach (var model in document.RootElement.GetProperty("usd_per_million_tokens").EnumerateObject())
                prices[model.Name] = new ModelPrice(Amount(model, "input"), Amount(model, "output"));
            return new PriceTable(prices);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>This table with the rows of another in front of its own.</summary>
    public PriceTable Under(PriceTable other)
    {
        var prices = new Dictionary<string, ModelPrice>(_prices, StringComparer.OrdinalIgnoreCase);
        foreach (var (model, price) in other._prices)
            prices[model] = price;
        return new PriceTable(prices);
    }

    /// <summary>The model's price, or null when the table has none.</summary>
    public ModelPrice? Find(string model)
    {
        if (_prices.TryGetValue(model, out var price))
            return price;
        return model.LastIndexOf('/') is >= 0 and var slash && _prices.TryGetValue(model[(slash + 1)..], out price) ? price : null;
    }

    private static decimal Amount(JsonProperty model, string key)
    {
        if (model.Value.GetProperty(key).TryGetDecimal(out var amount) && amount >= 0)
            return amount;
        throw new FormatException($"{key} of {model.Name} is {model.Value.GetProperty(key)}, which is no price");
    }
}
