using System.Globalization;
using System.Text;
using TicketWorld.Worlds.Datasets;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;

namespace TicketWorld.Worlds.Dilution;

/// <summary>A diluted policy.</summary>
/// <param name="Ratio">Bytes of the full text over those of the clean one, in both without how the policy is applied, which is no clause and stands in both as it is.</param>
/// <param name="Sections">Sections added.</param>
/// <param name="NearMisses">Clauses added that look as if they applied and do not.</param>
public sealed record DilutedPolicy(string Text, int CleanBytes, int FullBytes, double Ratio, int Sections, int NearMisses);

/// <summary>
/// Makes <c>company_policy_full.txt</c>: the policy with every clause as it is written, among sections that decide nothing and clauses that do
/// not apply. What is added, and the order of everything, depends on the seed; a section or clause is never added twice.
/// </summary>
public static class PolicyDilution
{
    public const string FileName = "company_policy_full.txt";
    public const double MinimumRatio = 1;
    public const double MaximumRatio = 100;
    private const ulong Additions = 101;
    private const ulong Order = 102;

    /// <param name="ratio">Bytes of the full text over those of the clean one, at least; how the policy is applied counts in neither.</param>
    /// <exception cref="PackException">The pack has no text to add, or one that does not go with the policy.</exception>
    /// <exception cref="WorldException">The pack's text does not reach the ratio.</exception>
    public static DilutedPolicy Dilute(DatasetReader set, PackSource pack, double ratio, ulong seed)
    {
        if (!(ratio >= MinimumRatio && ratio <= MaximumRatio))
            throw new WorldException("invalid_option", $"The ratio is {ratio.ToString(CultureInfo.InvariantCulture)}.", $"Use a number from {MinimumRatio} to {MaximumRatio}.", "ratio", ratio.ToString(CultureInfo.InvariantCulture));
        using var graph = set.PolicyGraph();
        var company = graph.RootElement.GetProperty("company").GetString()!;
        var categories = graph.RootElement.GetProperty("clauses").EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetProperty("category").GetString()!, StringComparer.Ordinal);
        var clean = set.PolicyText();
        var policy = PolicyText.Parse(clean, categories);
        var data = DilutionData.Read(pack, categories);
        var cleanBytes = Encoding.UTF8.GetByteCount(clean);
        var apart = policy.Application.Sum(b => Encoding.UTF8.GetByteCount(b) + 2);

        object[] additions = [.. data.Clauses, .. data.Sections];
        Shuffle(additions, new Draws(new SeedKey(seed, 0), Additions, 0));
        var added = 0;
        string text;
        do
        {
            added = Math.Min(additions.Length, added + 1);
            text = Compose(policy, additions[..added], company, seed);
        }
        while (added < additions.Length && Ratio(Encoding.UTF8.GetByteCount(text)) < ratio);

        var bytes = Encoding.UTF8.GetByteCount(text);
        if (Ratio(bytes) < ratio)
            throw new WorldException("ratio_not_reached", $"All that the pack {pack.Name} has to add makes the policy {Ratio(bytes).ToString("0.00", CultureInfo.InvariantCulture)} times as long, not {ratio.ToString(CultureInfo.InvariantCulture)} times.", $"Ask for less with --ratio, or add sections to the pack's {DilutionData.FileName}.", "ratio", ratio.ToString(CultureInfo.InvariantCulture));
        var sections = additions[..added].OfType<DilutionSection>().ToArray();
        return new DilutedPolicy(text, cleanBytes, bytes, Ratio(bytes), sections.Length, added - sections.Length + sections.Sum(s => s.Clauses.Length));

        double Ratio(int full) => (double)(full - apart) / (cleanBytes - apart);
    }

    private static string Compose(PolicyText policy, object[] additions, string company, ulong seed)
    {
        var blocks = new List<(string Heading, string[] Lead, string[] Clauses)>();
        foreach (var part in policy.Parts)
            blocks.Add((part.Heading, [], [.. part.Clauses, .. additions.OfType<NearMiss>().Where(n => n.Category == part.Category && Array.Find(policy.Parts, p => p.Category == part.Category) == part).Select(n => Write(n, company))]));
        foreach (var section in additions.OfType<DilutionSection>())
            blocks.Add((Fill(section.Title, company), [.. section.Paragraphs.Select(p => Fill(p, company))], [.. section.Clauses.Select(c => Write(c, company))]));
        if (policy.Application.Length > 0)
            blocks.Add((PolicyApplication.Heading, policy.Application, []));
        var order = blocks.ToArray();
        Shuffle(order, new Draws(new SeedKey(seed, 0), Order, 0));
        var text = new StringBuilder(policy.Title).Append('\n');
        for (var i = 0; i < order.Length; i++)
        {
            var (heading, lead, clauses) = order[i];
            Shuffle(clauses, new Draws(new SeedKey(seed, 0), Order, (ulong)(i + 1)));
            text.Append('\n').Append(heading).Append("\n\n");
            foreach (var block in (string[])[.. lead, .. clauses])
                text.Append(block).Append("\n\n");
        }

        text.Length--;
        return text.ToString();
    }

    private static string Write(NearMiss clause, string company) => $"{clause.Id} {Fill(clause.Title, company)}\n{Fill(clause.Text, company)}";

    private static string Fill(string text, string company) => text.Replace("{company}", company, StringComparison.Ordinal);

    private static void Shuffle<T>(T[] items, Draws draws)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = draws.Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
