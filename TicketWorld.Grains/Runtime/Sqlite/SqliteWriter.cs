// Group commit
// ============
// SQLite has one writer at a time, and a commit costs a flush to disk. All writes of a database therefore go through one
// thread. It takes the step that waits longest, begins a transaction, and runs in it every step that is waiting, up to
// a bound; one commit makes them all durable, and only then is any of their tasks completed. Each step stands in a
// savepoint of its own: one that fails is undone alone. When the commit fails, all steps of the group fail. What must
// follow from the steps of a group as a whole (messages that became ready are claimed for this process) is done last.

using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TicketWorld.Grains.Runtime.Sqlite;

/// <summary>The one thread that writes to a database; see the head of this file.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxGroup = 128;

    private readonly BlockingCollection<Step> _steps = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteDatabase _database;
    private readonly SqliteSession _session;
    private readonly IGroupEnd? _end;

    public SqliteWriter(SqliteDatabase database, SqliteSession session, IGroupEnd? end = null)
    {
        _database = database;
        _session = session;
        _end = end;
        new Thread(Run) { IsBackground = true, Name = "sqlite writer" }.Start();
    }

    /// <summary>Runs the step in a transaction; the task completes when it is durable.</summary>
    /// <param name="work">Runs on the writer's thread. What it throws undoes this step only.</param>
    /// <param name="afterCommit">Runs on the writer's thread when the step is durable; it must be short and must not throw.</param>
    /// <exception cref="GrainStoreException">The database refused the step or its commit.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, Action<T>? afterCommit = null)
    {
        var step = new Step<T>(work, afterCommit);
        try
        {
            _steps.Add(step);
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<T>(new GrainStoreException($"{_database.Path} is closed, as its host is stopping. Send the call again when it runs."));
        }

        return step.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _steps.CompleteAdding();
        await _ended.Task;
        _steps.Dispose();
    }

    private void Run()
    {
        var group = new List<Step>(MaxGroup);
        foreach (var first in _steps.GetConsumingEnumerable())
        {
            group.Clear();
            try
            {
                _session.Control("BEGIN IMMEDIATE");
                var next = first;
                do
                {
                    group.Add(next);
                    RunInSavepoint(next);
                }
                while (group.Count < MaxGroup && _steps.TryTake(out next));
                if (_end is not null)
                    RunInSavepoint(_end);
                _session.Control("COMMIT");
            }
            catch (SqliteException error)
            {
                _end?.Undone();
                if (group.Count == 0)
                    group.Add(first);
                FailGroup(group, error);
                continue;
            }

            _end?.Committed();
            foreach (var step in group)
                step.Committed();
        }

        _session.Dispose();
        _ended.SetResult();
    }

    private void RunInSavepoint(IStep step)
    {
        _session.Control("SAVEPOINT step");
        try
        {
            step.Run(_session);
        }
        catch (Exception error) when (!IsFatalToGroup(error))
        {
            _session.Control("ROLLBACK TO step");
            step.Fail(error is SqliteException sqlite ? _database.Explain(sqlite) : error);
        }

        _session.Control("RELEASE step");
    }

    /// <summary>A full disk and an I/O error roll the whole transaction back inside SQLite.</summary>
    private static bool IsFatalToGroup(Exception error) =>
        error is SqliteException { SqliteErrorCode: 7 or 9 or 10 or 13 };

    private void FailGroup(List<Step> group, SqliteException error)
    {
        try
        {
            _session.Control("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, so there is no transaction to end.
        }

        var explained = _database.Explain(error);
        foreach (var step in group)
        {
            step.Fail(explained);
            step.Committed();
        }
    }

    /// <summary>A part of a group, undone alone when it throws.</summary>
    internal interface IStep
    {
        void Run(SqliteSession session);

        void Fail(Exception error);
    }

    /// <summary>Runs after the steps of each group, in its transaction. All of it on the writer's thread; only <see cref="IStep.Run"/> may throw.</summary>
    internal interface IGroupEnd : IStep
    {
        /// <summary>The group is durable.</summary>
        void Committed();

        /// <summary>The group was undone.</summary>
        void Undone();
    }

    private abstract class Step : IStep
    {
        protected Exception? Failed { get; private set; }

        public void Fail(Exception error) => Failed = error;

        public abstract void Run(SqliteSession session);

        /// <summary>The group has ended: tells the waiting task how.</summary>
        public abstract void Committed();
    }

    private sealed class Step<T>(Func<SqliteSession, T> work, Action<T>? afterCommit) : Step
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public override void Run(SqliteSession session) => _result = work(session);

        public override void Committed()
        {
            if (Failed is not null)
            {
                _done.SetException(Failed);
                return;
            }

            afterCommit?.Invoke(_result);
            _done.SetResult(_result);
        }
    }
}
