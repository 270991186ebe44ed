using System.Globalization;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Policies;

namespace Entente.Server.Web.Cases;

/// <summary>One dispute on one reader's table: what they may read of it, and how both sides are called.</summary>
/// <param name="Names">The display names of parties and, for the platform's people, of persons.</param>
/// <param name="Policy">The rules it was opened under.</param>
public sealed record CaseFile(DisputeView View, IReadOnlyDictionary<string, string> Names, Policy Policy)
{
    /// <summary>Other disputes of the same order between the same two sides that belong to it.</summary>
    public IReadOnlyList<Beside> Beside { get; init; } = [];

    public Role Me => View.Viewer.Role;

    /// <summary>Where this reader has the dispute's page.</summary>
    public string Address => Me.IsStaff() ? $"/desk{AddressOf(View.Id)}" : AddressOf(View.Id);

    /// <summary>What a form of this page carries, so that it is known what its reader had seen.</summary>
    public string Version => View.Version.ToString(CultureInfo.InvariantCulture);

    public static string AddressOf(DisputeId id) => $"/disputes/{id}";

    public string NameOf(Role side) => side switch
    {
        Role.Buyer => Names.GetValueOrDefault(View.Buyer.Value, ""),
        Role.Seller => Names.GetValueOrDefault(View.Seller.Value, ""),
        Role.Examiner or Role.Operator or Role.Rule or Role.Provider => "",
    };

    /// <summary>Where an exhibit's file is read.</summary>
    public string AddressOf(ExhibitView exhibit) => $"{Address}/evidence/{exhibit.Id}";

    public string TitleOf(int line) => View.Order.Lines.FirstOrDefault(found => found.No == line)?.Title ?? "";

    /// <summary>What the claimed units cost, with their freight.</summary>
    public Money Value => new(
        View.Items.Sum(item => View.Order.Lines.FirstOrDefault(line => line.No == item.Line)?.Value(item.Units) ?? 0),
        View.Order.Currency);

    /// <summary>The most that the rules reimburse of costs beside the price; null where they reimburse none.</summary>
    public Money? CostsAtMost =>
        Domain.Disputes.Costs.Limit(Policy.For(View.Items[0].Reason, View.Sought[0].Kind), View.Order.Currency);

    public AvailableAction? Action(string move, int? subject = null) =>
        View.Actions.FirstOrDefault(action => action.Move == move && (subject is null || action.Subject == subject));
}
