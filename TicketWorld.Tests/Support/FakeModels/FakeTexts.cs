using System.Text;
using System.Text.Json;

namespace TicketWorld.Tests.Support.FakeModels;

/// <summary>Texts that a faithful model could write, made of nothing but the brief.</summary>
internal static class FakeTexts
{
    /// <summary>What only this writer says, so that tests tell its texts from the grammar's.</summary>
    public const string Mark = "Greetings from a faithful pen";

    public static string Message(JsonElement brief)
    {
        var text = new StringBuilder(Mark).Append(".\n");
        foreach (var statement in brief.GetProperty("says").EnumerateArray())
            text.Append("So: ").Append(statement.GetProperty("wordings")[0].GetString()).Append(".\n");
        foreach (var particular in (string[])["order_number", "product", "amount"])
        {
            if (brief.GetProperty(particular).GetString() is { } value)
                text.Append("Here: ").Append(value).Append(".\n");
        }

        if (brief.GetProperty("target_product").GetString() is { } target)
            text.Append("Rather ").Append(brief.GetProperty("target_markers")[0].GetString()).Append(' ').Append(target).Append(".\n");
        text.Append("Yours, ").Append(brief.GetProperty("customer_name").GetString());
        return Reply("A matter", text.ToString());
    }

    public static string Reasoning(JsonElement brief) =>
        JsonSerializer.Serialize(new { reasoning = Mark + ": " + brief.GetProperty("program_text").GetString() });

    public static string Reply(string subject, string body) => JsonSerializer.Serialize(new { subject, body });
}
