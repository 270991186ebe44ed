using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Staff;

/// <summary>What the platform's people may do now, the most urgent first.</summary>
public static class StaffWays
{
    public static IReadOnlyList<Way> Of(CaseFile file)
    {
        var (at, ways) = (file.Address, new List<Way>());
        var isMine = file.View.Examiner is { } examiner && examiner == file.View.Viewer.Person;
        if (file.Me == Role.Examiner && !isMine && file.View.May("assign"))
            ways.Add(new("act.take", $"{at}/taking", null));
        if (isMine && file.View.May("decide")) ways.Add(new("act.decide", $"{at}/decision", null));
        if (isMine)
            ways.AddRange(file.View.Obligations
                .Where(duty =>
                    duty.State is ObligationState.Contested or ObligationState.Overdue or ObligationState.Doubted)
                .Select(duty => new Way("act.rule", $"{at}/obligations/{duty.No}/ruling", null, duty.No)));
        if (isMine && file.View.May("request_evidence"))
            ways.Add(new("act.request_evidence", $"{at}/evidence-requests/new", "second"));
        if (file.View.May("post_message")) ways.Add(new("act.post_message", "#message", "second"));
        if (file.View.May("close")) ways.Add(new("act.close_by_staff", $"{at}/closure", "plain"));
        return ways;
    }
}
