using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Verification;

/// <summary>The parameters of a policy as its versions have them, day by day. Immutable.</summary>
internal sealed class Versions
{
    private readonly DateOnly[] _from;
    private readonly long[][] _values;

    public Versions(PolicyDocument policy)
    {
        var versions = policy.Clauses.SelectMany(c => c.Versions).ToArray();
        _from = [.. versions.Select(v => v.From).Append(DateOnly.MinValue).Distinct().Order()];
        _values = [.. _from.Select(day => ValuesOn(policy, versions, day))];
    }

    /// <summary>The values of all parameters on a day, before any modification.</summary>
    public long[] On(DateOnly day)
    {
        var last = _from.Length - 1;
        while (_from[last] > day)
            last--;
        return _values[last];
    }

    private static long[] ValuesOn(PolicyDocument policy, ClauseVersion[] versions, DateOnly day)
    {
        var values = Array.ConvertAll(policy.Parameters, p => p.Value);
        foreach (var version in versions.Where(v => v.From <= day).OrderBy(v => v.From))
        {
            foreach (var setting in version.Settings)
                values[setting.Parameter] = setting.Value;
        }

        return values;
    }
}
