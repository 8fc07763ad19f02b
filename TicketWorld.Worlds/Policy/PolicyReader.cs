using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Policy;

/// <summary>
/// Reads a policy from <c>policy.yaml</c>, or from the <c>policy</c> section of <c>policy_graph.json</c>, which has the same shape.
/// Every complaint names file and line.
/// </summary>
public sealed partial class PolicyReader
{
    /// <summary>By field that an action changes: the states that it may then have. A cancelled order is in no records: it is none any more.</summary>
    private static readonly Dictionary<string, string[]> Statuses = new(StringComparer.Ordinal)
    {
        ["item_status"] = [.. System.Enum.GetValues<ItemStatus>().Select(Snake.Name)],
        ["order_status"] = [.. System.Enum.GetValues<OrderStatus>().Select(Snake.Name), "cancelled"],
    };

    private readonly PackNode _root;
    private readonly List<string> _symbols = [];
    private readonly Dictionary<string, int> _symbolNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FactDefinition> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActionDefinition> _actions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _clauses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClauseParameter> _parameters = new(StringComparer.Ordinal);
    private readonly List<(PackNode Node, int Parameter)> _passedOn = [];
    private readonly Dictionary<string, Expression> _conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _conditionsBeingRead = new(StringComparer.Ordinal);

    private PolicyReader(PackNode root) => _root = root;

    /// <exception cref="PackException">The policy is not well-formed.</exception>
    internal static PolicyDocument Read(PackNode root) => new PolicyReader(root).ReadDocument();

    /// <summary>Reads the policy that a dataset carries.</summary>
    /// <exception cref="PackException">The file is not a policy graph.</exception>
    public static PolicyDocument ReadGraph(string file, TextReader json) => Read(PackNode.Parse(file, json)["policy"]);

    private PolicyDocument ReadDocument()
    {
        _root.Only("facts", "requests", "actions", "clarification", "conditions", "clauses", "priorities", "application");
        var facts = ReadFacts();
        var requests = ReadRequests(facts);
        var actions = ReadActions();
        DeclareClauses();
        Clause[] clauses = [.. _root["clauses"].Each(ReadClause, Unreadable)];
        RefuseModifiedSources(clauses);
        var priorities = _root["priorities"].Items.Select(ReadPriority).ToArray();
        if (priorities.Length == 0 || priorities[^1].When is not Expression.Constant { Value: true })
            throw _root["priorities"].Error("The last priority has a condition.", "End the list with 'when: always'.");

        var clarification = _root["clarification"];
        clarification.Only("clause", "action");
        return new PolicyDocument
        {
            Symbols = [.. _symbols],
            Facts = facts,
            Requests = requests,
            Actions = actions,
            Parameters = [.. _parameters.Values.OrderBy(p => p.Index)],
            Clauses = clauses,
            Priorities = priorities,
            Conditions = [.. (_root.Find("conditions")?.Entries ?? []).Select(c => KeyValuePair.Create(c.Key, c.Value.Text))],
            Application = ReadApplication(actions, clarification["action"].Text),
            ClarificationAction = Action(clarification["action"]).Index,
            ClarificationClause = ClauseIndex(clarification["clause"]),
        }.Indexed();
    }

    private int Symbol(string name)
    {
        if (_symbolNumbers.TryGetValue(name, out var number))
            return number;
        _symbols.Add(name);
        return _symbolNumbers[name] = _symbols.Count - 1;
    }

