namespace Entente.Domain.Disputes;

/// <summary>What any text that a person writes must keep to. Lengths are UTF-16 code units.</summary>
public static class Texts
{
    public const int MessageMax = 10_000;
    public const int StoryMax = 10_000;
    public const int CommentMax = 2_000;
    public const int ReasonsMax = 40_000;
    public const int TitleMax = 200;

    /// <summary>Null if the text may stand; an absent text is refused only where one is needed.</summary>
    public static Refusal? Objection(PersonalText? text, int lengthMax, string field, bool needed = true)
    {
        if (text is null || string.IsNullOrWhiteSpace(text.Value))
            return needed || text is not null ? new(RefusalCode.TextIsEmpty, field) : null;
        if (text.Value.Length > lengthMax)
            return Refusal.Of(RefusalCode.TextIsTooLong, field, ("max", lengthMax), ("length", text.Value.Length));
        return HasForbiddenCharacter(text.Value) ? new(RefusalCode.TextHasForbiddenCharacters, field) : null;
    }

    /// <summary>Null if there is a text in each language of the parties, and each may stand.</summary>
    public static Refusal? InEachLanguage(
        ValueList<PersonalText> texts, int lengthMax, Dispute dispute, string field, RefusalCode ifNone)
    {
        if (texts.Count == 0) return new(ifNone, field);
        foreach (var text in texts)
            if (Objection(text, lengthMax, $"{field}.{text.Language}") is { } objection) return objection;
        var missing = dispute.Opening.Languages
            .FirstOrDefault(language => texts.All(text => text.Language != language));
        return missing is null
            ? null
            : Refusal.Of(RefusalCode.LanguageMissing, $"{field}.{missing}", ("language", missing));
    }

    /// <summary>Control characters other than tabulator and line feed, and halves of surrogate pairs.</summary>
    private static bool HasForbiddenCharacter(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (char.IsControl(letter) && letter is not ('\n' or '\t')) return true;
            if (!char.IsSurrogate(letter)) continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(letter, text[index + 1])) return true;
            index++;
        }
        return false;
    }
}
