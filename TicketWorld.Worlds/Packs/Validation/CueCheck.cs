using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>Finds requests and claims that no reader could recognise, and wordings with two meanings.</summary>
internal static class CueCheck
{
    public static void Check(PolicyDocument policy, Vocabulary vocabulary, Scenario[] scenarios, PackNode file, PackNode? scenariosFile, FindingList findings)
    {
        var cued = vocabulary.Cues.Select(c => (c.Fact, c.Value)).ToHashSet();
        var request = policy.FactsByName["request"];
        foreach (var missing in policy.Requests.Where(r => !cued.Contains((request.Index, r.Symbol))))
            findings.Error("missing_cue", file["cues"].Find("request") ?? file["cues"], $"No cue states the request '{missing.Name}'.", $"Write wordings under cues: request: {missing.Name}.");

        var claimed = policy.Requests.SelectMany(r => r.Claims).Select(c => policy.Facts[c.Fact]).Distinct().Where(f => f.Type is FactType.Boolean or FactType.Symbol);
        foreach (var fact in claimed)
        {
            foreach (var value in fact.Type == FactType.Boolean ? [0L, 1L] : fact.Values.Select(v => (long)v))
            {
                if (cued.Contains((fact.Index, value)))
                    continue;
                var word = Values.Format(value, fact.Type, policy.Symbols);
                var users = scenarios.Where(s => s.Claims.Concat(s.Refuted).Any(c => c.Fact == fact.Index && c.Values.Contains(value)) && (s.WithholdAlways >> fact.Index & 1) == 0).ToArray();
                if (users.Length > 0 && scenariosFile is not null)
                    findings.Error("missing_cue", DrawnScenarios.ClaimAt(scenariosFile, users[0], fact.Name), $"No cue states {fact.Name} = {word}, which customers of the scenario {users[0].Id} say.", $"Write wordings under cues: {fact.Name}: {word} in vocabulary.yaml.");
                else if (!IsSilence(policy, fact.Index, value))
                    findings.Warn("missing_cue", file["cues"].Find(fact.Name) ?? file["cues"], $"No cue states {fact.Name} = {word}, so no customer can say it.", $"Write wordings under cues: {fact.Name}: {word}, or remove the value from policy.yaml.");
            }
        }

        Overlaps(vocabulary, file, findings);
    }

    /// <summary>Whether saying nothing means the value, so that nobody needs words for it.</summary>
    private static bool IsSilence(PolicyDocument policy, int fact, long value) => policy.Requests.SelectMany(r => r.Claims).Any(c => c.Fact == fact && c.Silence == value);

    /// <summary>A wording with two meanings has the one that a reader happens to look up first.</summary>
    private static void Overlaps(Vocabulary vocabulary, PackNode file, FindingList findings)
    {
        var cues = vocabulary.Cues.Select(c => c.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var marker in file["target_markers"].Items.Where(m => cues.Contains(m.Text)))
            findings.Error("overlapping_cues", marker, $"The target marker '{marker.Text}' is a cue too.", "Keep one of them.");
        foreach (var timing in file["timing"].Items.Where(t => cues.Contains(t["text"].Text)))
            findings.Error("overlapping_cues", timing, $"The timing wording '{timing["text"].Text}' is a cue too.", "Keep one of them.");
    }
}
