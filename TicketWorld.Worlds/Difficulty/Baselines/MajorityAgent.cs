using System.Runtime.InteropServices;
using TicketWorld.Worlds.Verification;

namespace TicketWorld.Worlds.Difficulty.Baselines;

/// <summary>Hears what is asked for and answers what most customers got who asked for that. It learns from every second ticket and answers the others by it, each half by the other.</summary>
internal sealed class MajorityAgent(MessageReader reader) : IBaselineAgent
{
    private readonly Dictionary<(int Half, int Request), Dictionary<Answer, int>> _counts = [];
    private readonly Dictionary<(int Half, int Request), Answer> _majority = [];

    public string Name => "majority";

    public string Description => "the most common answer to the request that the words name";

    public void Learn(BaselineTicket ticket)
    {
        var key = (ticket.Number % 2, reader.Read(ticket.Message).Request);
        ref var answers = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _);
        answers ??= [];
        CollectionsMarshal.GetValueRefOrAddDefault(answers, ticket.Gold, out _)++;
    }

    public Answer Solve(BaselineTicket ticket)
    {
        var key = ((ticket.Number + 1) % 2, reader.Read(ticket.Message).Request);
        if (!_majority.TryGetValue(key, out var answer) && _counts.TryGetValue(key, out var answers))
        {
            answer = answers.OrderByDescending(a => a.Value).ThenBy(a => a.Key.Outcome, StringComparer.Ordinal).ThenBy(a => a.Key.Actions, StringComparer.Ordinal).First().Key;
            _majority[key] = answer;
        }

        return answer;
    }
}
