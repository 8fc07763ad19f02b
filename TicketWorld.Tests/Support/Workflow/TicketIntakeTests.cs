using TicketWorld.Support.Workflow;

namespace TicketWorld.Tests.Support.Workflow;

public sealed class TicketIntakeTests
{
    [Fact]
    public void Control_characters_go_halves_are_replaced_and_all_else_stays()
    {
        foreach (var (text, clean, warnings) in ((string, string, int)[])
        [
            ("plain\r\n\ttext é 日本 🎉 ع\u0301", "plain\r\n\ttext é 日本 🎉 ع\u0301", 0),
            ("a\0b\u0007c\u009fd\u007f", "abcd", 1),
            ("half \ud800 of", "half \ufffd of", 1),
            ("\udc00🎉\ud83c", "\ufffd🎉\ufffd", 1),
            ("\0\ud800", "\ufffd", 2),
        ])
        {
            var told = new List<string>();
            var cleaned = TicketIntake.Clean(new("s", text), told);
            Assert.Equal(clean, cleaned.Body);
            Assert.Equal(warnings, told.Count);
            Assert.Equal(clean, TicketIntake.Clean(cleaned, []).Body);
        }
    }
}
