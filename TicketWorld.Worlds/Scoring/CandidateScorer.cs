using System.Text.Json;
using TicketWorld.Worlds.Generation;

namespace TicketWorld.Worlds.Scoring;

/// <summary>
/// Scores the resolutions that an agent gives against the right ones: <c>ticketworld score</c>. A candidate is a line
/// <c>{"ticket_id": …, "resolution_plan": {"policy_references": […], "actions": [{"type": …, "value": …}], "expected_outcome": …}}</c>.
/// </summary>
public static class CandidateScorer
{
    private const int MostProblems = 20;

    private static readonly string[] GoldNames = ["answers.jsonl", "private/answers.jsonl", "support_tickets.jsonl"];

    /// <param name="gold">Folder of a set with its resolutions, or of an export with its answers, or the file of lines itself.</param>
    /// <param name="isPartial">Whether tickets may be left out; they score 0.</param>
    /// <exception cref="WorldException">There are no right resolutions, or the candidates cannot be used; every problem is named, the first twenty in full.</exception>
    public static ScoreReport Score(string gold, string candidates, bool isPartial = false, CancellationToken cancellation = default)
    {
        var problems = new List<string>();
        var right = Read(GoldFile(gold), problems, cancellation);
        Refuse(problems, "invalid_set", gold, "Restore the file, or generate the set again.");
        if (!File.Exists(candidates))
            throw new WorldException("no_candidates", $"There is no file {candidates}.", "Name the file of candidates, one resolution a line.", "candidates", candidates);
        var given = Read(candidates, problems, cancellation);
        foreach (var (ticket, (_, line)) in given)
        {
            if (!right.ContainsKey(ticket))
                problems.Add($"line {line}: the set has no ticket {ticket}");
        }

        var missing = right.Keys.Where(ticket => !given.ContainsKey(ticket)).ToArray();
        if (!isPartial)
            problems.AddRange(missing.Select(ticket => $"no line has ticket {ticket}"));
        Refuse(problems, "invalid_candidates", candidates, "Correct the lines; with --partial, tickets that are left out score 0.");
        return new ScoreReport(
            [.. right.Select(t => given.TryGetValue(t.Key, out var candidate) ? TicketScore.Of(t.Key, t.Value.Resolution, candidate.Resolution) : TicketScore.Missing(t.Key, t.Value.Resolution))],
            missing.Length);
    }

    private static string GoldFile(string path)
    {
        if (File.Exists(path))
            return path;
        return GoldNames.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists)
            ?? throw new WorldException("no_set", $"{path} holds neither {string.Join(" nor ", GoldNames)}.", "Name the folder of a set, of an export, or the file of answers.", "dir", path);
    }

    private static Dictionary<string, (Resolution Resolution, int Line)> Read(string path, List<string> problems, CancellationToken cancellation)
    {
        var found = new Dictionary<string, (Resolution, int)>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            cancellation.ThrowIfCancellationRequested();
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                var (ticket, resolution) = Read(document.RootElement);
                if (!found.TryAdd(ticket, (resolution, number)))
                    problems.Add($"line {number}: {ticket} stands on line {found[ticket].Item2} already");
            }
            catch (JsonException e)
            {
                problems.Add($"line {number}: this is not valid JSON: {e.Message}");
            }
            catch (FormatException e)
            {
                problems.Add($"line {number}: {e.Message}");
            }
        }

        return found;
    }

    private static (string Ticket, Resolution Resolution) Read(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object)
            throw new FormatException("this is no object");
        if (!line.TryGetProperty("ticket_id", out var id) || id.ValueKind != JsonValueKind.String)
            throw new FormatException("ticket_id is missing, or no text");
        if (!line.TryGetProperty("resolution_plan", out var plan))
            throw new FormatException($"{id.GetString()} has no resolution_plan");
        return (id.GetString()!, Resolution.Read(plan));
    }

    private static void Refuse(List<string> problems, string code, string path, string remedy)
    {
        if (problems.Count == 0)
            return;
        var more = problems.Count > MostProblems ? $"\n… and {problems.Count - MostProblems} more" : "";
        throw new WorldException(code, $"{path} cannot be used:\n{string.Join('\n', problems.Take(MostProblems))}{more}", remedy, "candidates", path);
    }
}
