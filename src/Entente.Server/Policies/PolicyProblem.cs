using Entente.Domain;

namespace Entente.Server.Policies;

/// <summary>Everything that can be wrong with a policy document; the words say it as policy_problem.{code}.</summary>
public enum PolicyProblemCode
{
    // The file.
    TooLarge, NotUtf8, NotYaml, SecondDocument, TooDeep, AliasNotAllowed, TagNotAllowed,

    // Keys.
    DuplicateKey, UnknownKey, Missing, NotAMap, NotAList, NotAText,

    // Values.
    NotASpan, NotANumber, NotAYesOrNo, NotAChoice, NotADate, NotAZone, NotASize, NotAnId, NotALanguage, NotAMediaType,
    NotACurrency, NotAnAmount, NoneNotPossible, LanguageMissing,

    // Between values.
    NamedTwice, NoWorkingDay, OverrideForNothing, SourceWithoutValue, SetThoughNotFound,
    LongerThan, NotInHoursOrDays,
}

/// <summary>One thing that is wrong with a policy document, and where.</summary>
/// <param name="Key">The key as it is written, with dots and list positions; empty for the whole file.</param>
/// <param name="Line">From 1; 0 where nothing stands in the file.</param>
public sealed record PolicyProblem(PolicyProblemCode Code, string Key, int Line, ValueList<Argument> Arguments)
{
    public Sentence Sentence => new($"policy_problem.{Codes.Of(Code)}", Arguments);
}
