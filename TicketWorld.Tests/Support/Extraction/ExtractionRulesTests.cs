using TicketWorld.Support.Extraction;
using TicketWorld.Support.Rules;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Tests.Support.Extraction;

public sealed class ExtractionRulesTests
{
    [Theory]
    [InlineData("extraction.yaml", "  order: [", "  oder: [", "oder")]
    [InlineData("extraction.yaml", "most_words_of_pointer: 20", "most_words_of_pointer: many", "many")]
    [InlineData("extraction.yaml", "  base: 0.70", "  base: 7", "'7'")]
    [InlineData("extraction.yaml", "{code: USD", "{code: usd", "usd")]
    [InlineData("extraction.yaml", "bestell*", "be*", "be*")]
    [InlineData("extraction.yaml", "pattern: '[A-Za-z0-9", "pattern: '(?=x)[A-Za-z0-9", "cannot be used")]
    [InlineData("extraction.yaml", "prefixes:\n", "prefixes:\n  tracking_id: [TRK]\n", "tracking_id")]
    [InlineData("extraction.yaml", "name_threshold: -2", "name_threshold: low", "low")]
    [InlineData("names.yaml", "name: |\n  ", "name: |\n  word x 1:2\n  ", "word x 1:2")]
    [InlineData("categories.yaml", "required_fields: [account_email]", "required_fields: [e_mail]", "e_mail")]
    [InlineData("categories.yaml", "- id: general", "- id: generell", "generell")]
    public void A_mistake_in_a_rule_file_is_refused_with_file_line_and_the_value_at_fault(string file, string written, string mistake, string named)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using var own = new StreamReader(RuleFiles.OpenOwn(file));
            var text = own.ReadToEnd();
            var at = text.IndexOf(written, StringComparison.Ordinal);
            Assert.True(at >= 0);
            File.WriteAllText(Path.Combine(folder.FullName, file), text.Remove(at, written.Length).Insert(at, mistake));

            var error = Assert.Throws<PackException>(() => new RuleExtractor(new RuleFiles(folder.FullName)));
            Assert.EndsWith(file, error.File, StringComparison.Ordinal);
            Assert.True(error.Line > 0);
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
