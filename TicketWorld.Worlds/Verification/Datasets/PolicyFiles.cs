using System.Text;
using System.Text.Json;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>The policy and vocabulary that a dataset carries.</summary>
/// <param name="Company">Company name that the graph states, or null.</param>
/// <param name="GeneratedAt">The world's clock as the graph states it, or null.</param>
internal sealed record DatasetPolicy(PolicyDocument Policy, Vocabulary Vocabulary, string? Company, DateTime? GeneratedAt)
{
    /// <summary>The day of the world's clock; the last of all days where the graph names none.</summary>
    public DateOnly Day => GeneratedAt is { } at ? DateOnly.FromDateTime(at) : DateOnly.MaxValue.AddDays(-1);
}

/// <summary>Reads <c>policy_graph.json</c> and checks it, and <c>company_policy.txt</c>, against the policy in it.</summary>
internal static class PolicyFiles
{
    public const string GraphName = "policy_graph.json";
    public const string TextName = "company_policy.txt";

    /// <summary>The version of the format that this verifier reads.</summary>
    private const int SchemaVersion = 2;

    private static readonly string[] RootKeys = ["schema_version", "metadata", "clauses", "interaction_summary", "complexity_analysis", "policy", "vocabulary", "company", "currency"];

    /// <summary>The policy, or null when the file holds none that can be read; then nothing can be decided.</summary>
    public static DatasetPolicy? ReadGraph(string text, RecordCheck check)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (JsonRecord.Of(document.RootElement, check, "", RootKeys) is not { } root)
                return null;
            var policy = PolicyReader.ReadGraph(GraphName, new StringReader(text));
            var vocabulary = Vocabulary.ReadGraph(GraphName, new StringReader(text), policy);
            var metadata = root.Object("metadata", ["company", "total_clauses", "generated_at", "description"]);
            var company = root.Text("company");
            if (root.Integer("schema_version", 0, int.MaxValue) is { } version && version != SchemaVersion)
                check.Add(VerificationLayer.Schema, "schema_version", "the file has another schema", $"{version}", $"{SchemaVersion}");
            if (metadata is { } about)
            {
                about.Text("description");
                if (about.Text("company") is { } stated && company is not null)
                    check.Same(VerificationLayer.Policy, "metadata.company", "the company differs from the graph's own", stated, company);
                if (about.Integer("total_clauses", 0, int.MaxValue) is { } total && total != policy.Clauses.Length)
                    check.Add(VerificationLayer.Policy, "metadata.total_clauses", "the count of clauses is wrong", $"{total}", $"{policy.Clauses.Length}");
            }

            var clock = metadata?.Time("generated_at");
            var read = new DatasetPolicy(policy, vocabulary, company, clock);
            new PolicyGraphRules(policy, check, read.Day).Check(root);
            return read;
        }
        catch (JsonException e)
        {
            check.Add(VerificationLayer.Files, "(file)", $"this is not valid JSON: {e.Message}", "", "a policy graph");
        }
        catch (Exception e) when (e is PackException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException or InvalidOperationException)
        {
            // The parser is made for packs that people write; a damaged graph may break it in other ways than it foresees.
            check.Add(VerificationLayer.Policy, "policy", $"the policy cannot be read: {e.Message}", "", "a policy");
        }

        return null;
    }

    /// <summary>Checks that the document holds each clause once, in words equal to the graph's, and no clause besides, and then how they are applied.</summary>
    public static void CheckText(string document, DatasetPolicy dataset, RecordCheck check)
    {
        var text = CheckApplication(document, dataset.Policy, check);
        var ids = new PhraseTrie(dataset.Policy.Clauses.Select(c => KeyValuePair.Create(c.Id, c.Index)));
        var places = new List<int>[dataset.Policy.Clauses.Length];
        for (var i = 0; i < text.Length;)
        {
            if (PhraseTrie.IsBoundary(text, i) && ids.Longest(text, i, out var end) is var clause and >= 0)
            {
                (places[clause] ??= []).Add(end);
                i = end;
            }
            else
            {
                i++;
            }
        }

        foreach (var clause in dataset.Policy.Clauses)
        {
            check.Record = clause.Id;
            if (places[clause.Index] is not [var place])
            {
                check.Add(VerificationLayer.Policy, "(text)", "each clause stands once", $"{places[clause.Index]?.Count ?? 0} times", "once");
                continue;
            }

            var expected = Plain($"{clause.Title} {PolicyGraphRules.Filled(clause, dataset.Policy, dataset.Day)}");
            var found = Plain(text.AsSpan(place, Math.Min(text.Length - place, expected.Length * 2 + 200)).ToString());
            if (!found.StartsWith(expected, StringComparison.Ordinal))
                check.Add(VerificationLayer.Policy, "(text)", "the clause reads otherwise than in the graph", found[..Math.Min(found.Length, expected.Length)], expected);
        }

        check.Record = "(file)";
        if (dataset.Company is { } company && !document.Contains(company, StringComparison.Ordinal))
            check.Add(VerificationLayer.Policy, "(text)", "the document does not name the company", "no name", company);
    }

    /// <summary>Checks the part that tells how the clauses are applied.</summary>
    /// <returns>The text before it.</returns>
    private static string CheckApplication(string document, PolicyDocument policy, RecordCheck check)
    {
        var start = document.LastIndexOf($"\n{PolicyApplication.Heading}\n", StringComparison.Ordinal);
        if (start < 0)
        {
            check.Add(VerificationLayer.Policy, "(text)", "the document does not tell how the policy is applied", "no such part", PolicyApplication.Heading);
            return document;
        }

        var found = document[start..].Split("\n\n", StringSplitOptions.None).Skip(1).Select(Plain).Select(b => b.Trim()).ToArray();
        var expected = ApplicationRules.Blocks(policy).Select(Plain).ToArray();
        for (var i = 0; i < Math.Max(found.Length, expected.Length); i++)
        {
            var (has, wants) = (found.ElementAtOrDefault(i) ?? "nothing", expected.ElementAtOrDefault(i) ?? "nothing");
            if (has != wants)
                check.Add(VerificationLayer.Policy, "(text)", "how the policy is applied reads otherwise than the graph has it", has, wants);
        }

        return document[..start];
    }

    /// <summary>The words without line breaks and marks of layout.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var space = char.IsWhiteSpace(c);
            if (!space || (plain.Length > 0 && plain[^1] != ' '))
                plain.Append(space ? ' ' : c);
        }

        return plain.ToString();
    }
}
