using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Quantities;

namespace TicketWorld.Worlds.Policy;

/// <summary>
/// Reads a condition such as <c>request = return and days_since_delivery &lt;= $window_days</c>.
/// Grammar: <c>or</c> &lt; <c>and</c> &lt; <c>not</c> &lt; comparison; comparisons are
/// <c>= != &lt; &lt;= &gt; &gt;=</c> and <c>in (a, b)</c>; <c>$name</c> is a parameter of the same clause,
/// <c>$CLAUSE-ID.name</c> of another; a bare name is a fact, a named condition, or a symbol beside a fact of symbols.
/// </summary>
internal sealed class ExpressionParser
{
    private readonly IReadOnlyDictionary<string, FactDefinition> _facts;
    private readonly IReadOnlyDictionary<string, int> _symbols;
    private readonly Func<string, ClauseParameter?> _parameter;
    private readonly Func<string, Expression?> _condition;
    private readonly PackNode _node;
    private readonly List<string> _tokens;
    private int _next;

    private ExpressionParser(
        PackNode node,
        IReadOnlyDictionary<string, FactDefinition> facts,
        IReadOnlyDictionary<string, int> symbols,
        Func<string, ClauseParameter?> parameter,
        Func<string, Expression?> condition)
    {
        _node = node;
        _facts = facts;
        _symbols = symbols;
        _parameter = parameter;
        _condition = condition;
        _tokens = Tokens(node);
    }

    /// <param name="parameter">Finds a parameter by the name behind the dollar sign.</param>
    /// <param name="condition">Finds a named condition.</param>
    public static Expression Parse(
        PackNode node,
        IReadOnlyDictionary<string, FactDefinition> facts,
        IReadOnlyDictionary<string, int> symbols,
        Func<string, ClauseParameter?> parameter,
        Func<string, Expression?> condition)
    {
        var parser = new ExpressionParser(node, facts, symbols, parameter, condition);
        var expression = parser.Or();
        if (parser._next < parser._tokens.Count)
            throw node.Error($"'{parser._tokens[parser._next]}' is not expected in the condition '{node.Text}'.", "Join parts with 'and' or 'or'.");
        return expression;
    }

    private Expression Or()
    {
        var parts = new List<Expression> { And() };
        while (Take("or"))
            parts.Add(And());
        return parts.Count == 1 ? parts[0] : new Expression.Any([.. parts]);
    }

    private Expression And()
    {
        var parts = new List<Expression> { Unary() };
        while (Take("and"))
            parts.Add(Unary());
        return parts.Count == 1 ? parts[0] : new Expression.All([.. parts]);
    }

    private Expression Unary()
    {
        if (Take("not"))
            return new Expression.Not(Unary());
        if (Take("("))
        {
            var inner = Or();
            Expect(")");
            return inner;
        }

        return Comparison();
    }

    private Expression Comparison()
    {
        var left = Word();
        if (left is "always" or "never")
            return new Expression.Constant(left == "always");

        if (Take("in"))
        {
            var fact = Fact(left);
            Expect("(");
            var values = new List<long>();
            do
            {
                values.Add(Literal(Word(), fact.Type, fact.Name));
            }
            while (Take(","));
            Expect(")");
            return new Expression.In(fact.Index, [.. values]);
        }

        if (Operator() is not { } comparison)
        {
            if (_condition(left) is { } named)
                return named;
            throw _node.Error($"'{left}' is no named condition, and no comparison follows it, in '{_node.Text}'.", "Write for example 'item_opened = true', or define it under conditions.");
        }

        var right = Word();
        var type = TypeOf(left) ?? TypeOf(right)
            ?? throw _node.Error($"'{left}' and '{right}' are both literals in '{_node.Text}'.", "Compare a fact or a $parameter.");
        foreach (var side in (ReadOnlySpan<string>)[left, right])
        {
            if (TypeOf(side) is { } other && other != type)
                throw _node.Error($"'{left}' and '{right}' have different types in '{_node.Text}'.", "Compare values of one type.");
        }

        if (type is FactType.Symbol or FactType.Boolean && comparison is not (Policy.Comparison.Equal or Policy.Comparison.NotEqual))
            throw _node.Error($"'{left}' has no order, in '{_node.Text}'.", "Use = or !=.");
        return new Expression.Compare(Side(left, type), comparison, Side(right, type));
    }

