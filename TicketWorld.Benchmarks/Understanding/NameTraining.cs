using System.Globalization;
using System.Text;
using TicketWorld.Support.Analysis.Weighing;
using TicketWorld.Support.Extraction;
using TicketWorld.Support.Rules;

namespace TicketWorld.Benchmarks.Understanding;

/// <summary>Learns from the labelled messages, but for the measured part, which is not read, what speaks for a stretch of text being the name of a product.</summary>
internal sealed class NameTraining
{
    private const int WordsOfLine = 24;

    private readonly FeatureNumbers _numbers = new();
    private readonly List<(string Part, List<Example> Examples)> _parts = [];

    private readonly string[] _ordinary;
    private readonly OrdinaryWords _ordinaryWords;

    public NameTraining(RuleFiles files)
    {
        _ordinary = OrdinaryWordList.OfLabelled();
        _ordinaryWords = new(_ordinary);
        var extractor = new RuleExtractor(files, new NameWeights([], _ordinaryWords));
        foreach (var part in LabelledTickets.Written)
        {
            var examples = new List<Example>();
            foreach (var message in LabelledTickets.Read(part))
            {
                var labelled = message.Entities.Where(entity => entity.Field == FieldNames.ProductName).Select(entity => entity.Text).ToHashSet(StringComparer.Ordinal);
                extractor.WeighNames(message.Text, _numbers.Names, (text, features) => examples.Add(new Example(_numbers.Of(features), [], labelled.Contains(text) ? ProductNames.Name : 0, 1)));
            }

            _parts.Add((part, examples));
        }
    }

    private static LinearTrainer Trainer => new(ProductNames.Classes, new Recipe(20, 0.02f, 1e-3f, 2, 2, 12), _ => false);

    /// <summary>Weights that are learnt without some parts.</summary>
    public NameWeights Without(params ReadOnlySpan<string> parts)
    {
        var examples = new List<Example>();
        foreach (var (part, own) in _parts)
        {
            if (!parts.Contains(part))
                examples.AddRange(own);
        }

        return new(Rows(examples).ToDictionary(row => _numbers.KeyOf(row.Feature), row => OddsOf(row) / LinearModel.Scale), _ordinaryWords);
    }

    private List<LearntRow> Rows(List<Example> examples) => Trainer.Rows(examples, _numbers.Count);

    private static int OddsOf(LearntRow row) => row.Weights.Sum(w => w.Class == ProductNames.Name ? w.Weight : -w.Weight);

    /// <summary>The text of names.yaml.</summary>
    public string Weights()
    {
        var yaml = new StringBuilder();
        yaml.Append("# Learnt weights of what speaks for a stretch of text being the name of a product; made by:\n");
        yaml.Append("# dotnet run -c Release --project TicketWorld.Benchmarks -- extraction learn\n");
        yaml.Append(CultureInfo.InvariantCulture, $"# A line is a feature, a tab, and what it adds to the log odds of a name, in parts of {LinearModel.Scale}.\n");
        yaml.Append(NameWeights.ModelKey).Append(": |\n");
        foreach (var row in Rows([.. _parts.SelectMany(part => part.Examples)]).OrderBy(row => _numbers.NameOf(row.Feature), StringComparer.Ordinal))
            yaml.Append(CultureInfo.InvariantCulture, $"  {_numbers.NameOf(row.Feature)}\t{OddsOf(row)}\n");
        yaml.Append("# Words that several writers write, and not as names of products.\n");
        yaml.Append(NameWeights.OrdinaryKey).Append(": |\n");
        foreach (var words in _ordinary.Chunk(WordsOfLine))
            yaml.Append("  ").AppendJoin(' ', words).Append('\n');
        return yaml.ToString();
    }
}
