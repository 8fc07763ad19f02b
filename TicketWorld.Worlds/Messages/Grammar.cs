using TicketWorld.Worlds.Packs;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Randomness;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Messages;

/// <summary>
/// Writes customers' messages from the phrases of a pack. Immutable and safe for many threads; the same
/// <see cref="MessageSpec"/> and <see cref="Draws"/> give the same text on every machine.
/// </summary>
public sealed class Grammar
{
    private readonly PolicyDocument _policy;
    private readonly IReadOnlyCollection<Scenario> _scenarios;
    private readonly Dictionary<string, Wording> _wordings = new(StringComparer.Ordinal);

    /// <summary>Names of the stories that were complained of, and so make no wording.</summary>
    private readonly HashSet<string> _faulty = new(StringComparer.Ordinal);

    private Grammar(GrammarRules rules, PolicyDocument policy, PackNode root, IReadOnlyCollection<Scenario> scenarios)
    {
        Compiled = rules;
        _policy = policy;
        _scenarios = scenarios;
        Subject = Root("subject", root);
        Body = Root("body", root);
        foreach (var rule in rules.Rules)
        {
            if (rule.Name.StartsWith(StoryPrefix, StringComparison.Ordinal) && !root.Complaints.Try(() => AddStory(rule)))
                _faulty.Add(rule.Name[StoryPrefix.Length..]);
        }

        foreach (var request in policy.Requests)
        {
            if (!_wordings.Values.Any(w => w.Request == request.Name) && !_faulty.Contains(request.Name))
                root.Complaints.Note(root["rules"].Error($"No story states the request '{request.Name}'.", $"Write a rule '{StoryPrefix}{request.Name}'."));
        }

        foreach (var wording in _wordings.Values)
            root.Complaints.Try(() => Check(wording));
    }

    private const string StoryPrefix = "story.";

    internal GrammarRules Compiled { get; }

    internal int Subject { get; }

    internal int Body { get; }

    /// <summary>Ways of writing, in the order of the file; <see cref="Persona.Share"/> says how common each is.</summary>
    public IReadOnlyList<Persona> Personas => Compiled.Personas;

    /// <summary>The wordings that have stories of their own.</summary>
    public IEnumerable<Wording> Wordings => _wordings.Values;

    /// <param name="scenarios">Those that the phrases tell: what none of them has need not be said.</param>
    /// <exception cref="PackException">The phrases are not well-formed, or leave something unsaid.</exception>
    internal static Grammar Read(PackNode phrases, PolicyDocument policy, Vocabulary vocabulary, IReadOnlyCollection<Scenario> scenarios)
    {
        var rules = GrammarReader.Read(phrases, policy, vocabulary);
        GrammarLinker.Link(rules);
        return new Grammar(rules, policy, phrases, scenarios);
    }

    /// <summary>Whether a wording would be told by a story that was complained of already.</summary>
    internal bool IsFaulty(string name, string request) => _faulty.Contains(name) || (!_wordings.ContainsKey(name) && _faulty.Contains(request));

    /// <summary>The wording of a scenario: its own stories, or else those of its request.</summary>
    /// <exception cref="PackException">There are neither, or the stories are those of another request.</exception>
    public Wording Wording(string name, string request)
    {
        if (!_wordings.TryGetValue(name, out var wording))
        {
            wording = _wordings.ContainsKey(request) ? Resolve(name, request, TargetsOf(_scenarios.Where(s => Tells(s, name, request)))) : throw NoStory($"There is no story for the wording '{name}' of the request '{request}'.", name);
            Check(wording);
        }

        return wording.Request == request ? wording : throw NoStory($"The stories of the wording '{name}' state the request '{wording.Request}', not '{request}'.", name);
    }

    /// <summary>The wording of a second request in messages whose first one has a wording: <c>second.NAME</c>, or else <c>second.REQUEST</c>.</summary>
    /// <exception cref="PackException">There is no such rule, or it cannot stand beside the first.</exception>
    public Wording Second(Wording first, string name, string request)
    {
        if (Compiled.SecondFamily < 0 || Compiled.Member(GrammarRules.Second, name, request) < 0)
            throw new PackException(Compiled.File, 0, $"There is no wording '{name}' of the request '{request}' as a second request.", $"Write a rule '{GrammarRules.Second}.{request}', and use <{GrammarRules.Second}.*> in the body.");
        SecondRequestCheck.Check(Compiled, Body);
        var second = Resolve(name, request, TargetsOf(_scenarios.Where(s => s.Request.Name == first.Request && s.Also?.Name == request)), GrammarRules.Second);
        GrammarCheck.Check(Compiled, _policy, first, second, [Subject, Body]);
        return second;
    }

    /// <summary>The requests that can be worded as the second one.</summary>
    internal IEnumerable<string> SecondRequests => _policy.Requests.Select(r => r.Name).Where(r => Compiled.SecondFamily >= 0 && Compiled.RulesByName.ContainsKey($"{GrammarRules.Second}.{r}"));

    /// <summary>A fresh specification, to be filled in and used for many messages, one thread at a time.</summary>
    public MessageSpec NewSpec() => new(Compiled.Tags, _wordings.Values.First(), Compiled.Personas[0], _policy.Facts.Length);

    /// <summary>Appends a subject line.</summary>
    /// <exception cref="InvalidOperationException">The specification asks for what the wording cannot say.</exception>
    public void WriteSubject(MessageSpec spec, ref Draws draws, MessageBuffer output)
    {
        spec.Forget();
        new MessageWriter(Compiled, spec, output, ref draws).Write(Subject);
    }