    private FactDefinition[] ReadFacts()
    {
        foreach (var (name, node) in _root["facts"].Entries)
        {
            node.Only("type", "source", "values", "record", "description");
            var type = Enum<FactType>(node["type"]);
            var values = name == "request"
                ? _root["requests"].Entries.Select(r => Symbol(r.Key)).ToArray()
                : [.. (node.Find("values")?.Texts() ?? []).Select(Symbol)];
            if (type == FactType.Symbol && values.Length == 0)
                throw node.Error($"The fact '{name}' is a symbol without values.", "List them under 'values'.");
            _facts.Add(name, new FactDefinition(_facts.Count, name, type, Enum<FactSource>(node["source"]), values, node["description"].Text));
        }

        if (!_facts.TryGetValue("request", out var request) || request.Type != FactType.Symbol)
            throw _root["facts"].Error("The fact 'request' is missing or is no symbol.", "Add 'request: {type: symbol, source: customer, …}'.");
        if (_facts.Count > 64)
            throw _root["facts"].Error($"There are {_facts.Count} facts; at most 64 are possible.", "Remove facts that no clause reads.");
        foreach (var (name, node) in _root["facts"].Entries)
        {
            if (node.Find("record") is { } record)
                _facts[name] = Recorded(_facts[name], record);
        }

        return [.. _facts.Values.OrderBy(f => f.Index)];
    }

    /// <summary>The claim with the fact from the records that goes before it.</summary>
    private FactDefinition Recorded(FactDefinition claim, PackNode node)
    {
        if (claim.Source != FactSource.Customer)
            throw node.Error($"'{claim.Name}' is no claim of the customer, so no record answers it.", "Remove 'record', or make its source customer.");
        if (!_facts.TryGetValue(node.Text, out var fact) || fact.Source is not (FactSource.Database or FactSource.Clock))
            throw node.Error($"'{node.Text}' is no fact with source database or clock.", "Name one that is defined under facts.");
        if (fact.Type != claim.Type || fact.Values.Except(claim.Values).Any())
            throw node.Error($"'{fact.Name}' has other values than '{claim.Name}'.", "Give both one type, and the claim every value that the record may have.");
        return claim with { Record = fact.Index };
    }

    private RequestDefinition[] ReadRequests(FactDefinition[] facts) =>
    [
        .. _root["requests"].Entries.Select(entry =>
        {
            entry.Value.Only("subject", "claims");
            var claims = entry.Value.Find("claims")?.Entries.Select(claim =>
            {
                if (!_facts.TryGetValue(claim.Key, out var fact) || fact.Source != FactSource.Customer)
                    throw claim.Value.Error($"'{claim.Key}' is no fact with source customer.", "Define it under facts.");
                return new ClaimDefinition(fact.Index, claim.Value.Text == "ask" ? null : Value(claim.Value, fact.Type));
            });
            return new RequestDefinition(entry.Key, Symbol(entry.Key), Enum<RequestSubject>(entry.Value["subject"]), [.. (claims ?? []).OrderBy(c => c.Fact)]);
        }),
    ];

    private ActionDefinition[] ReadActions()
    {
        foreach (var (name, node) in _root["actions"].Entries)
        {
            node.Only("kind", "description", "changes");
            var changes = (node.Find("changes")?.Entries ?? []).Select(ReadChange);
            _actions.Add(name, new ActionDefinition(_actions.Count, name, Enum<ActionKind>(node["kind"]), node["description"].Text, [.. changes]));
        }

        if (_actions.Count > 64)
            throw _root["actions"].Error($"There are {_actions.Count} actions; at most 64 are possible.", "Remove actions that no clause takes.");
        return [.. _actions.Values];
    }

    private static KeyValuePair<string, string> ReadChange(KeyValuePair<string, PackNode> change)
    {
        if (!Statuses.TryGetValue(change.Key, out var statuses))
            throw change.Value.Error($"'{change.Key}' is nothing that an action changes.", $"Use {string.Join(" or ", Statuses.Keys)}.");
        return statuses.Contains(change.Value.Text)
            ? KeyValuePair.Create(change.Key, change.Value.Text)
            : throw change.Value.Error($"'{change.Value.Text}' is no {change.Key}.", $"Use one of: {string.Join(", ", statuses)}.");
    }

