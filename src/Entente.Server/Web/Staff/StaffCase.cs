using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Shared;

namespace Entente.Server.Web.Staff;

/// <summary>A dispute on the desk: what the examiner may read of it, and what lies beside it.</summary>
/// <param name="Policy">The rules it was opened under, with the clauses a decision may rest on.</param>
/// <param name="ExaminerName">Who is in charge; null for nobody yet.</param>
/// <param name="Colleagues">Whom the reader may put in charge; none where that is not theirs to do.</param>
/// <param name="OfSameOrder">Other disputes of the order.</param>
public sealed record StaffCase(
    CaseFile File, Policy Policy, string? ExaminerName, IReadOnlyList<Choice> Colleagues,
    IReadOnlyList<(DisputeId Id, Stage Stage)> OfSameOrder)
{
    public string Address => File.Address;

    public static string AddressOf(DisputeId id) => $"/desk/disputes/{id}";

    /// <summary>What a side said for itself to everyone: its story, its
    /// complaint, its comments, its messages.</summary>
    public IReadOnlyList<(Instant At, ShownText Text)> PositionOf(Role side) =>
        [.. File.View.Timeline
            .Where(entry => entry.Role == side && entry.Audience == Audience.All
                && entry.Type is "dispute_opened" or "appeal_filed" or "appeal_joined" or "reopening_requested"
                    or "breach_reported" or "breach_answered" or "message_posted" or "complaint_filed"
                    or "offer_declined" or "performance_contested")
            .Where(entry => entry.Role == side && entry.Texts.Count > 0)
            .Select(entry => (entry.At, entry.Texts[0]))];
}