    /// <summary>Appends the text of a message.</summary>
    /// <exception cref="InvalidOperationException">The specification asks for what the wording cannot say.</exception>
    public void WriteBody(MessageSpec spec, ref Draws draws, MessageBuffer output) => new MessageWriter(Compiled, spec, output, ref draws).Write(Body);

    private void Check(Wording wording)
    {
        RefuseOtherTargets(wording);
        GrammarCheck.Check(Compiled, _policy, wording, null, [Subject, Body]);
    }

    private void AddStory(Rule rule)
    {
        var request = _policy.Requests.FirstOrDefault(r => rule.Requires.HasAll(Compiled.Tags.Value(_policy.FactsByName["request"].Index, r.Symbol)))
            ?? throw new PackException(Compiled.File, rule.Line, $"An alternative of '{rule.Name}' does not say what the customer asks for.", "Let every alternative hold a cue of one and the same request.");
        var name = rule.Name[StoryPrefix.Length..];
        _wordings.Add(name, Resolve(name, request.Name, TargetsOf(_scenarios.Where(s => Tells(s, name, request.Name)))));
    }

    /// <param name="name">Name of the wording.</param>
    /// <param name="request">Request of the wording.</param>
    /// <param name="targets">How its messages name a product wanted in exchange.</param>
    /// <param name="root">The family that leads to all others that the wording may lack; null for the first request.</param>
    private Wording Resolve(string name, string request, TargetMention[] targets, string? root = null)
    {
        var members = Compiled.Families.Select(f => Compiled.Member(f, name, request)).ToArray();
        for (var family = 0; family < members.Length; family++)
        {
            if (members[family] < 0 && root is null && family != Compiled.SecondFamily)
            {
                var missing = Compiled.Families[family];
                throw new PackException(Compiled.File, LineOfStory(name, request), $"The wording '{name}' has no rule '{missing}.{name}', '{missing}.{request}' or '{missing}.any'.", $"Write the rule '{missing}.{name}', or '{missing}.any' for all wordings.");
            }
        }

        var symbol = _policy.RequestsByName[request].Symbol;
        var tags = Compiled.Tags.Value(_policy.FactsByName["request"].Index, symbol);
        var own = members.Where((rule, family) => rule >= 0 && (root is null ? family != Compiled.SecondFamily : family == Compiled.SecondFamily));
        return new Wording(name, request, tags, members)
        {
            Requires = own.Aggregate(tags, (set, rule) => set | Compiled.Rules[rule].Requires),
            Forbids = own.Aggregate(default(TagSet), (set, rule) => set | Compiled.Rules[rule].Forbids),
            Targets = targets,
        };
    }

    /// <summary>A complaint without a line: it is who names the wording that must be looked at.</summary>
    private PackException NoStory(string problem, string name) => new(Compiled.File, 0, problem, $"Write a rule '{StoryPrefix}{name}', or correct the name.");

    /// <summary>The line of the story that the wording is told by, its own or that of its request.</summary>
    private int LineOfStory(string name, string request) =>
        Compiled.RulesByName.TryGetValue(StoryPrefix + name, out var own) ? Compiled.Rules[own].Line : Compiled.RulesByName.TryGetValue(StoryPrefix + request, out var story) ? Compiled.Rules[story].Line : 0;

    /// <summary>What scenarios want in exchange: nothing where there are none of the kind, and all that can be where there are none at all.</summary>
    private TargetMention[] TargetsOf(IEnumerable<Scenario> scenarios)
    {
        TargetMention[] found = [.. scenarios.Select(TargetOf).Distinct().Order()];
        return found.Length > 0 ? found : _scenarios.Count > 0 ? [TargetMention.None] : Enum.GetValues<TargetMention>();
    }

    /// <summary>Whether a scenario is told by a wording: by name, or because the one that it names has no story of its own.</summary>
    private bool Tells(Scenario scenario, string name, string request) =>
        scenario.Also is null && scenario.Request.Name == request && (scenario.Wording == name || (name == request && !Compiled.RulesByName.ContainsKey(StoryPrefix + scenario.Wording)));

    private static TargetMention TargetOf(Scenario scenario) => scenario.Target switch
    {
        ExchangeTarget.None => TargetMention.None,
        ExchangeTarget.Same => TargetMention.Same,
        _ => TargetMention.Other,
    };

    /// <summary>A story whose every alternative is for one target, or for another, cannot be told of a scenario with a different one.</summary>
    private void RefuseOtherTargets(Wording wording)
    {
        var group = Compiled.Tags.Groups.First(g => g.All.Has(Compiled.Tags.TargetSame));
        foreach (var scenario in _scenarios.Where(s => Tells(s, wording.Name, wording.Request)))
        {
            if (!group.Allows(Compiled.Tags.Target(TargetOf(scenario)), wording.Requires, wording.Forbids))
                throw new PackException(Compiled.File, LineOfStory(wording.Name, wording.Request), $"No story of the wording '{wording.Name}' can be told {(scenario.Target == ExchangeTarget.None ? "without a target" : $"with target.{(scenario.Target == ExchangeTarget.Same ? "same" : "other")}")}, as the scenario {scenario.Id} has it.", $"Write an alternative for it in '{StoryPrefix}{wording.Name}', or take a condition away.");
        }
    }

    private int Root(string name, PackNode root) => Compiled.RulesByName.TryGetValue(name, out var rule)
        ? rule
        : throw root["rules"].Error($"The rule '{name}' is missing.", "Every message starts from it.");
}
