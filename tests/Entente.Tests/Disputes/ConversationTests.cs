using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

public class ConversationTests
{
    [Theory]
    [InlineData(Role.Buyer, Audience.All, true)]
    [InlineData(Role.Buyer, Audience.BuyerAndPlatform, true)]
    [InlineData(Role.Buyer, Audience.SellerAndPlatform, false)]
    [InlineData(Role.Buyer, Audience.Staff, false)]
    [InlineData(Role.Seller, Audience.SellerAndPlatform, true)]
    [InlineData(Role.Seller, Audience.BuyerAndPlatform, false)]
    [InlineData(Role.Seller, Audience.Staff, false)]
    [InlineData(Role.Examiner, Audience.All, true)]
    [InlineData(Role.Examiner, Audience.BuyerAndPlatform, true)]
    [InlineData(Role.Examiner, Audience.SellerAndPlatform, true)]
    [InlineData(Role.Examiner, Audience.Staff, true)]
    public void Everybody_writes_only_to_audiences_of_their_own(Role role, Audience to, bool may)
    {
        var world = Opened();
        if (may) world.Does(role, new PostMessage(to, Text("Hello")));
        else Assert.Equal(RefusalCode.AudienceNotYours, world.Refuses(role, new PostMessage(to, Text("Hello"))));
    }

    [Fact]
    public void The_respondents_first_public_word_ends_the_answer_term_and_a_private_one_does_not()
    {
        var world = Opened().Does(Role.Seller, new PostMessage(Audience.SellerAndPlatform, Text("Between us")));
        Assert.NotNull(world.Dispute.TermOf(TermKind.Answer, Role.Seller));
        world.Does(Role.Buyer, new PostMessage(Audience.All, Text("Anybody?")));
        Assert.NotNull(world.Dispute.TermOf(TermKind.Answer, Role.Seller));
        world.Does(Role.Seller, new PostMessage(Audience.All, Text("I am here")));
        Assert.Null(world.Dispute.TermOf(TermKind.Answer, Role.Seller));
        Assert.Equal(TermKind.Negotiation, world.Dispute.Head!.Kind);
    }

    [Fact]
    public void A_message_is_refused_when_it_is_empty_or_too_long()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Buyer, new PostMessage(Audience.All, Text("\n "))));
        Assert.Equal(RefusalCode.TextIsTooLong,
            world.Refuses(Role.Buyer, new PostMessage(Audience.All, Text(new string('x', 1_000_000)))));
    }

    [Fact]
    public void A_message_never_reopens_what_is_closed()
    {
        var world = Opened().Does(Role.Buyer, new CloseDispute(ClosingReason.OpenedByMistake, true, null, false, null));
        Assert.Equal(RefusalCode.StageDoesNotAllow,
            world.Refuses(Role.Seller, new PostMessage(Audience.All, Text("Wait"))));
    }
}
