namespace TicketWorld.Worlds.Generation;

/// <summary>What making some tickets took. Reports of parts add up to that of the whole.</summary>
public sealed class ChunkReport
{
    public int Tickets { get; set; }

    /// <summary>Texts that did not read back as disclosed and were written again.</summary>
    public int GateRejects { get; set; }

    /// <summary>Cases in which the two oracles differed, or the compliant resolution was not unique; counted before anything is drawn again.</summary>
    public int OracleDisagreements { get; set; }

    /// <summary>Draws of disclosure that did not fit the planned complexity and were drawn again.</summary>
    public int Redraws { get; set; }

    /// <summary>Tickets about an order line that an earlier ticket is about.</summary>
    public int WhatIfs { get; set; }

    /// <summary>Tickets that had to be given another completeness.</summary>
    public int CompletenessChanges { get; set; }

    /// <summary>Twins among the tickets; they count towards no share.</summary>
    public int Twins { get; set; }

    /// <summary>By label: <c>ticket_type/return_request</c> and so on.</summary>
    public SortedDictionary<string, int> Labels { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What came of an author's texts; all 0 without one.</summary>
    public Authorship.AuthoringReport Authoring { get; } = new();

    public void Add(ChunkReport other)
    {
        Authoring.Add(other.Authoring);
        Tickets += other.Tickets;
        GateRejects += other.GateRejects;
        OracleDisagreements += other.OracleDisagreements;
        Redraws += other.Redraws;
        WhatIfs += other.WhatIfs;
        Twins += other.Twins;
        CompletenessChanges += other.CompletenessChanges;
        foreach (var (label, count) in other.Labels)
            Labels[label] = Labels.GetValueOrDefault(label) + count;
    }
}
