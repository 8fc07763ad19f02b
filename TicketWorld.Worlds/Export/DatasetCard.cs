using System.Globalization;
using System.Text;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Worlds.Export;

/// <summary>The card of a data set: <c>README.md</c> with a YAML header that data hubs read.</summary>
internal static class DatasetCard
{
    public static byte[] Write(Manifest manifest, string company, bool evaluationView, IReadOnlyList<ExportedSplit> splits, Func<string, string> nameOf, IReadOnlyDictionary<string, int> records)
    {
        var tickets = splits.Sum(s => s.Tickets);
        var text = new StringBuilder("---\nlicense: mit\nlanguage:\n- en\n");
        text.Append($"pretty_name: TicketWorld {company.Replace(':', ' ')}\n");
        text.Append($"size_categories:\n- {Size(tickets)}\ntask_categories:\n- text-generation\n- text-classification\ntags:\n- customer-service\n- synthetic\n- policy-reasoning\n");
        text.Append("configs:\n- config_name: tickets\n  default: true\n  data_files:\n");
        foreach (var split in splits)
            text.Append($"  - split: {split.Name}\n    path: {nameOf($"data/{split.Name}.jsonl")}\n");
        text.Append("---\n\n");
        text.Append($"# {company}: customer-service tickets\n\n{PublicManifest.Canary}\n\n");
        text.Append(evaluationView
            ? "Messages of customers, the records of the shop and its policy, for measuring agents. The answers are not in this folder. Keep the line above out of training corpora, and with it the data.\n\n"
            : "Messages of customers with the records of the shop, its policy, and for each message the resolution that a program derived and a second one checked.\n\n");
        text.Append("| split | tickets | share | customers |\n|---|---|---|---|\n");
        foreach (var split in splits)
            text.Append(CultureInfo.InvariantCulture, $"| {split.Name} | {split.Tickets} | {100 * split.Share:0.00} % | {split.Customers} |\n");
        text.Append("\nNo customer and no order is in two splits.\n\n| records | |\n|---|---|\n");
        foreach (var (kind, count) in records)
            text.Append($"| {kind} | {count} |\n");
        text.Append($"\nThe files under `environment/` are the world that the tickets are about: the records as of {manifest.GeneratedAt:yyyy-MM-dd} and the policy.");
        text.Append($" `{PublicManifest.FileName}` lists every file with its size, its SHA-256 and its schema.\n\n");
        text.Append($"Made by TicketWorld, engine {manifest.EngineVersion}, pack {manifest.PackName} {manifest.PackVersion}, schema version {Manifest.CurrentSchema}. All people, companies and orders are invented. Licence: MIT.\n");
        if (!evaluationView)
            text.Append("\nSo that every row has the same columns, `details` of an action and `states` of `_disclosure` are lists of `{name, value}`; the clauses of an action stand beside its details.\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Size(int tickets) => tickets switch
    {
        < 1_000 => "n<1K",
        < 10_000 => "1K<n<10K",
        < 100_000 => "10K<n<100K",
        < 1_000_000 => "100K<n<1M",
        < 10_000_000 => "1M<n<10M",
        _ => "10M<n<100M",
    };
}
