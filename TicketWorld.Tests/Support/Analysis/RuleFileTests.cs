using TicketWorld.Support.Analysis;
using TicketWorld.Support.Rules;
using TicketWorld.Support.Vocabulary;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Support.Analysis;

public sealed class RuleFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rules").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("topics.yaml", "topics:\n  outage:\n    any:\n      - 3 @nowhere\n", 4, "@nowhere")]
    [InlineData("topics.yaml", "topics:\n  outrage:\n    any: [x]\n", 2, "outrage")]
    [InlineData("topics.yaml", "topics:\n  outage:\n    it: [x]\n", 3, "it")]
    [InlineData("severities.yaml", "topics:\n  outage:\n    - {if: [nothing_such], is: high}\n", 3, "nothing_such")]
    [InlineData("weights.yaml", "classes: outage crash\nweights: ''\n", 1, "classes")]
    [InlineData("calibration.yaml", "topic: [[0, 0], [1, 2]]\ncategory: []\nseverity: []\nsentiment: []\n", 1, "'2'")]
    [InlineData("precedence.yaml", "gives_way: []\nbrings_along:\n  - {topic: outage, also: outage2, if: [], evidence: 1}\n", 3, "outage2")]
    [InlineData("categories.yaml", "categories:\n  - name: billing\n    topics: [double_charge\n", 4, "not valid YAML")]
    [InlineData("categories.yaml", "categories:\n  - name: billing\n    topics: [double_charge\n  - name: account\n    topics: [security]\n", 3, "not valid YAML")]
    public void A_fault_names_file_and_line(string file, string text, int line, string value)
    {
        File.WriteAllText(Path.Combine(_folder, file), text);

        var error = Assert.Throws<PackException>(() => new RuleAnalyser(new RuleFiles(_folder)));

        Assert.EndsWith(file, error.File, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_in_the_weights_names_its_line()
    {
        using (var reader = new StreamReader(RuleFiles.OpenOwn("weights.yaml")))
        {
            var head = Enumerable.Range(0, 4).Select(_ => reader.ReadLine()).ToList();
            File.WriteAllText(Path.Combine(_folder, "weights.yaml"), $"{string.Join('\n', head)}\n  word x 1:2\n");
        }

        var error = Assert.Throws<PackException>(() => new RuleAnalyser(new RuleFiles(_folder)));

        Assert.Equal(5, error.Line);
        Assert.Contains("word x 1:2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_file_changes_the_answer()
    {
        Change("categories.yaml", "topics: [login_access, two_factor, security, profile_change]", "topics: [login_access, two_factor, security, profile_change, double_charge]", "double_charge, fee", "fee");
        var text = new TicketText("", "I was charged twice for the same order.");

        Assert.Equal(Category.Billing, Analysers.Own.Analyse(text).Category);
        Assert.Equal(Category.Account, new RuleAnalyser(new RuleFiles(_folder)).Analyse(text).Category);
    }

    [Theory]
    [InlineData("routing_rule.yaml")]
    [InlineData("replies/it.yaml")]
    [InlineData("topics.yml")]
    public void A_file_of_a_name_that_is_none_of_the_rules_is_refused(string name)
    {
        new RuleFiles(_folder).ThrowIfUnknown();
        Directory.CreateDirectory(Path.Combine(_folder, "replies"));
        File.WriteAllText(Path.Combine(_folder, "topics.yaml"), "");
        new RuleFiles(_folder).ThrowIfUnknown();
        File.WriteAllText(Path.Combine(_folder, name), "");
        var error = Assert.Throws<PackException>(() => new RuleFiles(_folder).ThrowIfUnknown());
        Assert.EndsWith(name, error.File, StringComparison.Ordinal);
        Assert.Contains("routing_rules.yaml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_without_category_is_refused()
    {
        Change("categories.yaml", "double_charge, fee", "fee");

        var error = Assert.Throws<PackException>(() => new RuleAnalyser(new RuleFiles(_folder)));

        Assert.Contains("double_charge", error.Message, StringComparison.Ordinal);
    }

    private void Change(string file, params string[] replacements)
    {
        using var reader = new StreamReader(RuleFiles.OpenOwn(file));
        var text = reader.ReadToEnd();
        for (var i = 0; i < replacements.Length; i += 2)
        {
            Assert.Contains(replacements[i], text, StringComparison.Ordinal);
            text = text.Replace(replacements[i], replacements[i + 1], StringComparison.Ordinal);
        }

        File.WriteAllText(Path.Combine(_folder, file), text);
    }
}