    private Operand Side(string word, FactType type)
    {
        if (word[0] == '$')
            return Operand.OfParameter(Parameter(word).Index);
        if (_facts.TryGetValue(word, out var fact))
            return Operand.OfFact(fact.Index);
        return Operand.Of(Literal(word, type, word));
    }

    private FactType? TypeOf(string word)
    {
        if (word[0] == '$')
            return Parameter(word).Type;
        return _facts.TryGetValue(word, out var fact) ? fact.Type : null;
    }

    private ClauseParameter Parameter(string word) => _parameter(word[1..])
        ?? throw _node.Error($"The parameter '{word}' is not defined.", "Define it under the clause's parameters, or write $CLAUSE-ID.name.");

    private FactDefinition Fact(string word) => _facts.TryGetValue(word, out var fact)
        ? fact
        : throw _node.Error($"The fact '{word}' is not defined.", "Define it under facts.");

    private long Literal(string word, FactType type, string beside) => Values.TryParse(word, type, _symbols, out var value)
        ? value
        : throw _node.Error($"'{word}' is no {type.ToString().ToLowerInvariant()} value (beside '{beside}' in '{_node.Text}').", "Write a value of that type, or a fact that is defined.");

    private Comparison? Operator()
    {
        Comparison? found = _next < _tokens.Count
            ? _tokens[_next] switch
            {
                "=" => Policy.Comparison.Equal,
                "!=" => Policy.Comparison.NotEqual,
                "<" => Policy.Comparison.Less,
                "<=" => Policy.Comparison.LessOrEqual,
                ">" => Policy.Comparison.Greater,
                ">=" => Policy.Comparison.GreaterOrEqual,
                _ => null,
            }
            : null;
        if (found is not null)
            _next++;
        return found;
    }

    private string Word() => _next < _tokens.Count && (char.IsLetterOrDigit(_tokens[_next][0]) || _tokens[_next][0] is '$' or '_')
        ? _tokens[_next++]
        : throw _node.Error($"The condition '{_node.Text}' ends or breaks where a name or value is expected.", "Complete it.");

    private bool Take(string token)
    {
        if (_next >= _tokens.Count || _tokens[_next] != token)
            return false;
        _next++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
            throw _node.Error($"'{token}' is missing in the condition '{_node.Text}'.", $"Add '{token}'.");
    }

    private static List<string> Tokens(PackNode node)
    {
        var text = node.Text;
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            var start = i;
            if (char.IsLetterOrDigit(c) || c is '_' or '$')
            {
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '$' or '-' or '.'))
                    i++;
            }
            else if (c is '<' or '>' or '!' && i + 1 < text.Length && text[i + 1] == '=')
            {
                i += 2;
            }
            else if (c is '(' or ')' or ',' or '=' or '<' or '>')
            {
                i++;
            }
            else
            {
                throw node.Error($"The character '{c}' has no meaning in the condition '{text}'.", "Use names, numbers, = != < <= > >=, in ( ), and, or, not.");
            }

            tokens.Add(text[start..i]);
        }

        return tokens;
    }
}

/// <summary>Reads and writes values of facts and parameters.</summary>
public static class Values
{
    public static bool TryParse(string text, FactType type, IReadOnlyDictionary<string, int> symbols, out long value)
    {
        value = 0;
        switch (type)
        {
            case FactType.Boolean when text is "true" or "false":
                value = text == "true" ? 1 : 0;
                return true;
            case FactType.Integer:
                return long.TryParse(text, out value);
            case FactType.Money when Money.TryParse(text, out var money):
                value = money.Cents;
                return true;
            case FactType.Symbol when symbols.TryGetValue(text, out var symbol):
                value = symbol;
                return true;
            default:
                return false;
        }
    }

    public static string Format(long value, FactType type, string[] symbols) => type switch
    {
        FactType.Boolean => value != 0 ? "true" : "false",
        FactType.Money => new Money(value).ToString(),
        FactType.Symbol => symbols[value],
        _ => value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
