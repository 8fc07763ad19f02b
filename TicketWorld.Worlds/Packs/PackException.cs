namespace TicketWorld.Worlds.Packs;

/// <summary>A pack that cannot be used: what is wrong, where, and what to do.</summary>
public sealed class PackException : Exception
{
    public PackException(string file, int line, string problem, string remedy)
        : base($"{file}{(line > 0 ? $":{line}" : "")}: {problem} {remedy}")
    {
        File = file;
        Line = line;
        Problem = problem;
        Remedy = remedy;
    }

    /// <summary>The pack file, relative to the pack's folder.</summary>
    public string File { get; }

    /// <summary>1-based line, or 0 when the whole file is meant.</summary>
    public int Line { get; }
    public string Problem { get; }
    public string Remedy { get; }
}
