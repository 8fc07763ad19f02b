using System.Text.Json;
using TicketWorld.Worlds.Policy;

namespace TicketWorld.Worlds.Soaking;

/// <summary>What the actions of one resolution amount to.</summary>
internal sealed class ActionSummary(PolicyDocument policy)
{
    private readonly HashSet<ActionKind> _kinds = [];
    private readonly HashSet<string> _waiting = [];
    private readonly HashSet<string> _done = [];
    private bool _paid;
    private bool _kept;

    public decimal Total { get; private set; }

    /// <summary>Whether the line is settled once more in the way it was, or taken back after its refund.</summary>
    public bool SettlesTwice { get; private set; }

    /// <summary>Whether in one request something waits for the customer and is done already.</summary>
    public bool WaitsAndDoes => _waiting.Overlaps(_done);

    /// <summary>The outcome that the actions have, by the order in which docs/policy.md lists outcomes.</summary>
    public string Outcome =>
        _kinds.Contains(ActionKind.Escalate) ? "escalate"
        : _kinds.Contains(ActionKind.Clarify) ? "clarify"
        : _kinds.Contains(ActionKind.Conditional) ? "conditional"
        : _kinds.Contains(ActionKind.Investigate) ? "investigate"
        : _kinds.Contains(ActionKind.Deny) ? _kinds.Contains(ActionKind.Grant) ? "mixed" : "deny"
        : !_kinds.Contains(ActionKind.Grant) ? "information"
        : _paid ? "approve_with_payment"
        : _kept ? "approve_with_fee"
        : "approve";

    /// <param name="lineStatus">Status of the line that the ticket is about, or null.</param>
    public void Take(JsonElement action, string? lineStatus)
    {
        var definition = policy.ActionsByName[action.Text("type")];
        var details = action.GetProperty("details");
        var request = details.TryGetProperty("request", out var named) ? named.GetString()! : "";
        var value = action.Money("value");
        Total += value;
        _kinds.Add(definition.Kind);
        if (definition.Kind == ActionKind.Conditional)
            _waiting.Add(request);
        if (definition.Kind != ActionKind.Grant)
            return;
        _paid |= value < 0;
        _kept |= details.TryGetProperty("fee_percent", out var percent) && percent.ToString() is not ("0" or "");
        foreach (var (field, status) in definition.Changes)
        {
            _done.Add(request);
            if (field == "item_status" && lineStatus is "returned" or "refunded")
                SettlesTwice |= status == lineStatus || lineStatus == "refunded";
        }
    }
}
