using System.Text.RegularExpressions;
using TicketWorld.Support.Rules;
using TicketWorld.Worlds.Packs;

namespace TicketWorld.Support.Extraction;

/// <summary>A currency, and the signs that stand for it.</summary>
/// <param name="Code">ISO 4217.</param>
/// <param name="Minor">Whether the words name hundredths of it.</param>
internal sealed record Currency(string Code, IReadOnlyList<string> Signs, bool Minor)
{
    /// <summary>The code for no currency.</summary>
    private const string NoCurrency = "XXX";

    /// <summary>The code; null for a word that several currencies share.</summary>
    public string? Said => Code == NoCurrency ? null : Code;
}

/// <summary>How sure values are; see extraction.yaml.</summary>
internal sealed record ConfidenceRules(double Base, double Validated, double Length, double Most, double Certain, double Labelled, double Product);

/// <summary>The form of a field's values.</summary>
/// <param name="Says">The form in words, for the validation error.</param>
internal sealed record FieldForm(Regex Pattern, string Says);

/// <summary>How earlier mail is announced; see <see cref="QuotedParts"/>.</summary>
internal sealed record QuotedRules(
    IReadOnlySet<string> Openings,
    IReadOnlyList<string> Endings,
    IReadOnlyList<string> Dividers,
    IReadOnlyList<string> From,
    IReadOnlyList<string> Sent,
    IReadOnlyList<string> Pointers,
    int MostWordsOfPointer);

/// <summary>What extraction.yaml says, read and checked.</summary>
internal sealed class ExtractionRules
{
    private const string FileName = "extraction.yaml";

    private static readonly string[] PrefixFields = [FieldNames.OrderId, FieldNames.TransactionId, FieldNames.AccountId, FieldNames.ErrorCode];

    private ExtractionRules()
    {
    }

    public required WordBook Words { get; init; }

    public required IReadOnlyList<Currency> Currencies { get; init; }

    /// <summary>Index of a currency plus one by its sign.</summary>
    public required Dictionary<string, byte> Signs { get; init; }

    /// <summary>Field of a number by its beginning; null for one that is no field's.</summary>
    public required Dictionary<string, string?> Prefixes { get; init; }

    public required HashSet<string> ErrorSymbols { get; init; }

    public required HashSet<string> NotCodes { get; init; }

    /// <summary>Words that tell German, whose nouns have capitals that tell nothing of names. In lower case as they stand in a sentence.</summary>
    public required HashSet<string> German { get; init; }

    /// <summary>Letters of the longest of them.</summary>
    public required int LongestGerman { get; init; }

    /// <summary>Names of months that are words too, as they stand.</summary>
    public required HashSet<string> AmbiguousMonths { get; init; }

    public required IReadOnlySet<string> TopLevelDomains { get; init; }

    public required QuotedRules Quoted { get; init; }

    public required ConfidenceRules Confidence { get; init; }

    /// <summary>How much each feature speaks for a name of a product, in log odds.</summary>
    public required Dictionary<ulong, float> Names { get; init; }

    /// <summary>Words that are no names.</summary>
    public required OrdinaryWords Ordinary { get; init; }

    /// <summary>A stretch with more than this, in log odds, is a name.</summary>
    public required double NameThreshold { get; init; }

    public required IReadOnlyDictionary<string, FieldForm> Forms { get; init; }

    /// <exception cref="PackException">The file breaks its schema; names file and line.</exception>
    public static ExtractionRules Read(RuleFiles files, NameWeights names)
    {
        var root = files.Read(FileName);
        root.Only("words", "months", "months_that_are_words", "german", "currencies", "prefixes", "error_symbols", "not_codes", "top_level_domains", "quoted", "confidence", "name_threshold", "validation");
        var words = new WordBook();
        ReadWords(root["words"], words);
        ReadMonths(root["months"], words);
        var currencies = ReadCurrencies(root["currencies"], words);
        return new()
        {
            Words = words,
            Currencies = currencies,
            Signs = SignsOf(currencies),
            Prefixes = ReadPrefixes(root["prefixes"]),
            ErrorSymbols = TextSet(root["error_symbols"]),
            NotCodes = TextSet(root["not_codes"]),
            AmbiguousMonths = TextSet(root["months_that_are_words"]),
            German = new(root["german"].Texts(), StringComparer.Ordinal),
            LongestGerman = root["german"].Texts().Select(word => word.Length).DefaultIfEmpty().Max(),
            TopLevelDomains = TextSet(root["top_level_domains"]),
            Quoted = ReadQuoted(root["quoted"]),
            Confidence = ReadConfidence(root["confidence"]),
            Names = names.Odds,
            Ordinary = names.Ordinary,
            NameThreshold = root["name_threshold"].Integer(-100, 100) / 10.0,
            Forms = ReadForms(root["validation"]),
        };
    }

