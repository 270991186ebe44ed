namespace Entente.Domain.Audiences;

/// <summary>The personal texts that can still be read, by their commitments; what is missing has been erased.</summary>
public sealed class TextBook(IReadOnlyDictionary<string, string> values)
{
    public static readonly TextBook Empty = new(new Dictionary<string, string>());

    public static TextBook Of(IEnumerable<PersonalText> texts) => new(texts
        .DistinctBy(text => text.Ref.Commitment)
        .ToDictionary(text => text.Ref.Commitment, text => text.Value));

    public ShownText Show(PersonalRef text) => new(text.Language, values.GetValueOrDefault(text.Commitment));

    public ShownText? ShowIfAny(PersonalRef? text) => text is null ? null : Show(text);

    public ValueList<ShownText> Show(IEnumerable<PersonalRef> texts) => texts.Select(Show).ToValueList();
}

/// <summary>Something a person wrote, as a reader gets it: with its language, or known to be erased.</summary>
/// <param name="Language">BCP 47; "und" where that has no meaning.</param>
/// <param name="Value">Null once its owner's key is destroyed.</param>
public sealed record ShownText(string Language, string? Value)
{
    public bool IsErased => Value is null;
}
