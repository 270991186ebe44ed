namespace Entente.Domain.Disputes;

/// <summary>
/// Somebody writes to everyone, to the platform alone (caucus), or staff to staff. A message never changes the stage.
/// </summary>
public sealed record PostMessage(Audience To, PersonalText Text) : DisputeCommand
{
    public static readonly Move Posts = new("post_message", [Role.Buyer, Role.Seller, Role.Examiner],
        [Stage.Negotiation, Stage.Review, Stage.Fulfilment, Stage.Appeal, Stage.ReopeningRequested, Stage.Enforcement]);

    public override Move Move => Posts;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!context.Role.MayRead(To)) return new Refusal(RefusalCode.AudienceNotYours, "audience");
        return Texts.Objection(Text, Texts.MessageMax, "text") is { } objection
            ? objection
            : Course.From(dispute, context).Then(new MessagePosted(To, Text.Ref)).Answer(Text);
    }
}
