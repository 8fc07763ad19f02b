using TicketWorld.Worlds.Verification.Datasets;

namespace TicketWorld.Worlds.Auditing;

/// <summary>Rates what verification finds.</summary>
internal static class FindingRating
{
    private const string Plan = "resolution_plan.";

    public static AuditFinding Rate(Finding finding)
    {
        var (type, severity) = finding.Layer switch
        {
            VerificationLayer.Oracle => OfResolution(finding.Field.StartsWith(Plan, StringComparison.Ordinal) ? finding.Field[Plan.Length..] : finding.Field),
            VerificationLayer.Records => OfTicket(finding.Field),
            VerificationLayer.Files => (AuditErrorType.InvalidRecord, AuditSeverity.Critical),
            _ => (AuditErrorType.InvalidRecord, AuditSeverity.Major),
        };
        return new AuditFinding(finding.Record, severity, type, finding.Field, finding.Problem, finding.Found, finding.Expected);
    }

    /// <summary>Rates a finding on a record of the shop or on the policy, of which no ticket speaks.</summary>
    public static AuditFinding RateRecord(Finding finding) =>
        new(finding.Record, finding.Layer == VerificationLayer.Files ? AuditSeverity.Critical : AuditSeverity.Major, AuditErrorType.InvalidRecord, finding.Field, finding.Problem, finding.Found, finding.Expected);

    private static (AuditErrorType, AuditSeverity) OfTicket(string field) => field switch
    {
        "customer_id" or "customer_email" => (AuditErrorType.WrongCustomer, AuditSeverity.Critical),
        "order_id" or "body" => (AuditErrorType.WrongOrder, AuditSeverity.Critical),
        "product_id" => (AuditErrorType.WrongProduct, AuditSeverity.Critical),
        "timestamp" => (AuditErrorType.WrongTimeline, AuditSeverity.Critical),
        _ => (AuditErrorType.InvalidRecord, AuditSeverity.Major),
    };

    /// <param name="field">Path below <c>resolution_plan</c>.</param>
    private static (AuditErrorType, AuditSeverity) OfResolution(string field) => field switch
    {
        "order_id" => (AuditErrorType.WrongOrder, AuditSeverity.Critical),
        "order_date" => (AuditErrorType.WrongTimeline, AuditSeverity.Major),
        "product_id" => (AuditErrorType.WrongProduct, AuditSeverity.Critical),
        "customer_lookup.status" or "customer_lookup.customer_id" => (AuditErrorType.WrongCustomer, AuditSeverity.Critical),
        "customer_lookup.lookup_method" => (AuditErrorType.WrongCustomer, AuditSeverity.Major),
        "customer_lookup.order_method" or "customer_lookup.candidate_orders" => (AuditErrorType.WrongOrder, AuditSeverity.Major),
        "customer_lookup.product_method" => (AuditErrorType.WrongProduct, AuditSeverity.Major),
        "customer_lookup.notes" or "escalation_reason" => (AuditErrorType.UnsupportedClaim, AuditSeverity.Minor),
        "discrepancies" => (AuditErrorType.MissedDiscrepancy, AuditSeverity.Major),
        "policy_references" or "policy_reasoning" => (AuditErrorType.MissedPolicy, AuditSeverity.Major),
        "priority" => (AuditErrorType.IncorrectAction, AuditSeverity.Major),
        "total_resolution_value" => (AuditErrorType.IncorrectValue, AuditSeverity.Major),
        _ when field.EndsWith(".value", StringComparison.Ordinal) => (AuditErrorType.IncorrectValue, AuditSeverity.Critical),
        _ when field.EndsWith(".details.clauses", StringComparison.Ordinal) => (AuditErrorType.MissedPolicy, AuditSeverity.Major),
        _ when field.EndsWith(".details", StringComparison.Ordinal) => (AuditErrorType.IncorrectValue, AuditSeverity.Major),
        _ when field.EndsWith(".reason", StringComparison.Ordinal) => (AuditErrorType.UnsupportedClaim, AuditSeverity.Minor),
        _ => (AuditErrorType.IncorrectAction, AuditSeverity.Critical),
    };
}
