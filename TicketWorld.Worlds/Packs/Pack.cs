using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Packs;

/// <summary>A company as data, loaded and checked. Immutable; safe for many threads.</summary>
public sealed class Pack
{
    private Pack(PackSource source)
    {
        // Files that nothing waits for yet are read on other threads: loading is most of what a small run takes.
        var phrases = Task.Run(() => source.Read("phrases.yaml"));
        var scenariosFile = Task.Run(() => source.Read("scenarios.yaml"));
        var people = Task.Run(() => People.Read(source.Read("people.yaml")));
        Source = source;
        var settings = source.Read("pack.yaml");
        Settings = PackSettings.Read(settings);
        PolicyNode = source.Read("policy.yaml");
        Policy = PolicyReader.Read(PolicyNode);
        Engine = new PolicyEngine(Policy);
        VocabularyNode = source.Read("vocabulary.yaml");
        Vocabulary = Vocabulary.Read(VocabularyNode, Policy, settings["currency"]);
        var scenarios = Task.Run(() => ScenarioReader.Read(scenariosFile.GetAwaiter().GetResult(), Policy));
        var grammar = Task.Run(() => Grammar.Read(phrases.GetAwaiter().GetResult(), Policy, Vocabulary, scenarios.GetAwaiter().GetResult()));
        PolicyChecks.Run(Policy, Engine, "policy.yaml");
        Catalog = Catalog.Read(source.Read("catalog.yaml"), Vocabulary);
        People = people.GetAwaiter().GetResult();
        TierCheck.Check(PolicyNode, Policy, People);
        Scenarios = scenarios.GetAwaiter().GetResult();
        Grammar = grammar.GetAwaiter().GetResult();
        Wordings = Array.ConvertAll(Scenarios, s => Grammar.Wording(s.Wording, s.Request.Name));
        SecondWordings = Array.ConvertAll(Scenarios, s => s.Also is { } also ? Grammar.Second(Wordings[s.Index], s.WordingAlso!, also.Name) : null);
        // An embedded pack cannot change after the tests that check its scenarios; a folder can.
        if (!source.IsEmbedded)
            CheckScenarios();
    }

    /// <summary>Decides every scenario at the corners of its ranges.</summary>
    /// <exception cref="PackException">The policy decides a scenario otherwise than it says.</exception>
    internal void CheckScenarios() =>
        ScenarioChecks.Run(new PackBasis(Settings, Policy, Engine, Catalog, People, Scenarios), Source.Read("scenarios.yaml"));

    public PackSource Source { get; }

    public PackSettings Settings { get; }

    public PolicyDocument Policy { get; }

    public PolicyEngine Engine { get; }

    public Vocabulary Vocabulary { get; }

    public Grammar Grammar { get; }

    public Scenario[] Scenarios { get; }

    internal PackNode PolicyNode { get; }

    internal PackNode VocabularyNode { get; }

    internal Catalog Catalog { get; }

    internal People People { get; }

    /// <summary>By scenario: its wording.</summary>
    internal Wording[] Wordings { get; }

    /// <summary>By scenario: the wording of its second request, or null.</summary>
    internal Wording?[] SecondWordings { get; }

    /// <summary>Loads and checks a pack; the scenarios of an embedded one were checked when it was built.</summary>
    /// <param name="nameOrPath">Name of an embedded pack, or a folder.</param>
    /// <exception cref="PackException">The pack cannot be used; the message names file, line and remedy.</exception>
    public static Pack Load(string nameOrPath) => new(PackSource.Open(nameOrPath));
}