    /// <summary>Clauses and parameters are known before any is read, so that they may refer to each other in any order.</summary>
    private void DeclareClauses()
    {
        foreach (var node in _root["clauses"].Items)
        {
            var id = node["id"].Text;
            if (!_clauses.TryAdd(id, _clauses.Count))
                throw node.Error($"The clause '{id}' stands twice.", "Give each clause its own id.");
            foreach (var (name, parameter) in node.Find("parameters")?.Entries ?? [])
            {
                parameter.Only("type", "value");
                var type = Enum<FactType>(parameter["type"]);
                if (type == FactType.Symbol)
                    Symbol(parameter["value"].Text);
                _parameters.Add($"{id}.{name}", new ClauseParameter(_parameters.Count, _clauses[id], name, type, Value(parameter["value"], type)));
            }

            foreach (var (name, value) in (node.Find("versions")?.Items ?? []).SelectMany(v => v.Find("set")?.Entries ?? []))
            {
                if (_parameters.TryGetValue($"{id}.{name}", out var parameter) && parameter.Type == FactType.Symbol)
                    Symbol(value.Text);
            }
        }
    }

    private Clause ReadClause(PackNode node, int index)
    {
        node.Only("id", "title", "category", "precedence", "effective", "text", "parameters", "versions", "applies", "rules", "overrides", "modifies", "requires", "interacts_with");
        var id = node["id"].Text;
        var effective = node.Find("effective");
        effective?.Only("from", "to");
        var applies = node["applies"];
        var required = applies.IsScalar && applies.Text == "required";
        return new Clause
        {
            Index = index,
            Id = id,
            Title = node["title"].Text,
            Category = node["category"].Text,
            Precedence = node["precedence"].Integer(1, 9),
            EffectiveFrom = effective?.Find("from")?.Date() ?? DateOnly.MinValue,
            EffectiveTo = effective?.Find("to")?.Date(),
            Text = Placeholders(node["text"], id),
            Parameters = [.. _parameters.Values.Where(p => p.Clause == index)],
            Versions = ReadVersions(node.Find("versions"), id),
            OnlyWhenRequired = required,
            Applies = required ? new Expression.Constant(true) : AppliesCondition(applies, id),
            Rules = [.. node.Find("rules")?.Each((rule, number) => ReadRule(rule, number, id)) ?? []],
            Overrides = Clauses(node.Find("overrides")),
            Modifies = [.. (node.Find("modifies")?.Each((m, _) => ReadModifications(m, id, index).ToArray()) ?? []).SelectMany(m => m)],
            Requires = Clauses(node.Find("requires")),
            InteractsWith = Clauses(node.Find("interacts_with")),
            Line = node.Line,
        };
    }

    /// <summary>Holds the place of a clause that cannot be read, so that the others keep their numbers.</summary>
    private static Clause Unreadable(PackNode node, int index) => new()
    {
        Index = index,
        Id = node["id"].Text,
        Title = "",
        Category = "",
        Precedence = 9,
        EffectiveFrom = DateOnly.MinValue,
        EffectiveTo = null,
        Text = "",
        Parameters = [],
        Versions = [],
        OnlyWhenRequired = true,
        Applies = new Expression.Constant(false),
        Rules = [],
        Overrides = [],
        Modifies = [],
        Requires = [],
        InteractsWith = [],
        Line = node.Line,
    };

    private Expression AppliesCondition(PackNode node, string id)
    {
        var expression = Condition(node, id);
        var reads = false;
        expression.Visit(operand => reads |= operand.Parameter >= 0);
        return reads
            ? throw node.Error($"'applies' of {id} reads a parameter.", "Move the comparison with the parameter into a rule's 'when'.")
            : expression;
    }

    private IEnumerable<Modification> ReadModifications(PackNode node, string id, int index)
    {
        node.Only("clause", "set");
        var target = node["clause"].Text;
        ClauseIndex(node["clause"]);
        foreach (var (name, value) in node["set"].Entries)
        {
            if (!_parameters.TryGetValue($"{target}.{name}", out var parameter))
                throw value.Error($"{target} has no parameter '{name}'.", "Set one that it defines.");
            if (parameter.Type == FactType.Symbol && value.Text[0] != '$')
                Symbol(value.Text);
            if (value.Text is ['$', .. var passed] && Parameter(passed, id) is { } from)
                _passedOn.Add((value, from.Index));
            yield return value.Text is ['$', .. var own]
                ? new Modification(index, parameter.Index, (Parameter(own, id) is { } source && source.Type == parameter.Type && source.Clause == index
                    ? source
                    : throw value.Error($"'{value.Text}' is no parameter of {id} of the same type.", "Write a value, or a parameter of this clause.")).Value)
                : new Modification(index, parameter.Index, Value(value, parameter.Type));
        }
    }

