using Spectre.Console;
using TicketWorld.Worlds.Datasets;

namespace TicketWorld.Cli.Commands;

/// <summary>Progress on standard error: a bar on a terminal, plain lines elsewhere, nothing for machines.</summary>
internal sealed class ProgressDisplay : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _plain;
    private Task _bar = Task.CompletedTask;
    private GenerationProgress _latest;
    private string _stage = "";
    private int _lastTenth;

    private ProgressDisplay(bool plain) => _plain = plain;

    public static ProgressDisplay Start(bool json)
    {
        var display = new ProgressDisplay(plain: !json && Console.IsErrorRedirected);
        if (!json && !Console.IsErrorRedirected)
            display._bar = Task.Run(display.DrawAsync);
        return display;
    }

    public void Show(GenerationProgress progress)
    {
        lock (_gate)
        {
            _latest = progress;
            if (!_plain)
                return;
            var tenth = progress.Of == 0 ? 0 : (int)(progress.Tickets * 10L / progress.Of);
            if (progress.Stage == _stage && tenth == _lastTenth)
                return;
            _stage = progress.Stage;
            _lastTenth = tenth;
            Console.Error.WriteLine(progress.Tickets == 0 ? progress.Stage : $"{progress.Stage}: {progress.Tickets} of {progress.Of}");
        }
    }

    public void Dispose()
    {
        _ended.TrySetResult();
        _bar.GetAwaiter().GetResult();
    }

    private async Task DrawAsync()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async context =>
        {
            var task = context.AddTask("starting", maxValue: 1);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (!_ended.Task.IsCompleted)
            {
                lock (_gate)
                {
                    if (_latest.Stage is { } stage)
                    {
                        task.Description = Markup.Escape(stage);
                        task.MaxValue = Math.Max(1, _latest.Of);
                        task.Value = _latest.Tickets;
                    }
                }

                await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), _ended.Task);
            }
        });
    }
}
