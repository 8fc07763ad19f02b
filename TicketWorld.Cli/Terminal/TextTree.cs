using System.Text;
using Spectre.Console;

namespace TicketWorld.Cli.Terminal;

/// <summary>A tree of lines: drawn with branches on a terminal, indented text where the output is redirected.</summary>
internal sealed class TextTree(string text, string? style = null)
{
    private readonly List<TextTree> _children = [];

    public TextTree Add(string line, string? lineStyle = null)
    {
        var child = new TextTree(line, lineStyle);
        _children.Add(child);
        return child;
    }

    public void Print()
    {
        if (System.Console.IsOutputRedirected)
        {
            var plain = new StringBuilder();
            Append(plain, 0);
            System.Console.Out.Write(plain.ToString());
            return;
        }

        var tree = new Tree(Markup());
        foreach (var child in _children)
            child.AddTo(tree);
        Output.Console().Write(tree);
    }

    private void Append(StringBuilder plain, int depth)
    {
        plain.Append(' ', depth * 2).Append(text).Append('\n');
        foreach (var child in _children)
            child.Append(plain, depth + 1);
    }

    private void AddTo(IHasTreeNodes parent)
    {
        var node = parent.AddNode(Markup());
        foreach (var child in _children)
            child.AddTo(node);
    }

    private string Markup() => style is null ? Spectre.Console.Markup.Escape(text) : $"[{style}]{Spectre.Console.Markup.Escape(text)}[/]";
}