    /// <summary>A parameter that a modification passes on is read when the policy is loaded, so nothing may modify it.</summary>
    private void RefuseModifiedSources(Clause[] clauses)
    {
        foreach (var (node, parameter) in _passedOn)
        {
            if (Array.Find(clauses, c => c.Versions.Any(v => v.Settings.Any(x => x.Parameter == parameter))) is { } versioned)
                throw node.Error($"{versioned.Id} passes '{node.Text}' on, which its versions change.", "Write the value instead of the parameter, or let no version change it.");
            if (Array.Find(clauses, c => c.Modifies.Any(m => m.Parameter == parameter)) is { } modifier)
                throw node.Error($"{clauses[_parameters.Values.Single(p => p.Index == parameter).Clause].Id} passes '{node.Text}' on, which {modifier.Id} modifies.", "Write the value instead of the parameter, or let nothing modify it.");
        }
    }

    private PriorityRule ReadPriority(PackNode node)
    {
        node.Only("priority", "when");
        var priority = node["priority"].Text;
        return priority is "low" or "medium" or "high" or "urgent"
            ? new PriorityRule(priority, Condition(node["when"], ""), node["when"].Text)
            : throw node.Error($"'{priority}' is no priority.", "Use low, medium, high or urgent.");
    }

    private Expression Condition(PackNode node, string clause) =>
        ExpressionParser.Parse(node, _facts, _symbolNumbers, name => Parameter(name, clause), Named);

    private Expression? Named(string name)
    {
        if (_conditions.TryGetValue(name, out var known))
            return known;
        if (_root.Find("conditions")?.Find(name) is not { } node)
            return null;
        if (!_conditionsBeingRead.TryAdd(name, name))
            throw node.Error($"The condition '{name}' refers to itself.", "Break the circle.");
        return _conditions[name] = Condition(node, "");
    }

    private ClauseParameter? Parameter(string name, string clause) =>
        _parameters.GetValueOrDefault(name.Contains('.', StringComparison.Ordinal) ? name : $"{clause}.{name}");

    private int[] Clauses(PackNode? node) => node is null ? [] : [.. node.Each((item, _) => ClauseIndex(item))];

    private int ClauseIndex(PackNode node) => _clauses.TryGetValue(node.Text, out var index)
        ? index
        : throw node.Error($"The clause '{node.Text}' does not exist.", "Name a clause of this policy.");

    private ActionDefinition Action(PackNode node) => _actions.TryGetValue(node.Text, out var action)
        ? action
        : throw node.Error($"The action '{node.Text}' does not exist.", "Name one of the policy's actions.");

    private long Value(PackNode node, FactType type) => Values.TryParse(node.Text, type, _symbolNumbers, out var value)
        ? value
        : throw node.Error($"'{node.Text}' is no {type.ToString().ToLowerInvariant()} value.", "Write a value of that type.");

    private string Placeholders(PackNode node, string clause)
    {
        var text = node.Text;
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close < 0 || !_parameters.ContainsKey($"{clause}.{text[(open + 1)..close]}"))
                throw node.Error($"The text of {clause} has a placeholder that is no parameter of it.", "Use {parameter} of this clause, or remove the braces.");
        }

        return text;
    }

    private static T Enum<T>(PackNode node)
        where T : struct, Enum
    {
        foreach (var value in System.Enum.GetValues<T>())
        {
            if (Snake.Name(value) == node.Text)
                return value;
        }

        throw node.Error($"'{node.Text}' is not known here.", $"Use one of: {string.Join(", ", System.Enum.GetValues<T>().Select(v => Snake.Name(v)))}.");
    }
}
