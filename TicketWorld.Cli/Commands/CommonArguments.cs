using System.CommandLine;
using System.Globalization;

namespace TicketWorld.Cli.Commands;

/// <summary>Arguments that several commands take.</summary>
internal static class CommonArguments
{
    public static Argument<string> Set(string name = "dir") => new(name) { Description = "Folder of the set." };

    /// <summary>An option that takes a whole number within a range.</summary>
    public static Option<int> Number(string name, string description, int value, int least, int most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) && given >= least && given <= most)
                return given;
            result.AddError($"'{result.Tokens[0].Value}' is no value of {name}. Use a number from {least} to {most}.");
            return default;
        },
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };
}
