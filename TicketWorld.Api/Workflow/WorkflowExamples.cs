namespace TicketWorld.Api.Workflow;

/// <summary>Requests that the documentation shows and that can be sent as they are.</summary>
internal static class WorkflowExamples
{
    public static object Process { get; } = new
    {
        ticket = new
        {
            subject = "The app closes itself when I start it",
            body = "Hi, since this morning the app closes itself every time I open it and shows ERR-5003. I can't work like this, please help soon.",
            customer_email = "jo.lindberg@example.com",
        },
        options = new { response_tone = "friendly", enable_parallel = true, skip_response_generation = false },
    };

    public static object Classify { get; } = new
    {
        subject = "Export freezes",
        body = "Whenever I export a report to PDF the window freezes, every time. It says ERR-EXP-001. Looks like a bug to me.",
    };

    public static object Extract { get; } = new
    {
        subject = "Where is ORD-789012?",
        body = "It should have come on 2024-01-15. Call me on 555-987-6543 or write to waiting@example.com. I paid $149.99.",
        category = "billing",
    };

    public static object Respond { get; } = new
    {
        subject = "Can't get it installed",
        body = "I have downloaded the program, but I don't know how to install it.",
        category = "technical",
        severity = "medium",
        extracted_fields = new { fields = Array.Empty<object>() },
        tone = "friendly",
    };

    public static object Route { get; } = new
    {
        subject = "No payment goes through",
        body = "Every payment in all our shops has failed for an hour.",
        category = "billing",
        severity = "critical",
        extracted_fields = new { fields = Array.Empty<object>() },
    };
}
