using System.Text.Json;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Worlds.Packs;

/// <summary>The JSON Schemas of pack files, which editors use, agree with the pack and with its loader.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Files { get; } = new(Embedded("packs/schemas/").Select(n => Path.GetFileName(n).Replace(".schema.json", "", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Files))]
    public void The_embedded_pack_is_valid(string file) => Assert.Empty(Check(file, Text($"packs/technest/{file}.yaml")));

    [Theory]
    [InlineData("phrases", "asides: [0, 1]}", "asides: [0]}")]
    [InlineData("phrases", "    - {say: \"<subject.*>\", weight: 5}", "    - {say: \"<subject.*>\", weight: 0}")]
    [InlineData("phrases", "keyboard:", "keys:")]
    [InlineData("vocabulary", "from: 0, to: 2", "from: -1, to: 2")]
    [InlineData("vocabulary", "text: yesterday", "text: Yesterday")]
    [InlineData("catalog", "in_stock_percent: 90", "in_stock_percent: 190")]
    [InlineData("catalog", "    warranty_days: 90", "    warranty: 90")]
    [InlineData("people", "unit_percent: 28", "unit_percent: some")]
    [InlineData("people", "[New York, NY, \"100\", \"212\"]", "[New York, NY, \"100\"]")]
    [InlineData("pack", "span_days: 1095", "span_days: 10")]
    [InlineData("pack", "  hours: [2, ", "  hours: [")]
    [InlineData("scenarios", "state: delivered", "state: lost")]
    [InlineData("scenarios", "days_since_delivery: [7, 25]", "days_since_order: [7, 25], minutes_since_order: [1, 5]")]
    [InlineData("policy", "kind: deny", "kind: refuse")]
    [InlineData("policy", "precedence: 4", "precedence: 0")]
    [InlineData("policy", "deny: deny_return", "deny: deny_return\n        also: deny_return")]
    public void What_the_loader_refuses_the_schema_refuses_too(string file, string right, string wrong)
    {
        var text = Text($"packs/technest/{file}.yaml");
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.NotEmpty(Check(file, text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Check(string file, string yaml)
    {
        using var schema = JsonDocument.Parse(Text($"packs/schemas/{file}.schema.json"));
        return new SchemaCheck(schema.RootElement).Check(PackNode.Parse(file + ".yaml", new StringReader(yaml)));
    }

    private static IEnumerable<string> Embedded(string folder) => typeof(Pack).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal));

    private static string Text(string name)
    {
        using var stream = typeof(Pack).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
