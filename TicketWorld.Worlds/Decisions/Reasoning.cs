using System.Text;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Decisions;

/// <summary>
/// Says in words why a resolution is what it is: each clause that has an effect, the reasons of its rules that hold, and the facts, with
/// their source, and parameters that they read. Holds scratch: one for each thread.
/// </summary>
internal sealed class Reasoning
{
    private readonly PolicyDocument _policy;
    private readonly int[] _byStrength;
    private readonly Operand[][][] _reads;
    private readonly StringBuilder _text = new();

    /// <param name="byStrength">Indices of the clauses, strongest first.</param>
    public Reasoning(PolicyDocument policy, int[] byStrength)
    {
        _policy = policy;
        _byStrength = byStrength;
        var request = policy.FactsByName["request"].Index;
        _reads = Array.ConvertAll(policy.Clauses, clause => Array.ConvertAll(clause.Rules, rule => Reads(rule, request)));
    }

    public string Of(ReadOnlySpan<RequestCase> cases)
    {
        _text.Clear();
        foreach (var request in cases)
        {
            if (_text.Length > 0)
                _text.Append(' ');
            if (cases.Length > 1)
                _text.Append("On ").Append(request.Request.Name).Append(": ");
            Append(request);
        }

        return _text.ToString();
    }

    private void Append(RequestCase request)
    {
        var derivation = request.Derivation;
        var start = _text.Length;
        foreach (var index in _byStrength)
        {
            if ((derivation.References >> index & 1) == 0)
                continue;
            var clause = _policy.Clauses[index];
            if (_text.Length > start)
                _text.Append(' ');
            _text.Append(clause.Id).Append(" (").Append(clause.Title).Append("): ");
            foreach (var rule in clause.Rules)
            {
                if ((derivation.Holding[index] >> rule.Index & 1) == 0)
                    continue;
                _text.Append(rule.Reason);
                AppendReads(_reads[index][rule.Index], request);
                _text.Append('.');
                break;
            }
        }
    }

    private void AppendReads(Operand[] reads, RequestCase request)
    {
        var separator = " [";
        foreach (var operand in reads)
        {
            if (operand.Parameter >= 0)
            {
                var parameter = _policy.Parameters[operand.Parameter];
                _text.Append(separator).Append(parameter.Name).Append(" = ").Append(Values.Format(request.Derivation.Parameters[operand.Parameter], parameter.Type, _policy.Symbols));
            }
            else if (request.Facts.TryGet(operand.Fact, out var value))
            {
                var fact = _policy.Facts[operand.Fact];
                _text.Append(separator).Append(fact.Name).Append(" = ").Append(Values.Format(value, fact.Type, _policy.Symbols)).Append(", ").Append(Snake.Name(request.Facts.SourceOf(fact)));
            }
            else
            {
                continue;
            }

            separator = "; ";
        }

        if (separator == "; ")
            _text.Append(']');
    }

    /// <summary>The facts and parameters that a rule's condition reads, each once; the request is told already.</summary>
    private static Operand[] Reads(ClauseRule rule, int request)
    {
        var reads = new List<Operand>();
        rule.When.Visit(operand =>
        {
            if ((operand.Fact >= 0 || operand.Parameter >= 0) && operand.Fact != request && !reads.Contains(operand))
                reads.Add(operand);
        });
        return [.. reads];
    }
}
