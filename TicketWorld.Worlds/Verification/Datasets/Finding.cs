namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>What a finding was measured against.</summary>
public enum VerificationLayer
{
    /// <summary>Files that are missing, cut off, no JSON, or differ from the manifest.</summary>
    Files,

    /// <summary>Keys, types and formats.</summary>
    Schema,

    /// <summary>Values that records must agree on: references, totals, states, times.</summary>
    Records,

    /// <summary>The second oracle: resolutions that the policy does not allow.</summary>
    Oracle,

    /// <summary>Debug keys that contradict message, records or resolution.</summary>
    Debug,

    /// <summary>Policy document and policy graph.</summary>
    Policy,

    /// <summary>The records made again from the manifest's options.</summary>
    Reproduction,
}

/// <summary>Something in a dataset that is wrong.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Record">Id of the record, or its place when it has no readable id.</param>
/// <param name="Field">Path of the field in the record.</param>
/// <param name="Problem">What is wrong, in words.</param>
/// <param name="Found">The value at fault.</param>
/// <param name="Expected">What would be right.</param>
public sealed record Finding(VerificationLayer Layer, string File, string Record, string Field, string Problem, string Found, string Expected);

/// <summary>Takes the findings on one record.</summary>
internal sealed class RecordCheck(string file, string record)
{
    /// <summary>Longer values are cut: a finding is for reading.</summary>
    private const int LongestValue = 200;

    private List<Finding>? _findings;

    public string File { get; } = file;

    /// <summary>Id of the record; its place until the id is read.</summary>
    public string Record { get; set; } = record;

    public IReadOnlyList<Finding> Findings => _findings ?? (IReadOnlyList<Finding>)[];

    public bool IsClean => _findings is null;

    public void Add(VerificationLayer layer, string field, string problem, string found, string expected) =>
        (_findings ??= []).Add(new Finding(layer, File, Record, field, problem, Cut(found), Cut(expected)));

    /// <summary>Reports when two values differ.</summary>
    public void Same(VerificationLayer layer, string field, string problem, string? found, string? expected)
    {
        if (found != expected)
            Add(layer, field, problem, found ?? "null", expected ?? "null");
    }

    private static string Cut(string text) => text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
}
