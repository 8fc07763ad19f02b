namespace TicketWorld.Tests.Chaos;

/// <summary>Counts what befell whom, and keeps what must not have happened.</summary>
internal sealed class Tally(TextWriter output)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _kills = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _points = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];
    private int _more;

    public int KillCount
    {
        get
        {
            lock (_gate)
                return _kills.Values.Sum();
        }
    }

    public IReadOnlyDictionary<string, int> Kills => Copy(_kills);

    public IReadOnlyDictionary<string, int> Faults => Copy(_faults);

    public IReadOnlyDictionary<string, int> Points => Copy(_points);

    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_gate)
                return _more == 0 ? [.. _violations] : [.. _violations, $"and {_more} more"];
        }
    }

    /// <summary>A process got SIGKILL.</summary>
    public void Kill(string what) => Count(_kills, what);

    /// <summary>Anything else was done to a process, a server or a connection.</summary>
    public void Fault(string what) => Count(_faults, what);

    /// <summary>A process ended itself at a crash point.</summary>
    public void Crash(string host, string point)
    {
        Kill(host + " at a crash point");
        Count(_points, point);
    }

    public void Violation(string what)
    {
        lock (_gate)
        {
            if (_violations.Count < 50)
            {
                _violations.Add(what);
                output.WriteLine("VIOLATION        " + what);
                output.Flush();
            }
            else
                _more++;
        }
    }

    private void Count(SortedDictionary<string, int> counts, string what)
    {
        lock (_gate)
            counts[what] = counts.GetValueOrDefault(what) + 1;
    }

    private IReadOnlyDictionary<string, int> Copy(SortedDictionary<string, int> counts)
    {
        lock (_gate)
            return new SortedDictionary<string, int>(counts, StringComparer.Ordinal);
    }
}
