namespace TicketWorld.Support.Analysis;

/// <summary>Finds text that instructs whoever or whatever reads a message, instead of telling something.</summary>
public interface IInjectionFinder
{
    /// <summary>How many such stretches the message has.</summary>
    int CountInjections(TicketText text);
}