    private static void ReadWords(PackNode node, WordBook words)
    {
        foreach (var (key, list) in node.Entries)
        {
            var name = key.Replace("_", "", StringComparison.Ordinal);
            if (char.IsAsciiDigit(key[0]) || !Enum.TryParse<Sense>(name, ignoreCase: true, out var sense) || sense == Sense.None)
                throw list.Error($"The word list '{key}' is unknown.", $"Use one of: {string.Join(", ", Enum.GetNames<Sense>().Skip(1).Select(SnakeCase))}.");
            foreach (var item in list.Items)
                AddWord(words, item, new WordEntry(sense, 0, 0));
        }
    }

    private static void ReadMonths(PackNode node, WordBook words)
    {
        if (node.Items.Count != 12)
            throw node.Error($"There are {node.Items.Count} months.", "Write twelve lists, January first.");
        for (var month = 0; month < 12; month++)
        {
            foreach (var item in node.Items[month].Items)
                AddWord(words, item, new WordEntry(Sense.None, (byte)(month + 1), 0));
        }
    }

    private static List<Currency> ReadCurrencies(PackNode node, WordBook words)
    {
        var currencies = new List<Currency>();
        foreach (var item in node.Items)
        {
            item.Only("code", "signs", "words", "minor");
            var code = item["code"].Text;
            if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper))
                throw item["code"].Error($"'{code}' is no currency code.", "Write the three capitals of ISO 4217.");
            if (currencies.Count >= byte.MaxValue)
                throw item.Error("There are too many currencies.", $"Name at most {byte.MaxValue}.");
            currencies.Add(new(code, item.Find("signs")?.Texts() ?? [], item.Find("minor")?.Boolean() ?? false));
            foreach (var word in item["words"].Items)
                AddWord(words, word, new WordEntry(Sense.None, 0, (byte)currencies.Count));
        }

        return currencies;
    }

    private static Dictionary<string, byte> SignsOf(List<Currency> currencies)
    {
        var signs = new Dictionary<string, byte>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < currencies.Count; i++)
        {
            foreach (var sign in currencies[i].Signs)
                signs.TryAdd(sign, (byte)(i + 1));
        }

        return signs;
    }

    private static void AddWord(WordBook words, PackNode node, WordEntry entry)
    {
        try
        {
            words.Add(node.Text, entry);
        }
        catch (FormatException e)
        {
            throw node.Error($"'{node.Text}' is no word. {e.Message}", "Correct or remove it.");
        }
    }

    private static Dictionary<string, string?> ReadPrefixes(PackNode node)
    {
        node.Only([.. PrefixFields, "other"]);
        var prefixes = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, list) in node.Entries)
        {
            foreach (var item in list.Items)
            {
                if (!prefixes.TryAdd(item.Text, key == "other" ? null : key))
                    throw item.Error($"The beginning '{item.Text}' stands twice.", "Keep it under one field.");
            }
        }

        return prefixes;
    }

    private static QuotedRules ReadQuoted(PackNode node)
    {
        node.Only("openings", "endings", "dividers", "from", "sent", "pointers", "most_words_of_pointer");
        return new(
            TextSet(node["openings"]), node["endings"].Texts(), node["dividers"].Texts(), node["from"].Texts(), node["sent"].Texts(),
            node["pointers"].Texts(), node["most_words_of_pointer"].Integer(0, 1000));
    }

    private static ConfidenceRules ReadConfidence(PackNode node)
    {
        node.Only("base", "validated", "length", "most", "certain", "labelled", "product");
        return new(Share(node["base"]), Share(node["validated"]), Share(node["length"]), Share(node["most"]), Share(node["certain"]), Share(node["labelled"]), Share(node["product"]));
    }

    private static double Share(PackNode node) =>
        double.TryParse(node.Text, out var value) && value is >= 0 and <= 1
            ? value
            : throw node.Error($"'{node.Text}' is no share.", "Write a number from 0 to 1, for example 0.85.");

    private static Dictionary<string, FieldForm> ReadForms(PackNode node)
    {
        node.Only([.. FieldNames.All]);
        var forms = new Dictionary<string, FieldForm>(StringComparer.Ordinal);
        foreach (var (field, form) in node.Entries)
        {
            form.Only("pattern", "says");
            try
            {
                var pattern = new Regex($@"\A(?:{form["pattern"].Text})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
                forms[field] = new(pattern, form["says"].Text);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw form["pattern"].Error($"The pattern cannot be used: {e.Message}", "Write a regular expression without look-around and back-references.");
            }
        }

        return forms;
    }

    private static HashSet<string> TextSet(PackNode node) => new(node.Texts(), StringComparer.OrdinalIgnoreCase);

    private static string SnakeCase(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
