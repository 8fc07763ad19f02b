using System.Reflection;

namespace TicketWorld.Grains;

/// <summary>Tells a silo which grains it runs.</summary>
public interface IGrainsBuilder
{
    /// <summary>Grains of <typeparamref name="TInterface"/> run as <typeparamref name="TGrain"/>.</summary>
    IGrainsBuilder Add<TInterface, TGrain>()
        where TInterface : class, IGrainWithStringKey
        where TGrain : Grain, TInterface;

    /// <summary>Takes the named statements and migrations embedded in the assembly under <c>…/Sqlite/…</c>.</summary>
    IGrainsBuilder AddSql(Assembly assembly);

    /// <summary>Adds one named statement in the dialect of the store that is used.</summary>
    IGrainsBuilder AddStatement(string name, string sql);
}
