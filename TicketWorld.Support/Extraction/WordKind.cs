namespace TicketWorld.Support.Extraction;

/// <summary>Whether a word is one of the language, as far as the learnt list of ordinary words tells.</summary>
internal enum WordKind : byte
{
    /// <summary>Not looked up yet.</summary>
    Open,

    /// <summary>A word that people write in other messages too.</summary>
    Ordinary,

    /// <summary>Two ordinary words in one, as many names are made: Stocktally, Fablewagon.</summary>
    Compound,

    Unknown,
}
