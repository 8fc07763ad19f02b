namespace TicketWorld.Support.Extraction;

/// <summary>The form that values of each field have: how they are written for other systems, whether they are valid, how sure they are.</summary>
internal sealed class FieldForms(ExtractionRules rules)
{
    /// <summary>A value this long has the full part of confidence that length gives.</summary>
    private const double FullLength = 10;

    public bool IsOfForm(string field, string value) => !rules.Forms.TryGetValue(field, out var form) || form.Pattern.IsMatch(value);

    public static string Normalise(Field field, ReadOnlySpan<char> text) => field switch
    {
        Field.AccountEmail => text.ToString().ToLowerInvariant(),
        Field.Amount => Amounts.Normalise(text),
        Field.ErrorCode => Code(text),
        Field.OrderId => text.TrimStart('#').ToString(),
        Field.Date => Dates.Normalise(text),
        _ => text.ToString(),
    };

    /// <summary>The confidence of a value: that of its evidence, else base + validated + length, at most most.</summary>
    public double Confidence(Field field, string name, string value, Evidence evidence)
    {
        var confidence = rules.Confidence;
        var valid = IsOfForm(name, value);
        if (valid && evidence == Evidence.Form && field is Field.AccountEmail or Field.OrderId or Field.ErrorCode or Field.Url or Field.TransactionId or Field.AccountId)
            return confidence.Certain;
        if (valid && evidence == Evidence.Label && field is Field.OrderId or Field.AccountId or Field.TransactionId or Field.ErrorCode)
            return confidence.Labelled;
        if (field == Field.ProductName)
            return evidence switch { Evidence.Form => confidence.Most, Evidence.Weak => confidence.Base, _ => confidence.Product };
        if (evidence == Evidence.Weak)
            return confidence.Base;
        var length = confidence.Length * Math.Min(1, value.Length / FullLength);
        return Math.Round(Math.Min(confidence.Most, confidence.Base + (valid ? confidence.Validated : 0) + length), 2);
    }

    public List<string> Errors(IReadOnlyList<ExtractedField> fields)
    {
        List<string> errors = [];
        foreach (var field in fields)
        {
            if (!rules.Forms.TryGetValue(field.Name, out var form))
                continue;
            foreach (var value in field.Values)
            {
                if (!form.Pattern.IsMatch(value.Value))
                    errors.Add($"{field.Name} '{value.Value}' is not of the form expected: {form.Says}.");
            }
        }

        return errors;
    }

    private static string Code(ReadOnlySpan<char> text)
    {
        var code = text.ToString().ToUpperInvariant();
        return code.StartsWith("0X", StringComparison.Ordinal) ? $"0x{code[2..]}" : code;
    }
}
