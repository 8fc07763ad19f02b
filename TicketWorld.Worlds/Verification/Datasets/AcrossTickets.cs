using TicketWorld.Worlds.Policy;
using TicketWorld.Worlds.Records;

namespace TicketWorld.Worlds.Verification.Datasets;

/// <summary>Checks what only several tickets together show. Fed in the order of the file; keeps 8 bytes a ticket and one entry an order line.</summary>
internal sealed class AcrossTickets(DatasetPolicy policy)
{
    private readonly HashSet<ulong> _ids = [];
    private readonly HashSet<(OrderId Order, ProductId Product)> _lines = [];
    private readonly HashSet<OrderId> _orders = [];
    private readonly HashSet<OrderId> _wholeOrders = [];
    private readonly Dictionary<string, (bool Escalates, string Ticket)> _escalating = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DebugRecord Debug, string Ticket)> _templates = new(StringComparer.Ordinal);

    public void Check(CheckedTicket ticket)
    {
        if (ticket.Ticket is not { } record)
            return;
        if (!_ids.Add(Fingerprint(record.Message.TicketId)))
            ticket.Check.Add(VerificationLayer.Records, "ticket_id", "another ticket has the same id", record.Message.TicketId, "an id of its own");
        if (ticket.Debug is { } debug)
            CheckDebug(record, debug, ticket.Twin is { IsTwin: true }, ticket.Check);
        else
            Note(record);
    }

    /// <summary>Whether an earlier ticket is about the same line; a ticket about a whole order is about each of its lines.</summary>
    private bool Note(TicketRecord record)
    {
        if (record.Order is not { } order)
            return false;
        var known = !_orders.Add(order);
        if (record.Product is not { } product || record.Plan?.Requests.Any(IsAboutWholeOrder) == true)
        {
            _wholeOrders.Add(order);
            return known;
        }

        return !_lines.Add((order, product)) || _wholeOrders.Contains(order);
    }

    private bool IsAboutWholeOrder(string request) => Array.Exists(policy.Policy.Requests, r => r.Name == request && r.Subject == RequestSubject.Order);

    private void CheckDebug(TicketRecord record, DebugRecord debug, bool isTwin, RecordCheck check)
    {
        var isRepeat = Note(record);
        if (debug.WhatIf is { } whatIf && isRepeat != whatIf)
            check.Add(VerificationLayer.Debug, "_scenario_dimensions.what_if", "it says whether an earlier ticket is about the same order line", whatIf ? "true" : "false", isRepeat ? "true" : "false");
        if (!isTwin)
            CheckComplexity(record, debug, check);
        if (debug.Template is not { } template)
            return;
        if (!_templates.TryGetValue(template, out var first))
        {
            _templates[template] = (debug, check.Record);
            return;
        }

        Same("group", debug.Group, first.Debug.Group);
        Same("ticket_type", debug.TicketType, first.Debug.TicketType);
        Same("complexity", debug.Complexity, first.Debug.Complexity);

        void Same(string field, string? found, string? expected)
        {
            if (found is not null && expected is not null)
                check.Same(VerificationLayer.Debug, $"_scenario_dimensions.{field}", $"{first.Ticket} of the template '{template}' has another", found, expected);
        }
    }

    /// <summary>
    /// One complexity stands for escalated resolutions and no other does; which one is the pack's choice. A twin has the labels of its
    /// counterpart's scenario, also where what differs is whether a manager must see it.
    /// </summary>
    private void CheckComplexity(TicketRecord record, DebugRecord debug, RecordCheck check)
    {
        if (debug.Complexity is not { } complexity || record.Plan is not { } plan)
            return;
        if (!_escalating.TryGetValue(complexity, out var first))
            _escalating[complexity] = first = (plan.EscalationRequired, check.Record);
        if (first.Escalates != plan.EscalationRequired)
            check.Add(VerificationLayer.Debug, "_scenario_dimensions.complexity", $"{first.Ticket} with the same complexity is {(first.Escalates ? "" : "not ")}escalated", complexity, "a complexity whose tickets agree on escalation");
    }

    /// <summary>64 bits of an id; two of a million different ids share them with a chance of one in forty million.</summary>
    private static ulong Fingerprint(string id)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in id)
            hash = (hash ^ c) * 1099511628211UL;
        hash ^= hash >> 32;
        return hash * 0x9E3779B97F4A7C15UL;
    }
}
