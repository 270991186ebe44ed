using Entente.Domain;
using Entente.Domain.Audiences;

namespace Entente.Server.Papers;

/// <summary>
/// A sentence addressed to a reader, said of them instead: a document is read by others than the one it was made for.
/// </summary>
internal static class ThirdPerson
{
    /// <summary>Argument values that people wrote are never taken for "you".</summary>
    private static readonly string[] TheirWords = ["title", "titles", "number", "reference", "text", "name"];

    public static Sentence Of(Sentence sentence, Role reader) =>
        new(sentence.Key, sentence.Arguments.Select(argument => Of(argument, reader)).ToValueList());

    private static Argument Of(Argument argument, Role reader) =>
        TheirWords.Contains(argument.Name) ? argument : argument with { Value = Of(argument.Value, reader) };

    private static object Of(object value, Role reader) => value switch
    {
        Who.You => Named(reader),
        "you" => Codes.Of(Named(reader)),
        Sentence sentence => Of(sentence, reader),
        ValueList<Sentence> sentences => sentences.Select(sentence => Of(sentence, reader)).ToValueList(),
        _ => value,
    };

    private static Who Named(Role role) => role switch
    {
        Role.Buyer => Who.Buyer,
        Role.Seller => Who.Seller,
        Role.Examiner => Who.Examiner,
        Role.Operator => Who.Platform,
        Role.Rule => Who.Rule,
        Role.Provider => Who.Provider,
    };
}
