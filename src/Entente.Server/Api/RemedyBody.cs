using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;

namespace Entente.Server.Api;

/// <summary>One line of what is sought, offered or granted.</summary>
/// <param name="Items">The units it is about.</param>
/// <param name="Amount">For remedies that pay; a full refund may leave it out and is all of the goods' value.</param>
/// <param name="FreightPaidBy">Who pays the way back, where goods go back.</param>
public sealed record RemedyBody(
    RemedyKind Kind, IReadOnlyList<UnitsBody> Items, Money? Amount = null, Role? FreightPaidBy = null,
    bool ReturnWanted = false);

/// <summary>Reads what a body says into the words of the rules; the first thing
/// that is no sense of ours stops the call.</summary>
/// <param name="currency">The currency every amount must be in.</param>
internal sealed class BodyReading(Writer writer, string currency)
{
    /// <summary>What is wrong, and with which member.</summary>
    public (ProblemCode Code, string Field)? Fault { get; private set; }

    public ValueList<RemedyLine> Remedies(IReadOnlyList<RemedyBody> lines, string field) => lines
        .Select((line, index) => new RemedyLine(
            line.Kind,
            line.Items.Select(part => new Units(part.Line, part.Units)).ToValueList(),
            Minor(line.Amount, $"{field}[{index}].amount"),
            line.FreightPaidBy,
            line.ReturnWanted))
        .ToValueList();

    public long? Minor(Money? amount, string field)
    {
        if (amount is { } given && given.Currency != currency) Note(ProblemCode.CurrencyMismatch, $"{field}.currency");
        return amount?.Minor;
    }

    /// <param name="language">Without one it is written in the caller's own.</param>
    public PersonalText Text(string text, string? language, string field = "language")
    {
        if (language is not null && !Bounds.IsLanguage(language)) Note(ProblemCode.LanguageRefused, field);
        return writer.Write(text, language);
    }

    public PersonalText? TextIfAny(string? text, string? language) => text is null ? null : Text(text, language);

    /// <summary>A text by its languages.</summary>
    public ValueList<PersonalText> Texts(IReadOnlyDictionary<string, string> texts, string field) =>
        texts.Select(text => Text(text.Value, text.Key, $"{field}.{text.Key}")).ToValueList();

    /// <summary>Gives up on a body for a reason found outside it.</summary>
    public T Refuse<T>(T command, (ProblemCode Code, string Field) fault)
    {
        Note(fault.Code, fault.Field);
        return command;
    }

    private void Note(ProblemCode code, string field) => Fault ??= (code, field);
}
