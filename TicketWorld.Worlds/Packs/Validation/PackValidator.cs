using TicketWorld.Worlds.Decisions;
using TicketWorld.Worlds.Generation;
using TicketWorld.Worlds.Messages;
using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Scenarios;

namespace TicketWorld.Worlds.Packs.Validation;

/// <summary>
/// Looks at a whole pack and lists everything that is wrong with it or of no use in it. What loading refuses is an error here, only that all
/// of it is listed; what could not be read holds up only the checks that need it.
/// </summary>
public sealed class PackValidator
{
    private readonly PackSource _source;
    private readonly PackComplaints _complaints = new();
    private readonly FindingList _findings = new();
    private readonly List<string> _unchecked = [];
    private int _told;

    private PackValidator(PackSource source) => _source = source;

    /// <summary>Validates an embedded pack by name, or a folder by path.</summary>
    /// <exception cref="PackException">There is no such pack, or a file of it is missing.</exception>
    public static PackValidation Run(string nameOrPath) => new PackValidator(PackSource.Open(nameOrPath)).Run();

    private PackValidation Run()
    {
        var settingsNode = Read("pack.yaml");
        var settings = Make(settingsNode, PackSettings.Read);
        var policyNode = Read("policy.yaml");
        var policy = Make(policyNode, PolicyReader.Read);
        var vocabularyNode = Read("vocabulary.yaml");
        var vocabulary = policy is null || settingsNode?.Find("currency") is not { } currency ? null : Make(vocabularyNode, node => Vocabulary.Read(node, policy, currency));
        var people = Make(Read("people.yaml"), People.Read);
        var catalog = vocabulary is null ? null : Make(Read("catalog.yaml"), node => Catalog.Read(node, vocabulary));
        var scenariosNode = Read("scenarios.yaml");
        var scenarios = policy is null ? null : Make(scenariosNode, node => ScenarioReader.Read(node, policy));
        var phrasesNode = Read("phrases.yaml");
        if (policy is not null && people is not null)
            TierCheck.Check(policyNode!, policy, people, _complaints);
        Tell("reading");
        if (policy is null)
            _unchecked.Add("vocabulary.yaml, scenarios.yaml, phrases.yaml and catalog.yaml, because policy.yaml cannot be read");

        var engine = policy is null || !_complaints.IsClean("policy.yaml") ? null : CheckPolicy(policy);
        if (policy is not null)
            PolicyUse.Check(policy, policyNode!, _findings);
        var coverage = engine is null ? null : new ScenarioCoverage(policy!);
        if (settings is not null && policy is not null && catalog is not null && people is not null && scenarios is not null)
        {
            var basis = new PackBasis(settings, policy, engine, catalog, people, scenarios);
            ScenarioChecks.Run(basis, scenariosNode!, _complaints, coverage, engine is not null);
            Tell("scenario");
            DrawnScenarios.Check(settings, scenarios, scenariosNode!, settingsNode!, _findings);
            if (coverage is null)
                _unchecked.Add("how the policy decides the scenarios, because policy.yaml has errors");
            else
                CoverageCheck.Check(basis, coverage, policyNode!, scenariosNode!, _findings);
        }
        else if (policy is not null)
        {
            _unchecked.Add("the scenarios against the policy, because another file has errors");
        }

        if (vocabulary is not null)
            CueCheck.Check(policy!, vocabulary, scenarios ?? [], vocabularyNode!, scenariosNode, _findings);
        if (vocabulary is not null && scenarios is not null && phrasesNode is not null)
            CheckPhrases(phrasesNode, policy!, vocabulary, scenarios, scenariosNode!);
        return new PackValidation(_findings.Sorted(), _unchecked, coverage is null ? [] : Interactions(policy!, coverage))
        {
            Clauses = policy?.Clauses.Length ?? 0,
            Scenarios = scenarios?.Length ?? 0,
        };
    }

    private PolicyEngine? CheckPolicy(PolicyDocument policy)
    {
        EvaluationOrder.Of(policy, "policy.yaml", _complaints);
        if (Tell("relation_cycle") > 0)
            return null;
        PolicyEngine? engine = null;
        if (!_complaints.Try(() => engine = new PolicyEngine(policy)))
        {
            Tell("reading");
            return null;
        }

        PolicyChecks.Run(policy, engine!, "policy.yaml", _complaints);
        Tell("ambiguous_decision");
        return engine;
    }

    /// <summary>Stories and phrases: whether they can be read, lead to a text in every case, and read back.</summary>
    private void CheckPhrases(PackNode node, PolicyDocument policy, Vocabulary vocabulary, Scenario[] scenarios, PackNode scenariosNode)
    {
        GrammarRules? read = null;
        _complaints.Try(() => read = GrammarReader.Read(node, policy, vocabulary));
        if (Tell("phrase") > 0 || read is null)
        {
            _unchecked.Add("the wordings of the scenarios, because phrases.yaml has errors");
            return;
        }

        Grammar? grammar = null;
        _complaints.Try(() => grammar = Grammar.Read(node, policy, vocabulary, scenarios));
        var complete = Tell("missing_phrase") == 0 && grammar is not null;
        if (grammar is not null)
            complete &= HasWordings(grammar, scenarios, scenariosNode);
        PhraseUse.Check(read, policy, scenarios, node, scenariosNode, _findings);
        CueOverlaps.Check(read, vocabulary, node, _findings);
        if (complete && _findings.Sorted().All(f => f.Severity != FindingSeverity.Error))
            PhraseTrial.Check(_source, node, _findings);
        else
            _unchecked.Add("whether messages read back as they are written, because there are errors");
    }

    private bool HasWordings(Grammar grammar, Scenario[] scenarios, PackNode file)
    {
        var complete = true;
        foreach (var scenario in scenarios)
        {
            if (grammar.IsFaulty(scenario.Wording, scenario.Request.Name))
                continue;
            try
            {
                var first = grammar.Wording(scenario.Wording, scenario.Request.Name);
                if (scenario.Also is { } also)
                    grammar.Second(first, scenario.WordingAlso!, also.Name);
            }
            catch (PackException e)
            {
                complete = false;
                _findings.Error("missing_phrase", e.Line > 0 ? e : (DrawnScenarios.At(file, scenario).Find("wording") ?? DrawnScenarios.At(file, scenario)).Error($"{scenario.Id}: {e.Problem}", e.Remedy));
            }
        }

        return complete;
    }

    private PackNode? Read(string file)
    {
        PackNode? node = null;
        _complaints.Try(() => node = _source.Read(file, _complaints));
        return node;
    }

    private T? Make<T>(PackNode? node, Func<PackNode, T> read)
        where T : class
    {
        T? made = null;
        if (node is not null)
            _complaints.Try(() => made = read(node));
        return made;
    }

    /// <summary>Turns complaints that are new into findings.</summary>
    /// <returns>How many they are.</returns>
    private int Tell(string check)
    {
        var first = _told;
        for (; _told < _complaints.Noted.Count; _told++)
            _findings.Error(check, _complaints.Noted[_told]);
        return _told - first;
    }

    private static ClauseInteraction[] Interactions(PolicyDocument policy, ScenarioCoverage coverage)
    {
        var relations = new PolicyRelations(policy);
        return
        [
            .. coverage.Together.Select(p => new ClauseInteraction(policy.Clauses[p.A].Id, policy.Clauses[p.B].Id, relations.Neighbours(p.A).Contains(p.B)))
                .OrderBy(i => i.A, StringComparer.Ordinal).ThenBy(i => i.B, StringComparer.Ordinal),
        ];
    }
}
