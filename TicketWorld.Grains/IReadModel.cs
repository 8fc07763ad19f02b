namespace TicketWorld.Grains;

/// <summary>Queries of what turns have staged. They see whole turns only, and never block or change anything.</summary>
public interface IReadModel
{
    /// <summary>The rows of the named query.</summary>
    /// <param name="query">The file name of the query without <c>.sql</c>.</param>
    /// <param name="parameters">An object whose properties are the parameters.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlyList<T>> QueryAsync<T>(string query, object? parameters = null, CancellationToken cancellationToken = default);

    /// <summary>The first row, or the default of <typeparamref name="T"/> when there is none.</summary>
    Task<T?> FirstAsync<T>(string query, object? parameters = null, CancellationToken cancellationToken = default);
}
